"""Work with two due times: whose first part is due when, who is behind with it, and that times stay as typed."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from classroom.assignments import terms
from classroom.assignments.activities import Work, WorkState
from classroom.assignments.dates import Dates, Extension, most_generous
from classroom.assignments.models import Assignment, AssignmentOverride, Excuse
from classroom.assignments.queries.home import is_behind
from classroom.discussions.models import Task, Thread
from classroom.people.models import Section, User
from tests import factories
from tests.classroom.assignments.test_times_typed import AROUND, CHANGES


def day(number: int | None) -> datetime | None:
    return None if number is None else factories.NOW + timedelta(days=number)


def extension(due: int | None = None, first: int | None = None, *, no_due: bool = False) -> Extension:
    return Extension(due_at=day(due), first_due_at=day(first), no_due=no_due)


PLAIN = Dates(factories.NOW, day(10), first_due_at=day(5))


# Extensions, and on which day the first part is due then; None is: with the rest.
@pytest.mark.parametrize(
    ("extensions", "first"),
    [
        ([], 5),
        ([extension(first=7)], 7),
        ([extension(first=3)], 5),
        ([extension(due=12)], None),
        ([extension(due=8)], 5),
        ([extension(due=12, first=6)], 6),
        ([extension(due=12, first=6), extension(first=8)], 8),
        ([extension(due=12, first=6), extension(due=14)], None),
        ([extension(no_due=True)], None),
        ([extension(no_due=True, first=9)], 9),
        ([extension(first=10)], None),
    ],
)
def test_a_later_due_time_takes_the_first_part_with_it(extensions: list[Extension], first: int | None) -> None:
    # trust 34
    assert most_generous(PLAIN, extensions).first_due_at == day(first)
    assert most_generous(PLAIN, reversed(extensions)).first_due_at == day(first)


@pytest.mark.django_db
def test_the_database_finds_the_same_and_an_excuse_asks_for_neither(section: Section, alice: User, bob: User) -> None:
    work = factories.make_assignment(section, "thread", due_at=day(10), first_due_at=day(5))
    AssignmentOverride.objects.create(assignment=work, student=alice, first_due_at=day(7))
    Excuse.objects.create(assignment=work, student=bob)
    assert terms.of(work, alice).dates.first_due_at == day(7)
    assert terms.of(work, alice).is_extended
    assert terms.of(work, bob).dates.first_due_at == day(5)
    assert terms.of(work, bob).is_excused


def test_who_has_not_done_the_first_part_in_time_is_behind() -> None:
    at = factories.NOW + timedelta(days=6)
    assert is_behind(PLAIN, Work(WorkState.UNDER_WAY), at)
    assert not is_behind(PLAIN, Work(WorkState.UNDER_WAY, first_part_done=True), at)
    assert not is_behind(PLAIN, Work(WorkState.EXCUSED), at)
    assert is_behind(PLAIN, Work(WorkState.UNDER_WAY, first_part_done=True), at + timedelta(days=5))


def make_task(section: Section, **asked: int) -> Thread:
    """A discussion that asks so much of each student."""
    thread = factories.make_thread(section)
    Task.objects.create(assignment=thread.assignment, **asked)
    return thread


@pytest.mark.django_db
@pytest.mark.parametrize(("zone", "change", "minutes", "kind"), CHANGES[:4])
def test_the_first_due_time_comes_back_as_typed(  # type: ignore[no-untyped-def]
    as_user, section: Section, teacher: User, zone: str, change: str, minutes: int, kind: str
) -> None:
    # trust 35
    Section.objects.update(time_zone=zone)
    client, first = as_user(teacher), datetime.fromisoformat(change)
    thread = make_task(section, replies=1)
    Assignment.objects.update(opens_at=factories.NOW - timedelta(days=365))
    page = reverse("classroom:assignment_times", args=[thread.assignment_id])
    for typed in (first + timedelta(minutes=each) for each in AROUND):
        reply = client.post(page, {"opens_at": "2025-06-01T09:00", "first_due_at": f"{typed:%Y-%m-%dT%H:%M}"})
        assert reply.status_code == 302, reply.content.decode()
        assert f'value="{typed:%Y-%m-%dT%H:%M}"' in client.get(page).content.decode()


@pytest.mark.django_db
def test_a_student_finds_both_due_times_at_home_until_the_first_part_is_there(  # type: ignore[no-untyped-def]
    as_user, section: Section, alice: User
) -> None:
    thread = factories.make_thread(section, policy="review-after")
    now = datetime.now(tz=section.zone)
    Assignment.objects.update(
        opens_at=now - timedelta(days=2), first_due_at=now - timedelta(days=1), due_at=now + timedelta(days=1)
    )
    client, home = as_user(alice), reverse("classroom:home")
    page = client.get(home).content.decode()
    assert "first part due" in page
    assert ">late<" in page
    factories.make_post(thread, alice, state="published")
    assert "first part due" not in client.get(home).content.decode()


PAGES = ("assignment_times", "exceptions")


def is_asked(client, assignment: Assignment) -> list[bool]:  # type: ignore[no-untyped-def]
    """Whether each page of its times asks for a first due time."""
    pages = (client.get(reverse(f"classroom:{name}", args=[assignment.pk])).content.decode() for name in PAGES)
    return ["first_due_at" in page for page in pages]


@pytest.mark.django_db
def test_only_what_has_two_parts_is_asked_for_two_due_times(  # type: ignore[no-untyped-def]
    as_user, section: Section, teacher: User
) -> None:
    client = as_user(teacher)
    assert is_asked(client, factories.make_assignment(section)) == [False, False]
    assert is_asked(client, factories.make_thread(section).assignment) == [False, False]
    assert is_asked(client, make_task(section, own_words=50).assignment) == [False, False]
    assert is_asked(client, make_task(section, replies=1).assignment) == [True, True]
    assert is_asked(client, make_task(section, sources=1).assignment) == [True, True]


@pytest.mark.django_db
def test_a_first_due_time_that_has_lost_its_second_part_can_be_taken_away(  # type: ignore[no-untyped-def]
    as_user, section: Section, teacher: User
) -> None:
    thread = factories.make_thread(section)
    Assignment.objects.update(first_due_at=day(5))
    client = as_user(teacher)
    assert is_asked(client, Assignment.objects.get()) == [True, True]
    client.post(reverse("classroom:assignment_times", args=[thread.assignment_id]), {"opens_at": "2026-03-02T09:00"})
    assert Assignment.objects.get().first_due_at is None
    assert is_asked(client, Assignment.objects.get()) == [False, False]


@pytest.mark.django_db
def test_a_first_due_time_is_asked_for_beside_what_makes_two_parts(  # type: ignore[no-untyped-def]
    as_user, section: Section, teacher: User
) -> None:
    lesson = factories.make_lesson(factories.make_film())
    page = as_user(teacher).get(f"{reverse('classroom:assign', args=[section.pk])}?what=lesson:{lesson.pk}")
    assert "first_due_at" not in page.content.decode()
    prompt = factories.make_prompt(lesson.film)
    page = as_user(teacher).get(f"{reverse('classroom:assign', args=[section.pk])}?what=thread:{prompt.pk}")
    _before, when, *_more, discussion = page.content.decode().split("<legend")
    assert "first_due_at" not in when
    assert "thread-replies" in discussion
    assert "first_due_at" in discussion


@pytest.mark.django_db
@pytest.mark.parametrize(("more", "is_set"), [({}, False), ({"thread-replies": "1"}, True)])
def test_a_first_due_time_of_all_that_is_asked_is_refused_and_kept_on_the_page(  # type: ignore[no-untyped-def]
    as_user, section: Section, teacher: User, more: dict[str, str], is_set: bool
) -> None:
    prompt = factories.make_prompt(factories.make_film())
    sent = {
        "opens_at": "2026-03-02T09:00",
        "first_due_at": "2026-03-03T16:00",
        "due_at": "2026-03-06T16:00",
        "thread-together": "all",
        "thread-names": "pseudonym",
        "thread-policy": "hold-all",
    }
    address = f"{reverse('classroom:assign', args=[section.pk])}?what=thread:{prompt.pk}"
    reply = as_user(teacher).post(address, sent | more)
    assert Assignment.objects.exists() == is_set
    if not is_set:
        assert reply.status_code == 422
        assert "Nothing more is asked of each student" in reply.content.decode()
        assert 'value="2026-03-03T16:00"' in reply.content.decode()
