"""The order of a class's work, and whole units set at once."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from classroom.assignments import actions
from classroom.assignments.models import Assignment
from classroom.assignments.units import NoSuchTime, plan
from classroom.discussions.models import Thread
from classroom.library.models import Film
from classroom.people.models import Section, User
from tests import factories

MONDAY, WEDNESDAY, FRIDAY, SUNDAY = 0, 2, 4, 6


# --- Days ---------------------------------------------------------------------------------------------------------


def days(lessons: int, first: date, weekdays: list[int], zone: str = "UTC", due_after: int | None = None) -> list[str]:
    made = plan(lessons, first=first, weekdays=weekdays, at=time(9), due_after=due_after, zone=ZoneInfo(zone))
    return [f"{each.opens_at.astimezone(ZoneInfo(zone)):%a %d %b %H:%M}" for each in made]


def test_lessons_fall_on_the_weekdays_from_the_first_date_on() -> None:
    assert days(5, date(2026, 3, 3), [MONDAY, WEDNESDAY]) == [
        "Wed 04 Mar 09:00",
        "Mon 09 Mar 09:00",
        "Wed 11 Mar 09:00",
        "Mon 16 Mar 09:00",
        "Wed 18 Mar 09:00",
    ]


def test_the_time_on_the_wall_stays_when_the_clocks_change() -> None:
    # trust 35
    made = days(3, date(2026, 3, 2), [MONDAY], zone="America/New_York")
    assert made == ["Mon 02 Mar 09:00", "Mon 09 Mar 09:00", "Mon 16 Mar 09:00"]


def test_a_plan_that_meets_a_skipped_time_says_which() -> None:
    with pytest.raises(NoSuchTime) as refused:
        plan(
            2,
            first=date(2026, 3, 1),
            weekdays=[SUNDAY],
            at=time(2, 30),
            due_after=None,
            zone=ZoneInfo("America/New_York"),
        )
    assert refused.value.typed == datetime.fromisoformat("2026-03-08T02:30")


# --- Units --------------------------------------------------------------------------------------------------------


@pytest.fixture
def film(db: None) -> Film:
    film = factories.make_film()
    for number in (1, 2, 3):
        quiz = factories.make_quiz(film)
        prompt = factories.make_prompt(film)
        factories.make_lesson(film, title=f"Chapter {number}", quiz_key=quiz.key, prompt_keys=[prompt.key])
    return film


def sent(film: Film, **changes: object) -> dict[str, object]:
    one, two, three = film.lessons.order_by("position")
    data = {
        f"place-{three.pk}": "1",
        f"place-{one.pk}": "2",
        f"place-{two.pk}": "",
        "first": "2026-03-03",
        "weekdays": [str(MONDAY), str(FRIDAY)],
        "time": "09:30",
        "due_after": "3",
        "with_parts": "on",
    }
    return {**data, **changes}


def unit(section: Section, film: Film) -> str:
    return reverse("classroom:unit", args=[section.pk, film.key])


def test_the_plan_is_shown_first_and_nothing_is_set(as_user, section: Section, teacher: User, film: Film) -> None:  # type: ignore[no-untyped-def]
    Section.objects.update(time_zone="America/New_York")
    reply = as_user(teacher).post(unit(section, film), sent(film))
    assert reply.status_code == 200
    page = reply.content.decode()
    assert page.index("Chapter 3") < page.index("Fri 6 Mar 2026 09:30") < page.index("Mon 9 Mar 2026 09:30")
    assert "Thu 12 Mar 2026 09:30" in page
    assert not Assignment.objects.exists()


def test_what_was_shown_is_set_once_it_is_confirmed(as_user, section: Section, teacher: User, film: Film) -> None:  # type: ignore[no-untyped-def]
    Section.objects.update(time_zone="America/New_York")
    client = as_user(teacher)
    shown = client.post(unit(section, film), sent(film))
    confirmed: dict[str, list[str]] = {"confirmed": ["yes"]}
    for name, value in shown.context["sent"]:
        confirmed.setdefault(name, []).append(value)
    assert client.post(unit(section, film), confirmed).status_code == 302
    lessons = Assignment.objects.filter(kind="lesson").order_by("position")
    assert [each.title for each in lessons] == ["Chapter 3", "Chapter 1"]
    assert [each.opens_at for each in lessons] == [
        datetime(2026, 3, 6, 14, 30, tzinfo=UTC),
        datetime(2026, 3, 9, 13, 30, tzinfo=UTC),
    ]
    assert lessons[0].due_at == datetime(2026, 3, 9, 13, 30, tzinfo=UTC)
    assert {part.kind for part in lessons[1].parts.all()} == {"quiz", "thread"}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"first": ""}, "required"),
        ({"weekdays": []}, "required"),
        ({"time": "25:00"}, "valid time"),
        ({"due_after": "-1"}, "greater than or equal to 0"),
        ({"first": "2026-03-08", "weekdays": [str(SUNDAY)], "time": "02:30"}, "the clocks go forward"),
    ],
)
def test_a_plan_that_cannot_be_is_explained(  # type: ignore[no-untyped-def]
    as_user, section: Section, teacher: User, film: Film, changes: dict[str, object], message: str
) -> None:
    Section.objects.update(time_zone="America/New_York")
    reply = as_user(teacher).post(unit(section, film), sent(film, confirmed="yes", **changes))
    assert reply.status_code == 422
    assert message in reply.content.decode()
    assert not Assignment.objects.exists()


def test_a_unit_of_no_lessons_is_asked_for_one(as_user, section: Section, teacher: User, film: Film) -> None:  # type: ignore[no-untyped-def]
    none = {f"place-{lesson.pk}": "" for lesson in film.lessons.all()}
    reply = as_user(teacher).post(unit(section, film), sent(film, **none))
    assert reply.status_code == 422
    assert "at least one lesson a number" in reply.content.decode()


def test_a_unit_is_set_whole_or_not_at_all(  # type: ignore[no-untyped-def]
    as_user, section: Section, teacher: User, film: Film
) -> None:
    # A prompt that went between the offer and the setting stops the whole unit.
    client = as_user(teacher)
    client.raise_request_exception = False
    original = Thread.objects.bulk_create

    def fail_at_the_second(threads: list[Thread]) -> list[Thread]:
        if Assignment.objects.count() > 3:
            raise RuntimeError("The database went away.")
        return original(threads)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Thread.objects, "bulk_create", fail_at_the_second)
        assert client.post(unit(section, film), sent(film, confirmed="yes")).status_code == 500
    assert not Assignment.objects.exists()


def test_with_one_film_there_is_nothing_to_choose(as_user, section: Section, teacher: User, film: Film) -> None:  # type: ignore[no-untyped-def]
    page = reverse("classroom:unit_start", args=[section.pk])
    assert as_user(teacher).get(page).url == unit(section, film)
    factories.make_film("the-bridge")
    assert unit(section, film) in as_user(teacher).get(page).content.decode()


def test_the_form_costs_the_same_with_three_lessons_and_with_five(  # type: ignore[no-untyped-def]
    as_user, section: Section, teacher: User, film: Film, count_queries
) -> None:
    few = count_queries(as_user(teacher), unit(section, film))
    for _number in range(2):
        factories.make_lesson(film, quiz_key=factories.make_quiz(film).key)
    assert count_queries(as_user(teacher), unit(section, film)) == few


# --- Order --------------------------------------------------------------------------------------------------------


def order(section: Section) -> list[str]:
    return list(
        Assignment.objects.current().filter(section=section).order_by("position", "pk").values_list("title", flat=True)
    )


@pytest.fixture
def shelf(section: Section) -> dict[str, Assignment]:
    """A, B with its parts B1 and B2, and C."""
    made = {name: factories.make_assignment(section, title=name, position=1) for name in ("A", "B")}
    for name in ("B1", "B2"):
        made[name] = factories.make_assignment(section, title=name, parent=made["B"], position=2)
    made["C"] = factories.make_assignment(section, title="C", position=3)
    return made


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moved", "to", "expected"),
    [
        ("A", "down", ["B", "B1", "B2", "A", "C"]),
        ("A", "up", ["A", "B", "B1", "B2", "C"]),
        ("B", "up", ["B", "B1", "B2", "A", "C"]),
        ("B", "down", ["A", "C", "B", "B1", "B2"]),
        ("C", "up", ["A", "C", "B", "B1", "B2"]),
        ("C", "down", ["A", "B", "B1", "B2", "C"]),
        ("B2", "up", ["A", "B", "B2", "B1", "C"]),
        ("B2", "down", ["A", "B", "B1", "B2", "C"]),
    ],
)
def test_work_moves_with_its_parts(  # type: ignore[no-untyped-def]
    as_user, section: Section, teacher: User, shelf, moved: str, to: str, expected: list[str]
) -> None:
    page = reverse("classroom:move", args=[shelf[moved].pk])
    assert as_user(teacher).post(page, {"to": to}).status_code == 302
    assert order(section) == expected


@pytest.mark.django_db
def test_a_part_without_its_lesson_moves_by_itself(section: Section, teacher: User, shelf) -> None:  # type: ignore[no-untyped-def]
    Assignment.objects.filter(pk=shelf["B"].pk).update(withdrawn_at=factories.NOW)
    assert actions.move(assignment=shelf["B2"], up=False, by=teacher, at=factories.NOW)
    assert order(section) == ["A", "B1", "C", "B2"]


@pytest.mark.django_db
def test_a_move_to_nowhere_is_refused(as_user, section: Section, teacher: User, shelf) -> None:  # type: ignore[no-untyped-def]
    page = reverse("classroom:move", args=[shelf["A"].pk])
    assert as_user(teacher).post(page, {"to": "left"}).status_code == 400
