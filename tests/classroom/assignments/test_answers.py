"""A teacher reads a class's answers side by side, sees how far it is, and takes both away as files."""

import io
import zipfile

import pytest
from django.urls import reverse

from classroom.assignments.models import Assignment, StepAnswer, StepProgress
from classroom.lessons.models import Step
from classroom.people.models import Section, User
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(section: Section) -> Assignment:
    """A lesson of three steps: to be read, to be answered, and an exit ticket."""
    work = factories.make_assignment(section, lesson=factories.make_lesson(factories.make_film(), steps=3))
    Step.objects.filter(lesson=work.lesson, position=2).update(answer="long", title="The log")
    Step.objects.filter(lesson=work.lesson, position=3).update(answer="short", title="The seam", kind="exit-ticket")
    return work


def give(work: Assignment, student: User, position: int, text: str) -> StepAnswer:
    step = Step.objects.get(lesson=work.lesson, position=position)
    return StepAnswer.objects.create(assignment=work, step=step, student=student, text=text, saved_at=NOW)


def address(name: str, work: Assignment, *args: str, position: int | None = None, names: str = "") -> str:
    query = f"?step={Step.objects.get(lesson=work.lesson, position=position).pk}" if position else "?"
    return reverse(f"classroom:{name}", args=[work.pk, *args]) + query + (f"&names={names}" if names else "")


def test_one_question_at_a_time_with_all_its_answers(as_user, work, teacher, alice, bob) -> None:  # type: ignore[no-untyped-def]
    give(work, alice, 2, "The keeper wrote it.")
    give(work, bob, 3, "The wind.")
    client = as_user(teacher)
    first = client.get(address("lesson_answers", work)).content.decode()
    assert "The keeper wrote it." in first
    assert "The wind." not in first
    assert "1 answer, 1 student has not answered" in first.replace("\n", "")
    second = client.get(address("lesson_answers", work, position=3)).content.decode()
    assert "The wind." in second
    assert "The keeper wrote it." not in second


def test_who_need_not_do_it_keeps_nobody_waiting(as_user, work, teacher, alice, bob) -> None:  # type: ignore[no-untyped-def]
    factories.make_excuse(work, alice)
    page = as_user(teacher).get(address("lesson_answers", work)).context_data["page"]
    assert page.missing == [bob]


@pytest.mark.parametrize("form", ["", "csv", "xlsx"])
def test_with_names_off_nothing_tells_whose_an_answer_is(as_user, work, teacher, alice, bob, form: str) -> None:  # type: ignore[no-untyped-def]
    give(work, alice, 2, "The keeper wrote it.")
    client = as_user(teacher)
    page = address("lesson_answers_file", work, form, position=2, names="off") if form else ""
    reply = client.get(page or address("lesson_answers", work, position=2, names="off"))
    text = text_of(reply.content, form)
    assert "The keeper wrote it." in text
    for named in ("Alice", "Bob", alice.username, bob.username, f"/students/{alice.pk}/"):
        assert named not in text


def text_of(body: bytes, form: str) -> str:
    if form != "xlsx":
        return body.decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return "".join(book.read(name).decode() for name in book.namelist())


def test_the_order_without_names_is_drawn_and_stays(as_user, work, section, teacher) -> None:  # type: ignore[no-untyped-def]
    for number in range(20):
        student = factories.make_user(f"Student {number:02}")
        factories.add_member(section, student)
        give(work, student, 2, f"{number:02}")
    client = as_user(teacher)
    pages = [client.get(address("lesson_answers", work, position=2, names="off")).context_data["page"] for _ in "ab"]
    first, second = ([each.text for each in page.given] for page in pages)
    assert first == second
    assert first != sorted(first)


def test_files_hold_what_the_page_shows_and_no_formula(as_user, work, teacher, alice, bob) -> None:  # type: ignore[no-untyped-def]
    # trust 22
    give(work, alice, 2, "=1+1")
    client = as_user(teacher)
    csv = client.get(address("lesson_answers_file", work, "csv", position=2)).content.decode("utf-8-sig")
    assert csv.splitlines() == ['"Student","The log"', '"Alice","\'=1+1"', '"Bob","no answer yet"']
    steps = client.get(address("lesson_steps_file", work, "csv")).content.decode("utf-8-sig").splitlines()
    assert steps[0] == '"Student","1. Step 1","2. The log","3. The seam","Done","Lesson"'
    assert steps[1] == '"Alice","not opened","done","not opened","1 of 3","not done yet"'
    for name in ("lesson_answers_file", "lesson_steps_file"):
        assert client.get(address(name, work, "xlsx")).status_code == 200
        assert client.get(address(name, work, "pdf")).status_code == 404


def test_a_step_with_a_time_says_how_long_it_was_open(as_user, work, teacher, alice) -> None:  # type: ignore[no-untyped-def]
    step = Step.objects.get(lesson=work.lesson, position=1)
    Step.objects.filter(pk=step.pk).update(completion="3 minutes")
    StepProgress.objects.create(assignment=work, step=step, student=alice, first_opened_at=NOW, seconds=130)
    assert "opened, 2 minutes" in as_user(teacher).get(address("lesson_steps", work)).content.decode()


def test_a_question_of_another_lesson_is_not_there(as_user, work, section, teacher) -> None:  # type: ignore[no-untyped-def]
    other = factories.make_assignment(section, lesson=factories.make_lesson(work.lesson.film))
    page = reverse("classroom:lesson_answers", args=[work.pk])
    for step in (other.lesson.steps.first().pk, "x", 10**30):
        assert as_user(teacher).get(f"{page}?step={step}").status_code == 404


def test_what_is_no_lesson_has_no_steps_and_no_answers(as_user, section, teacher) -> None:  # type: ignore[no-untyped-def]
    quiz = factories.make_quiz_assignment(section).assignment
    for name in ("lesson_answers", "lesson_steps"):
        assert as_user(teacher).get(reverse(f"classroom:{name}", args=[quiz.pk])).status_code == 404


def test_an_answer_to_a_step_that_the_lesson_has_lost_can_still_be_read(as_user, work, teacher, alice) -> None:  # type: ignore[no-untyped-def]
    give(work, alice, 3, "The wind.")
    Step.objects.filter(lesson=work.lesson, position=3).update(retired_at=NOW)
    page = as_user(teacher).get(address("lesson_answers", work, position=3)).content.decode()
    assert "The wind." in page
    assert "no longer in the lesson" in page


def test_a_teacher_who_has_left_the_class_reads_nothing_any_more(as_user, work, section, teacher, alice) -> None:  # type: ignore[no-untyped-def]
    # trust 17
    give(work, alice, 2, "The keeper wrote it.")
    client = as_user(teacher)
    assert client.get(address("lesson_answers", work)).status_code == 200
    section.memberships.filter(user=teacher).update(ended_at=NOW)
    for name in ("lesson_answers", "lesson_steps"):
        assert client.get(address(name, work)).status_code == 404


def test_the_pages_cost_the_same_with_two_students_and_with_five(  # type: ignore[no-untyped-def]
    as_user, work, section, teacher, alice, count_queries
) -> None:
    client, costs = as_user(teacher), []
    for more in (0, 3):
        for number in range(more):
            student = factories.make_user(f"Eli {number}")
            factories.add_member(section, student)
            give(work, student, 2, "So.")
        costs.append(
            [count_queries(client, address(name, work, position=2)) for name in ("lesson_answers", "lesson_steps")]
        )
    assert costs[0] == costs[1]
