"""A class's work in a new year: same weekday, same time on the wall, and nothing of last year's students."""

import zoneinfo
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from classroom.assignments import activities, new_year
from classroom.assignments.models import Assignment, AssignmentOverride, AssignmentTarget, Excuse
from classroom.discussions.models import Thread
from classroom.gradebook.models import Category, ColumnSettings, GradingPolicy, Score
from classroom.people import actions as people
from classroom.people.copying import NewYear, plan_work
from classroom.people.models import Section, User
from quizzes.bank.models import Quiz
from quizzes.delivery.actions import change_settings
from quizzes.delivery.models import QuizAssignment
from tests import factories

LONDON = zoneinfo.ZoneInfo("Europe/London")
NEW_YORK = zoneinfo.ZoneInfo("America/New_York")


# --- Times --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "chosen", "first"),
    [
        (date(2025, 9, 8), date(2026, 9, 7), date(2026, 9, 7)),  # Monday to Monday
        (date(2025, 9, 8), date(2026, 9, 8), date(2026, 9, 14)),  # never before the day chosen
        (date(2025, 9, 8), date(2026, 9, 6), date(2026, 9, 7)),
        (date(2025, 9, 8), date(2025, 9, 8), date(2025, 9, 8)),
        (date(2025, 9, 8), date(2024, 9, 7), date(2024, 9, 9)),  # back works alike
    ],
)
def test_work_moves_by_whole_weeks(old: date, chosen: date, first: date) -> None:
    assert old + new_year.weeks_between(old, chosen) == first
    assert first.weekday() == old.weekday()


def typed(zone: zoneinfo.ZoneInfo, *parts: int) -> datetime:
    return datetime(*parts, tzinfo=zone).astimezone(UTC)  # type: ignore[arg-type, misc]


def test_a_time_on_the_wall_stays_where_the_clocks_change_on_another_day() -> None:
    # The clocks went back on 26 October 2025, and do so on 25 October 2026.
    opens, due = typed(LONDON, 2025, 10, 24, 9), typed(LONDON, 2025, 10, 27, 9)
    moved = new_year.move(opens, due, None, by=timedelta(weeks=52), old=LONDON, new=LONDON)
    assert moved.opens_at == typed(LONDON, 2026, 10, 23, 9) == datetime(2026, 10, 23, 8, tzinfo=UTC)
    assert moved.due_at == typed(LONDON, 2026, 10, 26, 9) == datetime(2026, 10, 26, 9, tzinfo=UTC)
    assert moved.closes_at is None


def test_a_day_in_summer_time_last_year_and_winter_time_this_year_keeps_its_hour() -> None:
    # Summer time began on 30 March 2025, and begins on 29 March 2026.
    opens = typed(LONDON, 2025, 3, 31, 9)
    moved = new_year.move(opens, None, None, by=timedelta(weeks=51), old=LONDON, new=LONDON)
    assert opens.hour == 8
    assert moved.opens_at == datetime(2026, 3, 23, 9, tzinfo=UTC)


def test_a_time_that_the_new_years_clocks_skip_becomes_the_one_to_which_they_are_put() -> None:
    opens = typed(LONDON, 2025, 3, 23, 1, 30)
    moved = new_year.move(opens, None, None, by=timedelta(weeks=53), old=LONDON, new=LONDON)
    assert moved.opens_at == typed(LONDON, 2026, 3, 29, 2)
    assert [str(each) for each, _change in moved.skipped] == ["2026-03-29 01:30:00"]


def test_of_an_hour_that_comes_twice_the_first_is_taken() -> None:
    moved = new_year.move(
        typed(LONDON, 2025, 10, 19, 1, 30), None, None, by=timedelta(weeks=53), old=LONDON, new=LONDON
    )
    assert moved.opens_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert [str(each) for each, _change in moved.doubled] == ["2026-10-25 01:30:00"]


def test_work_that_lies_in_the_skipped_hour_lasts_as_long_as_it_did() -> None:
    opens, closes = typed(LONDON, 2025, 3, 23, 1, 10), typed(LONDON, 2025, 3, 23, 1, 40)
    moved = new_year.move(opens, closes, closes, by=timedelta(weeks=53), old=LONDON, new=LONDON)
    assert moved.opens_at == typed(LONDON, 2026, 3, 29, 2)
    assert moved.closes_at == typed(LONDON, 2026, 3, 29, 2, 30)


def test_in_another_zone_the_wall_shows_the_same() -> None:
    opens = typed(LONDON, 2025, 9, 8, 9)
    moved = new_year.move(opens, None, None, by=timedelta(weeks=52), old=LONDON, new=NEW_YORK)
    assert moved.opens_at == typed(NEW_YORK, 2026, 9, 7, 9)


# --- A class ------------------------------------------------------------------------------------------------------

pytestmark = pytest.mark.django_db


@pytest.fixture
def old(section: Section, alice: User) -> Section:
    """A class in London that is set a lesson with a quiz and a thread, with something of everything."""
    Section.objects.filter(pk=section.pk).update(time_zone="Europe/London")
    section.refresh_from_db()
    monday = typed(LONDON, 2025, 9, 8, 9)
    lesson = factories.make_assignment(section, opens_at=monday, position=1, title="The first lesson")
    quiz = factories.make_quiz_assignment(
        section,
        parent=lesson,
        position=2,
        opens_at=monday,
        due_at=typed(LONDON, 2025, 10, 27, 9),
        closes_at=typed(LONDON, 2025, 10, 31, 17),
        attempts_allowed=3,
        minutes_allowed=25,
    )
    talk = factories.make_assignment(section, "thread", position=3, opens_at=monday, title="Talk")
    factories.make_thread(
        section, assignment=talk, names=Thread.Names.SEALED, policy=Thread.Policy.REVIEW_AFTER, locked_at=monday
    )
    GradingPolicy.objects.create(section=section, scale=GradingPolicy.Scale.LETTERS, late_percent=10)
    tests = Category.objects.create(section=section, name="Tests", weight=60, drop_lowest=1)
    ColumnSettings.objects.create(assignment=quiz.assignment, category=tests, extra_credit=True, hidden=True)
    factories.make_override(quiz.assignment, alice, extra_minutes=10)
    factories.make_excuse(lesson, alice)
    factories.make_post(talk.threads.get(), alice)
    Score.objects.create(
        assignment=quiz.assignment, student=alice, points=1, out_of=2, updated_at=monday, by_hand=False
    )
    return section


def copy(client, section: Section, **changed: str):  # type: ignore[no-untyped-def]
    """Ask for the plan, and agree to it."""
    address = reverse("classroom:section_copy", args=[section.pk])
    sent = {"name": "New", "time_zone": section.time_zone, "with_work": "on", "first_day": "2026-09-07", **changed}
    shown = client.post(address, sent)
    assert shown.status_code == 200
    return client.post(address, {**dict(shown.context["sent"]), "agreed": shown.context["plan"].digest})


def test_the_plan_is_shown_with_its_dates_and_nothing_is_made(as_user, teacher: User, old: Section) -> None:  # type: ignore[no-untyped-def]
    address = reverse("classroom:section_copy", args=[old.pk])
    form = as_user(teacher).get(address).content.decode()
    assert "Monday 8 September 2025" in form
    assert 'value="2026-09-07"' in form
    sent = {"name": "New", "time_zone": "Europe/London", "with_work": "on", "first_day": "2026-09-07"}
    page = as_user(teacher).post(address, sent).content.decode()
    assert "Mon 7 Sep 2026 09:00" in page
    assert "Mon 26 Oct 2026 09:00" in page
    assert "Fri 30 Oct 2026 17:00" in page
    assert "categories come along: Tests" in page
    assert Section.objects.count() == 1


def test_all_that_a_teacher_decided_comes_along(as_user, teacher: User, old: Section) -> None:  # type: ignore[no-untyped-def]
    reply = copy(as_user(teacher), old)
    new = Section.objects.get(name="New")
    assert reply.url == reverse("classroom:section", args=[new.pk])
    lesson, quiz, talk = Assignment.objects.filter(section=new).order_by("position")
    assert (lesson.title, quiz.parent, talk.parent) == ("The first lesson", lesson, None)
    assert [lesson.kind, quiz.kind, talk.kind] == ["lesson", "quiz", "thread"]
    assert lesson.lesson == Assignment.objects.get(section=old, kind="lesson").lesson
    assert quiz.due_at == typed(LONDON, 2026, 10, 26, 9)
    assert (quiz.quiz_assignment.attempts_allowed, quiz.quiz_assignment.minutes_allowed) == (3, 25)
    assert (talk.threads.get().names, talk.threads.get().policy) == (Thread.Names.SEALED, Thread.Policy.REVIEW_AFTER)
    assert talk.threads.get().locked_at is None
    policy = GradingPolicy.objects.get(section=new)
    assert (policy.scale, policy.late_percent) == (GradingPolicy.Scale.LETTERS, 10)
    column = ColumnSettings.objects.get(assignment=quiz)
    assert column.category == Category.objects.get(section=new)
    assert (column.category.name, column.category.weight, column.category.drop_lowest) == ("Tests", 60, 1)
    assert (column.extra_credit, column.hidden) == (True, True)


def test_nothing_of_a_student_comes_along_and_the_old_class_stays(as_user, teacher: User, old: Section) -> None:  # type: ignore[no-untyped-def]
    before = list(Assignment.objects.filter(section=old).values())
    copy(as_user(teacher), old)
    new = Section.objects.get(name="New")
    for model in (AssignmentOverride, AssignmentTarget, Excuse, Score):
        assert not model.objects.filter(assignment__section=new).exists(), model
    assert not Thread.objects.get(assignment__section=new).posts.exists()
    assert not Thread.objects.get(assignment__section=new).pseudonyms.exists()
    assert list(Assignment.objects.filter(section=old).values()) == before
    assert Category.objects.filter(section=old).count() == 1


def test_work_for_some_students_is_for_nobody_in_the_new_class(as_user, teacher: User, bob: User, old: Section) -> None:  # type: ignore[no-untyped-def]
    factories.make_target(Assignment.objects.get(section=old, kind="thread"), bob)
    plan = plan_work(old, year=NewYear(date(2026, 9, 7), LONDON), by=teacher)
    assert [each.title for each in plan.copied if each.notes] == ["Talk"]
    copy(as_user(teacher), old)
    made = Assignment.objects.get(section__name="New", kind="thread")
    assert not made.for_everybody
    assert not made.assignmenttargets.exists()


def test_what_is_no_longer_offered_is_named_and_stays_behind(as_user, teacher: User, old: Section) -> None:  # type: ignore[no-untyped-def]
    lesson = Assignment.objects.get(section=old, kind="lesson").lesson
    assert lesson is not None
    lesson.retired_at = factories.NOW
    lesson.save()
    Thread.objects.get().prompt.__class__.objects.update(retired_at=factories.NOW)
    plan = plan_work(old, year=NewYear(date(2026, 9, 7), LONDON), by=teacher)
    assert [each.title for each in plan.left_out] == ["The first lesson", "Talk"]
    copy(as_user(teacher), old)
    quiz = Assignment.objects.get(section__name="New")
    assert (quiz.kind, quiz.parent, quiz.position) == ("quiz", None, 1)


def test_a_colleagues_own_quiz_and_withdrawn_work_stay_behind(as_user, teacher: User, old: Section) -> None:  # type: ignore[no-untyped-def]
    Quiz.objects.update(owner=factories.make_teacher("Omar"))
    Assignment.objects.filter(kind="thread").update(withdrawn_at=factories.NOW)
    plan = plan_work(old, year=NewYear(date(2026, 9, 7), LONDON), by=teacher)
    assert [each.title for each in plan.copied] == ["The first lesson"]
    assert [each.label for each in plan.left_out] == ["Quiz"]


def test_an_emptied_first_day_is_asked_for_and_nothing_is_made(as_user, teacher: User, old: Section) -> None:  # type: ignore[no-untyped-def]
    address = reverse("classroom:section_copy", args=[old.pk])
    sent = {"name": "New name", "time_zone": "Europe/London", "with_work": "on", "first_day": ""}
    reply = as_user(teacher).post(address, sent)
    assert reply.status_code == 422
    assert "Give the first day" in reply.content.decode()
    assert "New name" in reply.content.decode()
    assert as_user(teacher).post(address, {**sent, "first_day": "soon"}).status_code == 422
    assert as_user(teacher).post(address, {**sent, "first_day": "9999-12-31"}).status_code == 422
    assert Section.objects.count() == 1


def test_without_the_work_the_class_is_made_at_once(as_user, teacher: User, old: Section) -> None:  # type: ignore[no-untyped-def]
    address = reverse("classroom:section_copy", args=[old.pk])
    as_user(teacher).post(address, {"name": "Bare", "time_zone": "UTC", "first_day": ""})
    assert not Assignment.objects.filter(section__name="Bare").exists()
    assert not Category.objects.filter(section__name="Bare").exists()


def test_what_changed_since_the_plan_is_shown_again(as_user, teacher: User, old: Section) -> None:  # type: ignore[no-untyped-def]
    address, client = reverse("classroom:section_copy", args=[old.pk]), as_user(teacher)
    sent = {"name": "New", "time_zone": "Europe/London", "with_work": "on", "first_day": "2026-09-07"}
    digest = client.post(address, sent).context["plan"].digest
    Assignment.objects.filter(kind="quiz").update(withdrawn_at=factories.NOW)
    reply = client.post(address, {**sent, "agreed": digest})
    assert reply.status_code == 409
    assert "has changed since" in reply.content.decode()
    assert Section.objects.count() == 1


def test_a_copy_that_fails_half_way_leaves_no_class(teacher: User, old: Section) -> None:
    plan = plan_work(old, year=NewYear(date(2026, 9, 7), LONDON), by=teacher)
    QuizAssignment.objects.all().delete()  # what the plan was made of is gone under it
    with pytest.raises(KeyError):
        people.copy_section(
            section=old, name="Half", time_zone="UTC", with_staff=True, work=plan, by=teacher, at=factories.NOW
        )
    assert not Section.objects.filter(name="Half").exists()


def test_every_kind_tells_all_that_was_decided(old: Section) -> None:
    grouped = activities.by_kind(Assignment.objects.filter(section=old))
    assert set(grouped) == {kind.key for kind in activities.all_kinds()}
    for key, group in grouped.items():
        kind = activities.kind_of(key)
        told = kind.chosen(group)
        assert set(told) == {each.pk for each in group}
        assert all(set(each.options) == set(kind.option_fields()) for each in told.values()), key


def test_the_plan_costs_the_same_with_one_of_each_and_with_three(
    teacher: User, old: Section, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    year = NewYear(date(2026, 9, 7), LONDON)
    with CaptureQueriesContext(connection) as few:
        plan_work(old, year=year, by=teacher)
    for _more in range(2):
        factories.make_assignment(old)
        factories.make_quiz_assignment(old)
        factories.make_thread(old)
    with django_assert_num_queries(len(few)):
        assert len(plan_work(old, year=year, by=teacher).copied) == 9


def test_a_quiz_keeps_every_setting(as_user, teacher: User, old: Section) -> None:  # type: ignore[no-untyped-def]
    set_to = {
        "attempts_allowed": 4,
        "counts": "mean",
        "pause_minutes": 30,
        "builds_on_last": True,
        "pass_percent": 60,
        "minutes_allowed": 45,
        "late_credit": [[24, 90], [48, 50]],
        "access_code": "harbour",
        "pages": "forward",
        "shuffle_questions": True,
        "shuffle_options": False,
        "score_told": "released",
        "marks_told": "due",
        "key_told": "released",
        "explanation_told": "never",
        "feedback_told": "at-once",
        "score_bands": [[80, "Well done."], [0, "Look at the film again."]],
        "is_practice": True,
        "practice_counts": True,
        "hint_percent": 40,
    }
    # What is not a setting: where it belongs, and what has become of it.
    others = {"id", "assignment", "quiz", "released_at", "revision"}
    assert {field.name for field in QuizAssignment._meta.concrete_fields} == set_to.keys() | others
    defaults = {name: QuizAssignment._meta.get_field(name).get_default() for name in set_to}
    assert [name for name, value in set_to.items() if value == defaults[name]] == []
    quiz = QuizAssignment.objects.get(assignment__section=old)
    change_settings(quiz_assignment=quiz, settings=set_to, revision=quiz.revision, by=teacher, at=factories.NOW)
    QuizAssignment.objects.update(released_at=factories.NOW)
    assert copy(as_user(teacher), old).status_code == 302
    copied = QuizAssignment.objects.get(assignment__section__name="New")
    assert {name: getattr(copied, name) for name in set_to} == set_to
    assert (copied.released_at, copied.revision) == (None, 1)
    # Its late credit is a late rule of its own, so the column is there before the gradebook's rules come along.
    assert ColumnSettings.objects.get(assignment=copied.assignment).has_own_late_rule
