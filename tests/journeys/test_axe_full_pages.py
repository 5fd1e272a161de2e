"""Axe on the pages of quizzes as they stand when a class has worked: with figures, plans, results and piles to read.

``test_axe_everywhere`` opens every address, but of a school in which nobody has handed in anything.
"""

from collections.abc import Callable

import pytest

from classroom.people.models import Role, Section
from quizzes.bank.models import Quiz, QuizDraw
from tests import factories
from tests.journeys.conftest import Visitor
from tests.journeys.test_axe_everywhere import NARROW_AND_DARK, OTHERS
from tests.quizzes.delivery.taking import one_of_each
from tests.quizzes.marking.classes import CHOICE, RUBRIC, hand_in
from tests.quizzes.statistics.classes import LargeClass, make_large_class

pytestmark = pytest.mark.django_db(transaction=True)
GIFT = "::Keeper::Who kept the lamp? {=Ida ~Grace}\n\n::Broken::What is missing here? {=this\n"


@pytest.fixture
def section() -> Section:
    return factories.make_section(
        teacher=factories.make_teacher("Tess", username="tess"),
        students=(factories.make_user("Alice", username="alice"),),
    )


@pytest.fixture
def large(section: Section) -> LargeClass:
    return make_large_class(section)


@pytest.fixture
def own_quiz(section: Section, large: LargeClass) -> Quiz:
    """One question of each type, and a draw, in a quiz of the teacher's own."""
    teacher = section.memberships.get(role=Role.TEACHER).user
    film = large.keeper.film
    quiz = factories.make_quiz(film, one_of_each(film), owner=teacher, title="All kinds")
    QuizDraw.objects.create(quiz=quiz, position=99, count=2)
    return quiz


@pytest.mark.parametrize(("width", "scheme"), [NARROW_AND_DARK, *OTHERS])
def test_axe_finds_nothing_where_there_is_much_to_show(
    section: Section, large: LargeClass, own_quiz: Quiz, width: int, scheme: str, visitor: Callable[..., Visitor]
) -> None:
    film = large.keeper.film
    read = factories.make_question(film, type="essay", stem="Who kept the light?", content={}, key=RUBRIC)
    asked = [factories.make_question(film, content=CHOICE, facts=(large.keeper,)), read]
    essays = factories.make_quiz_assignment(section, factories.make_quiz(film, asked, title="Essays"))
    attempt = hand_in(essays, section.memberships.get(user__username="alice").user)
    waiting = attempt.responses.get(version__type="essay")
    choice = attempt.responses.get(version__type="choice")
    tess = visitor(width=width, color_scheme=scheme)
    tess.sign_in_as(section.memberships.get(role=Role.TEACHER).user)

    shown = {
        f"/classes/{section.pk}/quizzes/{large.quiz.assignment_id}/analysis/": "sentences more",
        f"/assignments/{large.quiz.assignment_id}/quiz/responses/": "Pupil 00003",
        f"/bank/{own_quiz.film.key}/": "questions found",
        f"/quizzes/{own_quiz.pk}/": "All kinds",
        f"/quizzes/{own_quiz.pk}/edit/": "2 questions by chance",
        f"/quizzes/{own_quiz.pk}/paper/": "version B",
        f"/classes/{section.pk}/to-grade/": "Who kept the light?",
        f"/responses/{waiting.pk}/grade/": "Names the keeper",
        f"/assignments/{essays.assignment_id}/quiz/regrade/{choice.version_id}/": "How answers are graded",
    }
    for address, words in shown.items():
        tess.go(address)
        assert tess.sees(words), address

    tess.go(f"/quizzes/{own_quiz.pk}/as-student/?key=1")
    tess.page.get_by_role("button", name="Check my answers").click()
    tess.page.wait_for_load_state("networkidle")
    assert tess.sees("points")
    tess.look()

    tess.go(f"/bank/{own_quiz.film.key}/import/")
    tess.page.locator("textarea[name=text]").fill(GIFT)
    tess.page.locator("main form button[type=submit]").first.click()
    tess.page.wait_for_load_state("networkidle")
    assert tess.sees("What this would do")
    tess.look()
