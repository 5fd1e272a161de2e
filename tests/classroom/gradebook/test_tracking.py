"""The tracking page: who has opened, answered, scored and posted, and who is behind."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from classroom.assignments.models import StepAnswer, StepProgress, Visit
from classroom.discussions.models import Post, Thread
from classroom.gradebook.models import Score
from classroom.people.models import Role, Section, User
from quizzes.delivery.actions import start_attempt, submit_attempt
from tests import factories

pytestmark = pytest.mark.django_db
PAST = datetime.now(UTC) - timedelta(days=1)


def tracking(section: Section) -> str:
    return reverse("classroom:tracking", args=[section.pk])


def test_whoever_is_past_due_and_not_done_is_behind(as_user, section, teacher, alice, bob) -> None:  # type: ignore[no-untyped-def]
    assignment = factories.make_assignment(section, opens_at=PAST - timedelta(days=1), due_at=PAST)
    Visit.objects.create(assignment=assignment, student=alice, first_at=PAST, last_at=PAST, done_at=PAST)
    table = as_user(teacher).get(tracking(section)).context["table"]
    assert [row.student for row in table.behind] == [bob]
    assert (table.columns[0].opened, table.columns[0].finished) == (1, 1)


def test_a_students_page_shows_what_they_actually_wrote(as_user, section, teacher, alice) -> None:  # type: ignore[no-untyped-def]
    assignment = factories.make_assignment(section)
    step = assignment.lesson.steps.first()
    Visit.objects.create(assignment=assignment, student=alice, first_at=PAST, last_at=PAST)
    StepAnswer.objects.create(
        assignment=assignment, step=step, student=alice, text="The names make it real.", saved_at=PAST
    )
    page = as_user(teacher).get(reverse("classroom:student", args=[section.pk, alice.pk])).content.decode()
    assert "The names make it real." in page


def test_an_assistant_sees_responses_and_no_scores(as_user, section, alice) -> None:  # type: ignore[no-untyped-def]
    assignment = factories.make_assignment(section)
    Score.objects.create(assignment=assignment, student=alice, points=7, out_of=8, updated_at=PAST)
    helper = factories.make_user("Ravi")
    factories.add_member(section, helper, Role.ASSISTANT)
    table = as_user(helper).get(tracking(section)).context["table"]
    assert [cell.score for row in table.rows for cell in row.cells] == ["", ""]


def test_a_sealed_thread_shows_no_mark_beside_a_name(as_user, section, teacher, alice) -> None:  # type: ignore[no-untyped-def]
    thread = factories.make_thread(section, names=Thread.Names.SEALED)
    Score.objects.create(assignment=thread.assignment, student=alice, points="4.37", out_of=10, updated_at=PAST)
    for address in (tracking(section), reverse("classroom:student", args=[section.pk, alice.pk])):
        page = as_user(teacher).get(address).content.decode()
        assert "second third" in page
        assert "4.37" not in page


def test_a_students_page_tells_what_to_talk_about(as_user, section, teacher, alice) -> None:  # type: ignore[no-untyped-def]
    late = factories.make_assignment(section, title="The storm", opens_at=PAST - timedelta(days=9), due_at=PAST)
    factories.make_override(late, alice, due_at=PAST + timedelta(days=9))
    missed = factories.make_assignment(section, title="The wreck", opens_at=PAST - timedelta(days=9), due_at=PAST)
    Score.objects.create(
        assignment=missed, student=alice, points=7, out_of=8, feedback="Come and see me.", updated_at=PAST
    )
    page = as_user(teacher).get(reverse("classroom:student", args=[section.pk, alice.pk])).content.decode()
    shown = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    for words in ("Behind with The wreck.", "The storm: More time than others, due", "7 of 8", "Come and see me."):
        assert words in shown


def test_a_students_page_tells_what_is_otherwise_for_them(as_user, section, teacher, alice) -> None:  # type: ignore[no-untyped-def]
    quiz = factories.make_quiz_assignment(section, minutes_allowed=20)
    factories.make_override(quiz.assignment, alice, extra_minutes=10, extra_attempts=1)
    factories.make_excuse(
        factories.make_assignment(section, title="The wreck"), alice, reason="Away with a broken arm."
    )
    page = as_user(teacher).get(reverse("classroom:student", args=[section.pk, alice.pk])).content.decode()
    shown = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "Check: More time than others. 10 extra minutes. 1 extra attempt." in shown
    assert "The wreck: excused." in shown
    # The page is for families too: why somebody is excused is for those who teach.
    assert "broken arm" not in page


def test_a_students_page_has_the_steps_that_they_took_and_their_minutes(as_user, section, teacher, alice) -> None:  # type: ignore[no-untyped-def]
    lesson = factories.make_assignment(section)
    first, second = lesson.lesson.steps.all()
    for step, seconds, done_at in ((first, 61, PAST), (second, 20, None)):
        StepProgress.objects.create(
            assignment=lesson, step=step, student=alice, first_opened_at=PAST, seconds=seconds, done_at=done_at
        )
    quiz = factories.make_quiz_assignment(section)
    attempt = start_attempt(quiz_assignment=quiz, student=alice, at=factories.NOW)
    submit_attempt(attempt=attempt, by=alice, at=factories.NOW + timedelta(minutes=7))
    page = as_user(teacher).get(reverse("classroom:student", args=[section.pk, alice.pk])).content.decode()
    shown = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "Steps: Step 1 (done, 2 min) ; Step 2 (opened, 1 min)" in shown
    assert "· 2 minutes" in shown
    assert "· 7 minutes" in shown


def test_of_a_sealed_thread_a_students_page_says_taken_part_or_not(as_user, section, teacher, alice, bob) -> None:  # type: ignore[no-untyped-def]
    thread = factories.make_thread(section, names=Thread.Names.SEALED)
    factories.make_post(thread, alice, body="Sealed words.")
    factories.fill_up(section, students=8)
    factories.let_others_write(thread, alice, bob)
    pages = {
        student: as_user(teacher).get(reverse("classroom:student", args=[section.pk, student.pk])).content.decode()
        for student in (alice, bob)
    }
    assert "Taken part. Names are sealed" in pages[alice]
    assert "of this student it is not told" in pages[bob]
    assert "Sealed words." not in pages[alice]


def test_who_keeps_records_comes_from_a_students_page_to_their_data(as_user, section, teacher, alice) -> None:  # type: ignore[no-untyped-def]
    helper = factories.make_user("Ravi")
    factories.add_member(section, helper, Role.ASSISTANT)
    data = reverse("classroom:student_data", args=[section.pk, alice.pk])
    address = reverse("classroom:student", args=[section.pk, alice.pk])
    assert f'href="{data}"' in as_user(teacher).get(address).content.decode()
    assert f'href="{data}"' not in as_user(helper).get(address).content.decode()


def test_a_tracking_file_has_what_the_page_shows(as_user, section, teacher, alice, bob) -> None:  # type: ignore[no-untyped-def]
    work = factories.make_assignment(section, title="=1+1", opens_at=PAST - timedelta(days=1), due_at=PAST)
    Score.objects.create(assignment=work, student=alice, points=7, out_of=8, updated_at=PAST)
    Visit.objects.create(assignment=work, student=bob, first_at=PAST, last_at=PAST, done_at=PAST)
    reply = as_user(teacher).get(reverse("classroom:tracking_file", args=[section.pk, "csv"]))
    head, *rows = csv.reader(io.StringIO(reply.content.decode("utf-8-sig")))
    assert head[-1] == f"'=1+1 [{work.pk}]"
    assert [row[2:] for row in rows] == [["'=1+1", "", "", "not opened; behind; 7 of 8"], ["", "", "", "done"]]
    xlsx = as_user(teacher).get(reverse("classroom:tracking_file", args=[section.pk, "xlsx"]))
    assert xlsx.content.startswith(b"PK")


@pytest.mark.parametrize("page", ["tracking", "student"])
def test_the_number_of_queries_does_not_grow_with_rows(  # type: ignore[no-untyped-def]
    as_user, section: Section, teacher: User, alice: User, count_queries, page: str
) -> None:
    def fill() -> None:
        lesson = factories.make_assignment(section)
        targeted = factories.make_assignment(section, for_everybody=False)
        factories.make_target(targeted, factories.make_group(section, alice))
        factories.make_override(lesson, factories.make_group(section, alice), extra_minutes=5)
        factories.make_excuse(lesson, alice)
        factories.make_quiz_assignment(section)
        factories.make_thread(section)

    address = tracking(section) if page == "tracking" else reverse("classroom:student", args=[section.pk, alice.pk])
    fill()
    few = count_queries(as_user(teacher), address)
    fill()
    fill()
    for name in ("Dina", "Eli"):
        factories.add_member(section, factories.make_user(name))
    assert count_queries(as_user(teacher), address) == few
    if page == "tracking":
        # Ten, beside the session and the person.
        assert few <= 12


@pytest.mark.parametrize("page", ["tracking", "gradebook"])
def test_what_people_are_called_is_text_in_a_long_table(  # type: ignore[no-untyped-def]
    as_user, section: Section, teacher: User, alice: User, page: str
) -> None:
    User.objects.filter(pk=alice.pk).update(name='Al <b>"&"</b>')
    factories.make_assignment(section, title="<i>Work</i>")
    found = as_user(teacher).get(reverse(f"classroom:{page}", args=[section.pk])).content.decode()
    assert "Al &lt;b&gt;&quot;&amp;&quot;&lt;/b&gt;" in found
    assert "<b>" not in found
    assert "<i>" not in found


def test_a_badge_bears_a_class_that_the_style_sheet_knows(  # type: ignore[no-untyped-def]
    as_user, section: Section, teacher: User, alice: User
) -> None:
    thread = factories.make_thread(section)
    factories.make_post(thread, alice, state=Post.State.RETURNED)
    found = as_user(teacher).get(reverse("classroom:tracking", args=[section.pk])).content.decode()
    assert 'class="badge to-mend"' in found
