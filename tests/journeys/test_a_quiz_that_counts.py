"""A teacher and a quiz that counts: from a file with faults in it to the analysis, with a wrong key on the way."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import pytest

from classroom.assignments.models import Assignment
from classroom.common import clock
from classroom.gradebook.models import Score
from classroom.library.models import Film
from classroom.people.models import Section, User
from quizzes.bank.models import Question
from quizzes.delivery import actions as delivery
from quizzes.delivery.actions import Save
from quizzes.delivery.models import Attempt, QuizAssignment
from tests import factories
from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)
STUDENTS = ("Alice", "Bob", "Carol", "Dan", "Erin", "Finn", "Gus", "Hana")
ESSAY = "Why did the keeper stay?"
KEYED_WRONG = "Who owned the boat?"
# Two faults: a choice without a right answer, and a number that is none. And one wrong key, which no file shows.
GIFT = f"""// [tag:storm]
::boat:: {KEYED_WRONG} {{
=Ida
~Grace
~Tom
}}

// [tag:storm]
::lamp:: Who trimmed the lamp? {{
~Ida
~Grace
}}

// [tag:storm]
::nights:: How many nights did it burn? {{#many:1}}

// [tag:storm]
::burned:: The lamp burned all night. {{T}}

::stay:: {ESSAY} {{}}
"""
MENDED = GIFT.replace("~Ida\n~Grace\n}", "=Ida\n~Grace\n}").replace("#many:1", "#81:1")


@dataclass
class Place:
    film: Film
    section: Section
    teacher: User
    students: list[User]


@pytest.fixture
def place() -> Place:
    teacher = factories.make_teacher("Tess")
    students = [factories.make_user(name) for name in STUDENTS]
    section = factories.make_section(teacher=teacher, students=tuple(students))
    return Place(factories.make_film(), section, teacher, students)


def test_from_a_file_with_faults_to_the_analysis(place: Place, visitor: Callable[..., Visitor]) -> None:
    teacher = visitor().sign_in_as(place.teacher)
    a_teacher_imports_and_mends(teacher, place)
    a_teacher_builds_a_quiz_by_chance(teacher, place)
    a_teacher_sets_it_with_twenty_minutes(teacher, place)
    one_student_has_time_and_a_half(teacher, place)
    quiz_assignment = QuizAssignment.objects.get()
    the_student_reads_of_it(visitor(width=360).sign_in_as(place.students[0]), quiz_assignment)
    for number, student in enumerate(place.students):
        takes_it(quiz_assignment, student, number)
    a_teacher_reads_the_essays(teacher, place)
    a_teacher_mends_the_wrong_key(teacher, quiz_assignment)
    bob = visitor(width=360, color_scheme="dark").sign_in_as(place.students[1])
    a_student_is_told_why(bob, Attempt.objects.get(student=place.students[1]))
    a_teacher_reads_the_analysis(teacher, quiz_assignment)


def a_teacher_imports_and_mends(teacher: Visitor, place: Place) -> None:
    teacher.go(f"/bank/{place.film.key}/")
    teacher.follow("Import questions")
    teacher.choose_file("File", "storm.gift", GIFT)
    teacher.press("Show what it would do")
    refused = teacher.page.locator("details.plan-group", has_text="Refused:")
    assert refused.locator("li.list-group-item").count() == 2
    for line in ("line 9", "line 15"):
        assert line in refused.inner_text()
    assert teacher.page.get_by_role("button", name="Import 3 questions and leave 2 out").is_visible()
    teacher.page.get_by_label("Or paste the questions").fill(MENDED)
    teacher.page.get_by_label("Publish them at once").check()
    teacher.press("Look at the plan again")
    teacher.press("Import 5 questions", exact=True)
    assert teacher.sees("5 new questions, 0 changed. 5 are published")
    assert Question.objects.filter(owner=place.teacher, published__isnull=False).count() == 5


def a_teacher_builds_a_quiz_by_chance(teacher: Visitor, place: Place) -> None:
    teacher.follow("Make a quiz")
    teacher.fill("Title", "The storm")
    teacher.press("Make the quiz")
    teacher.page.get_by_label(ESSAY).check()
    teacher.page.locator("[name=draw-count]").fill("4")
    teacher.page.locator("[name=draw-tag]").select_option("storm")
    teacher.page.locator("[name=draw-points]").fill("2")
    teacher.press("Save the quiz")
    teacher.follow("See it whole")
    assert teacher.sees("An attempt is asked 5 questions.")
    assert teacher.sees("4 questions by chance")


def a_teacher_sets_it_with_twenty_minutes(teacher: Visitor, place: Place) -> None:
    teacher.follow("Assign", exact=True)
    teacher.page.locator("[name=quiz-minutes_allowed]").fill("20")
    teacher.page.locator("[name=quiz-key_told]").select_option("handed-in")
    teacher.press("Assign", exact=True)
    assert Assignment.objects.get().section == place.section


def one_student_has_time_and_a_half(teacher: Visitor, place: Place) -> None:
    teacher.go(f"/classes/{place.section.pk}/students/{place.students[0].pk}/")
    teacher.follow("More time and attempts in all quizzes")
    teacher.fill("Time limits, times", "1.5")
    teacher.press("Save", exact=True)


def the_student_reads_of_it(student: Visitor, quiz_assignment: QuizAssignment) -> None:
    student.go(f"/assignments/{quiz_assignment.assignment_id}/quiz/")
    assert student.sees("30 minutes from your start (more than others, as set for you)")


def takes_it(quiz_assignment: QuizAssignment, student: User, number: int) -> None:
    """Everybody names Grace, whom the key does not; of the rest, the later ones know less."""
    quiz_assignment.refresh_from_db()
    attempt = delivery.start_attempt(quiz_assignment=quiz_assignment, student=student, at=clock.now())
    for response in attempt.responses.select_related("version"):
        texts = {option["text"]: option["id"] for option in response.version.content.get("options", [])}
        match response.version.type:
            case "essay":
                answer: dict = {"text": f"{student.name} thinks that the lamp needed somebody."}
            case "true-false":
                answer = {"value": number < 6}
            case "numeric":
                answer = {"number": "81" if number < 4 else "18"}
            case _:
                named = "Grace" if "Tom" in texts or number > 4 else "Ida"
                answer = {"option": texts[named]}
        delivery.save_answer(response=response, save=Save(answer, 0, uuid.uuid4()), at=clock.now())
    delivery.submit_attempt(attempt=attempt, by=student, at=clock.now())


def a_teacher_reads_the_essays(teacher: Visitor, place: Place) -> None:
    teacher.go("/home/")
    teacher.follow("8 answers wait to be read")
    teacher.follow(ESSAY)
    teacher.follow("Read the next answer")
    for _each in STUDENTS:
        assert not any(teacher.sees(f"{name}\n") for name in STUDENTS)
        teacher.page.locator("fieldset.rubric-line").first.locator("input").last.check()
        teacher.press("Save, and on to the next")
    assert Attempt.objects.filter(grades__waiting=0).distinct().count() == len(STUDENTS)


def a_teacher_mends_the_wrong_key(teacher: Visitor, quiz_assignment: QuizAssignment) -> None:
    teacher.go(f"/assignments/{quiz_assignment.assignment_id}/quiz/responses/")
    teacher.follow("Mend a key")
    teacher.follow(KEYED_WRONG)
    teacher.follow("Write the new key")
    teacher.fill("Right option", "Grace")
    teacher.fill("Other options", "Ida\nTom")
    teacher.press("Save as a draft")
    teacher.page.get_by_label("Why").fill("The log names Grace.")
    teacher.press("See what would change")
    assert teacher.sees("8 of 8 attempts that are handed in would have other points.")
    changes = teacher.page.get_by_role("table", name="Points before and after").inner_text()
    assert all(name in changes for name in STUDENTS)
    before = points_of(quiz_assignment)
    teacher.press("Apply it")
    assert points_of(quiz_assignment) == [points + 2 for points in before]


def points_of(quiz_assignment: QuizAssignment) -> list[Decimal]:
    """The points that count for each student, in the gradebook's ledger."""
    scores = Score.objects.filter(assignment=quiz_assignment.assignment).order_by("student")
    return list(scores.values_list("points", flat=True))


def a_student_is_told_why(student: Visitor, attempt: Attempt) -> None:
    student.go(f"/attempts/{attempt.pk}/result/")
    assert student.sees("The log names Grace.")


def a_teacher_reads_the_analysis(teacher: Visitor, quiz_assignment: QuizAssignment) -> None:
    teacher.go(f"/assignments/{quiz_assignment.assignment_id}/quiz/responses/")
    teacher.follow("Analysis")
    assert teacher.sees("In plain words")
    assert teacher.sees("8 students have handed in. On average they earned 75 %")
    assert b'"90 to 100 %",4' in teacher.download("CSV")
