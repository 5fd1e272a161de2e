"""Work for some and not for all, times of their own, and excuses."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from classroom.assignments import actions, terms
from classroom.assignments.dates import Extension
from classroom.assignments.models import Assignment, AssignmentOverride, AssignmentTarget, Excuse, StepAnswer
from classroom.people.models import Membership, Section, User
from tests import factories

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def work(section: Section, now: datetime) -> Assignment:
    """Opened two days ago, due yesterday, closed an hour ago."""
    return factories.make_assignment(
        section, title="The lamp", opens_at=now - 2 * DAY, due_at=now - DAY, closes_at=now - HOUR
    )


def exceptions(work: Assignment) -> str:
    return reverse("classroom:exceptions", args=[work.pk])


def home(client) -> str:  # type: ignore[no-untyped-def]
    return client.get(reverse("classroom:home")).content.decode()


def local(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M}"


# --- Times of their own -------------------------------------------------------------------------------------------


def test_a_student_sees_their_extension_and_can_work_on(  # type: ignore[no-untyped-def]
    as_user, teacher: User, alice: User, bob: User, work: Assignment, now: datetime
) -> None:
    step = work.lesson.steps.first()
    work.lesson.steps.update(answer="short")
    due = now + 2 * DAY
    reply = as_user(teacher).post(exceptions(work), {"who": f"student:{alice.pk}", "due_at": local(due)}, follow=True)
    assert "Alice has times of their own now." in reply.content.decode()
    page = home(as_user(alice))
    assert f"due {due:%a} {due.day} {due:%b}, {due:%H:%M} (extended for you)" in page
    assert "extended for you" not in home(as_user(bob))
    address = reverse("classroom:step_answer", args=[work.pk, step.pk])
    sent = {"text": "The log.", "revision": 0}
    assert as_user(alice).post(address, sent).status_code == 302
    assert as_user(bob).post(address, sent).status_code == 422
    assert "extended for you" in as_user(alice).get(reverse("classroom:lesson_work", args=[work.pk])).content.decode()
    assert StepAnswer.objects.get().student == alice


def test_a_group_gets_an_earlier_opening(as_user, teacher: User, alice: User, bob: User, section: Section, now) -> None:  # type: ignore[no-untyped-def]
    work = factories.make_assignment(section, title="Later", opens_at=now + DAY)
    red = factories.make_group(section, alice, name="Red")
    assert "Later" not in home(as_user(alice))
    as_user(teacher).post(exceptions(work), {"who": f"group:{red.pk}", "opens_at": local(now - HOUR)})
    assert "Later" in home(as_user(alice))
    assert "Later" not in home(as_user(bob))
    assert as_user(bob).get(reverse("classroom:lesson_work", args=[work.pk])).status_code == 404


def test_a_change_of_the_group_changes_whose_times_they_are(  # type: ignore[no-untyped-def]
    as_user, alice: User, bob: User, section: Section, now: datetime
) -> None:
    work = factories.make_assignment(section, title="Later", opens_at=now + DAY)
    red = factories.make_group(section, alice)
    factories.make_override(work, red, opens_at=now - HOUR)
    red.members.set(Membership.objects.filter(user=bob))
    assert "Later" not in home(as_user(alice))
    assert "Later" in home(as_user(bob))


def test_times_given_again_take_the_place_of_the_first(
    as_user, teacher: User, alice: User, work: Assignment, now
) -> None:  # type: ignore[no-untyped-def]
    client, who = as_user(teacher), {"who": f"student:{alice.pk}"}
    client.post(exceptions(work), {**who, "due_at": local(now + DAY), "extra_attempts": "2"})
    client.post(exceptions(work), {**who, "never_closes": "on"})
    override = AssignmentOverride.objects.get()
    assert (override.due_at, override.never_closes, override.extra_attempts) == (None, True, 0)
    client.post(reverse("classroom:override_remove", args=[override.pk]))
    assert terms.dates_for(work, alice) == work.dates


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "nothing would change"),
        ({"due_at": "2020-01-01T09:00"}, "nothing would change"),
        ({"due_at": "2100-01-01T09:00", "no_due": "on"}, "not both"),
        ({"closes_at": "2100-01-01T09:00", "never_closes": "on"}, "not both"),
        ({"opens_at": "2020-01-02T09:00", "closes_at": "2020-01-01T09:00"}, "close before it opens"),
        ({"due_at": "2100-01-01T09:00", "who": "student:999999"}, "valid choice"),
        ({"extra_minutes": "-5"}, "greater than or equal to 0"),
    ],
)
def test_what_gives_nothing_or_cannot_be_is_explained(  # type: ignore[no-untyped-def]
    as_user, teacher: User, alice: User, work: Assignment, given: dict[str, str], message: str
) -> None:
    reply = as_user(teacher).post(exceptions(work), {"who": f"student:{alice.pk}", **given})
    assert reply.status_code == 422
    assert message in reply.content.decode()
    assert not AssignmentOverride.objects.exists()


def test_times_of_their_own_are_typed_in_the_zone_of_the_class(as_user, teacher: User, alice: User, work) -> None:  # type: ignore[no-untyped-def]
    Section.objects.update(time_zone="America/New_York")
    sent = {"who": f"student:{alice.pk}", "due_at": "2100-03-01T09:00"}
    page = as_user(teacher).post(exceptions(work), sent, follow=True).content.decode()
    assert AssignmentOverride.objects.get().due_at == datetime(2100, 3, 1, 14, tzinfo=UTC)
    assert "1 Mar 2100 09:00" in page


def test_what_holds_for_a_lesson_holds_for_its_parts(section: Section, teacher: User, alice: User, work, now) -> None:  # type: ignore[no-untyped-def]
    part = factories.make_quiz_assignment(section, parent=work, closes_at=now - HOUR).assignment
    actions.set_override(assignment=work, who=alice, extension=Extension(closes_at=now + DAY), by=teacher, at=now)
    actions.excuse(assignment=work, student=alice, reason="", by=teacher, at=now)
    held = terms.of(part, alice)
    assert held.dates.closes_at == now + DAY
    assert held.is_excused


def test_the_page_lists_what_holds_and_what_it_comes_to(
    as_user, teacher: User, alice: User, section, work, now
) -> None:  # type: ignore[no-untyped-def]
    red = factories.make_group(section, alice, name="Red")
    factories.make_override(work, red, due_at=now + DAY)
    factories.make_excuse(work, alice, reason="In hospital")
    shown = as_user(teacher).get(exceptions(work))
    page = shown.content.decode()
    assert "Red" in page
    assert "In hospital" in page
    assert [each.student for each in shown.context["exceptions"].own] == [alice]


def test_the_page_costs_the_same_with_one_row_and_with_three(  # type: ignore[no-untyped-def]
    as_user, teacher: User, alice: User, section: Section, work: Assignment, count_queries
) -> None:
    def fill() -> None:
        student = factories.make_user("Dina")
        factories.add_member(section, student)
        factories.make_override(work, factories.make_group(section, student), extra_minutes=5)
        factories.make_override(work, student, extra_minutes=5)
        factories.make_excuse(work, student)

    fill()
    few = count_queries(as_user(teacher), exceptions(work))
    fill()
    fill()
    assert count_queries(as_user(teacher), exceptions(work)) == few


# --- Excuses ------------------------------------------------------------------------------------------------------


def test_whoever_is_excused_is_never_behind_and_is_shown_so(  # type: ignore[no-untyped-def]
    as_user, teacher: User, alice: User, bob: User, section: Section, work: Assignment
) -> None:
    client = as_user(teacher)
    address = reverse("classroom:excuse_new", args=[work.pk])
    assert client.post(address, {"student": str(alice.pk), "reason": "In hospital"}).status_code == 302
    shown = client.get(reverse("classroom:tracking", args=[section.pk]))
    assert [row.student for row in shown.context["table"].behind] == [bob]
    assert "excused" in shown.content.decode()
    page = home(as_user(alice))
    assert "excused" in page
    assert "In hospital" not in page
    assert (
        "You are excused from this"
        in as_user(alice).get(reverse("classroom:lesson_work", args=[work.pk])).content.decode()
    )
    client.post(reverse("classroom:excuse_remove", args=[Excuse.objects.get().pk]))
    shown = client.get(reverse("classroom:tracking", args=[section.pk]))
    assert {row.student for row in shown.context["table"].behind} == {alice, bob}


def test_only_a_student_of_the_class_is_excused(as_user, teacher: User, charlie: User, work: Assignment) -> None:  # type: ignore[no-untyped-def]
    address = reverse("classroom:excuse_new", args=[work.pk])
    assert as_user(teacher).post(address, {"student": str(charlie.pk)}).status_code == 422
    assert not Excuse.objects.exists()


def test_an_extension_keeps_a_student_from_being_behind(  # type: ignore[no-untyped-def]
    as_user, teacher: User, alice: User, bob: User, section: Section, work: Assignment, now: datetime
) -> None:
    factories.make_override(work, alice, due_at=now + DAY)
    table = as_user(teacher).get(reverse("classroom:tracking", args=[section.pk])).context["table"]
    assert [row.student for row in table.behind] == [bob]
    assert "1 student behind" in home(as_user(teacher))


# --- For whom -----------------------------------------------------------------------------------------------------


def test_work_for_a_group_is_there_for_nobody_else(  # type: ignore[no-untyped-def]
    as_user, teacher: User, alice: User, bob: User, section: Section
) -> None:
    work = factories.make_assignment(section, title="Just red", due_at=datetime.now(UTC) - HOUR)
    red = factories.make_group(section, alice, name="Red")
    client = as_user(teacher)
    client.post(reverse("classroom:audience", args=[work.pk]), {"audience": [f"group:{red.pk}"]})
    assert "Just red" in home(as_user(alice))
    assert "Just red" not in home(as_user(bob))
    lesson = reverse("classroom:lesson_work", args=[work.pk])
    assert as_user(bob).get(lesson).status_code == 404
    assert "for Red" in client.get(reverse("classroom:section", args=[section.pk])).content.decode()
    table = client.get(reverse("classroom:tracking", args=[section.pk])).context["table"]
    assert [row.student for row in table.behind] == [alice]
    client.post(reverse("classroom:audience", args=[work.pk]), {})
    assert as_user(bob).get(lesson).status_code == 200
    assert not AssignmentTarget.objects.exists()


@pytest.mark.parametrize("kind", ["quiz", "thread"])
def test_a_quiz_or_thread_for_one_student_is_not_there_for_another(  # type: ignore[no-untyped-def]
    as_user, alice: User, bob: User, section: Section, kind: str
) -> None:
    # trust 13
    if kind == "quiz":
        work = factories.make_quiz_assignment(section).assignment
        address = reverse("quizzes:start", args=[work.pk])
    else:
        thread = factories.make_thread(section)
        work, address = thread.assignment, reverse("classroom:thread", args=[thread.pk])
    factories.make_target(work, alice)
    assert as_user(alice).get(address).status_code == 200
    assert as_user(bob).get(address).status_code == 404


def test_work_is_set_to_groups_and_students_with_its_parts(  # type: ignore[no-untyped-def]
    as_user, teacher: User, alice: User, bob: User, section: Section
) -> None:
    film = factories.make_film()
    quiz = factories.make_quiz(film)
    lesson = factories.make_lesson(film, quiz_key=quiz.key)
    red = factories.make_group(section, bob)
    sent = {
        "opens_at": "2026-03-02T09:00",
        "parts": [f"quiz:{quiz.pk}"],
        **factories.as_offered(),
        "audience": [f"group:{red.pk}", f"student:{alice.pk}"],
    }
    reply = as_user(teacher).post(f"{reverse('classroom:assign', args=[section.pk])}?what=lesson:{lesson.pk}", sent)
    assert reply.status_code == 302, reply.content.decode()
    for work in Assignment.objects.all():
        assert not work.for_everybody
        assert {target.group or target.student for target in work.assignmenttargets.all()} == {red, alice}


def test_a_target_who_goes_does_not_leave_the_work_to_everybody(section: Section, alice: User, bob: User) -> None:
    work = factories.make_assignment(section)
    factories.make_target(work, alice)
    alice.delete()
    assert not Assignment.objects.set_to(bob).exists()
