"""The longest jobs at a desk, scores, a list, essays and posts, by keyboard alone, with the focus always seen."""

from collections.abc import Callable

import pytest

from classroom.discussions.models import Thread
from classroom.gradebook.models import ColumnSettings, Score
from classroom.people.models import Membership, Role, Section
from classroom.rubrics.models import Assessment
from quizzes.delivery.models import AttemptGrade
from tests import factories
from tests.classroom.rubrics.graded import grade_with_rubric, list_of, wrote
from tests.journeys.conftest import Visitor
from tests.quizzes.marking.classes import hand_in, quiz_to_mark

pytestmark = pytest.mark.django_db(transaction=True)
WHERE = "(document.activeElement.innerText || document.activeElement.value || document.activeElement.name || '').trim()"
OUTLINE = "getComputedStyle(document.activeElement).outlineStyle + getComputedStyle(document.activeElement).boxShadow"


@pytest.fixture
def section() -> Section:
    students = tuple(factories.make_user(name, username=name.lower()) for name in ("Alice", "Bob", "Carol"))
    return factories.make_section(teacher=factories.make_teacher("Tess", username="tess"), students=students)


@pytest.fixture
def teacher(section: Section, visitor: Callable[..., Visitor]) -> Visitor:
    return visitor().sign_in_as(section.memberships.get(role=Role.TEACHER).user)


def tab_to(visitor: Visitor, words: str, most: int = 40) -> None:
    """Tab until the focus is on what says this; wherever it comes by, it is seen."""
    for _step in range(most):
        visitor.page.keyboard.press("Tab")
        assert visitor.page.evaluate(OUTLINE) != "nonenone", visitor.page.evaluate(WHERE)
        if visitor.page.evaluate(WHERE).startswith(words):
            return
    raise AssertionError(words)


def press_enter(visitor: Visitor) -> None:
    visitor.page.wait_for_load_state("networkidle")
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")
    visitor.look()


def test_a_column_of_scores(section: Section, teacher: Visitor) -> None:
    work = factories.make_assignment(section)
    ColumnSettings.objects.create(assignment=work, out_of=10)
    teacher.go(f"/classes/{section.pk}/")
    tab_to(teacher, "Gradebook")
    press_enter(teacher)
    tab_to(teacher, work.title)
    press_enter(teacher)
    tab_to(teacher, "points-")
    # Tab goes down the column, and Enter saves it.
    for typed in ("7,5", "80 %", "9/10"):
        teacher.page.keyboard.type(typed)
        teacher.page.keyboard.press("Tab")
    teacher.page.keyboard.press("Shift+Tab")
    press_enter(teacher)
    stored = Score.objects.order_by("student__name").values_list("points", "out_of")
    assert [(float(points), float(out_of)) for points, out_of in stored] == [(7.5, 10), (8, 10), (9, 10)]


def test_a_list_of_students(section: Section, teacher: Visitor) -> None:
    teacher.go(f"/classes/{section.pk}/")
    tab_to(teacher, "Students from a list")
    press_enter(teacher)
    tab_to(teacher, "text")
    teacher.page.keyboard.type("name,username\nAlice,alice\nDora,\nBob,bob")
    tab_to(teacher, "Show what would change")
    press_enter(teacher)
    assert teacher.sees("1 student of the class is not in the list")
    tab_to(teacher, "on")
    teacher.page.keyboard.press("Space")
    tab_to(teacher, "Change the class")
    press_enter(teacher)
    assert teacher.page.locator(".login-cards > li").count() == 1
    current = Membership.objects.filter(section=section, role=Role.STUDENT, ended_at__isnull=True)
    assert sorted(current.values_list("user__name", flat=True)) == ["Alice", "Bob", "Dora"]


def test_a_pile_of_essays(section: Section, teacher: Visitor) -> None:
    quiz = quiz_to_mark(section)
    for name in ("alice", "bob"):
        hand_in(quiz, section.memberships.get(user__username=name).user)
    essay = quiz.quiz.items.get(question__published__type="essay").question
    teacher.go(f"/assignments/{quiz.assignment_id}/quiz/to-grade/{essay.published_id}/")
    tab_to(teacher, "Read the next answer")
    press_enter(teacher)
    # One number for each line of the rubric, whichever is next; then save and go on to the next answer.
    for keys in ("11", "22"):
        first = teacher.page.url
        for key in keys:
            teacher.page.keyboard.press(key)
        assert teacher.page.evaluate(OUTLINE) != "nonenone"
        with teacher.page.expect_navigation():
            teacher.page.keyboard.press("Control+Enter")
        assert teacher.page.url != first
        teacher.look()
    assert AttemptGrade.objects.filter(kind=AttemptGrade.Kind.READ, waiting=0).count() == 2


def test_a_class_that_has_talked(section: Section, teacher: Visitor) -> None:
    thread = factories.make_thread(section, names=Thread.Names.SHOWN)
    grade_with_rubric(thread, section.memberships.get(role=Role.TEACHER).user)
    for name in ("alice", "bob"):
        wrote(thread, section.memberships.get(user__username=name).user)
    teacher.go(list_of(thread))
    tab_to(teacher, "Grade the next")
    press_enter(teacher)
    keyboard = teacher.page.keyboard
    assert teacher.sees("Number keys choose for one line after the other")
    # The first line stands at its best level already, since both have done what is asked.
    for key in "23":
        keyboard.press(key)
        assert teacher.page.evaluate(OUTLINE) != "nonenone"
    # What is typed is text, in one line and in many.
    for name in ("new_comment", "feedback"):
        tab_to(teacher, name)
        keyboard.type("1 of 2: more.")
    with teacher.page.expect_navigation():
        keyboard.press("Control+Enter")
    teacher.look()
    first = Assessment.objects.get()
    assert first.levels == {"part": "all", "sources": "names", "others": "alone"}
    assert (first.feedback, first.comments) == ("1 of 2: more.", ["1 of 2: more."])
    # Whoever needs these keys for something else switches them off, on this device for good.
    tab_to(teacher, "Keys are on")
    keyboard.press("Enter")
    teacher.page.reload()
    for key in "12":
        keyboard.press(key)
    assert teacher.page.locator("input[type=radio]:checked").count() == 1
    assert not teacher.page.locator("form kbd").first.is_visible()


def test_the_order_of_a_quiz(section: Section, teacher: Visitor) -> None:
    film = factories.make_film()
    asked = [factories.make_question(film, stem=f"Lamp {letter}?") for letter in "ABC"]
    quiz = factories.make_quiz(film, asked, owner=section.memberships.get(role=Role.TEACHER).user)

    def order() -> list[str]:
        return list(quiz.items.order_by("position").values_list("question__published__stem", flat=True))

    teacher.go(f"/quizzes/{quiz.pk}/")
    tab_to(teacher, "Change")
    press_enter(teacher)
    # Enter in a line of text saves, and moves nothing.
    tab_to(teacher, "Check")
    teacher.page.keyboard.type("Lamps")
    press_enter(teacher)
    quiz.refresh_from_db()
    assert (quiz.title, order()) == ("Lamps", ["Lamp A?", "Lamp B?", "Lamp C?"])
    # The button stays under the finger while its question goes up.
    tab_to(teacher, "↑\nMove question 3 up")
    press_enter(teacher)
    assert order() == ["Lamp A?", "Lamp C?", "Lamp B?"]
    press_enter(teacher)
    assert order() == ["Lamp C?", "Lamp A?", "Lamp B?"]
    assert teacher.page.evaluate(WHERE).endswith("Move question 1 down")
    press_enter(teacher)
    assert order() == ["Lamp A?", "Lamp C?", "Lamp B?"]
