"""The gradebook of a class: what its table says, and what it costs."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from classroom.assignments import queries
from classroom.assignments.actions import change_audience
from classroom.assignments.models import Assignment, AssignmentOverride
from classroom.discussions.models import Thread
from classroom.gradebook.models import Category, ColumnSettings, GradingPolicy, Score
from classroom.people.models import Section, User
from classroom.privacy.erasing import erase
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def give(assignment, student: User, points: object, out_of: object = 10, **fields: object) -> Score:  # type: ignore[no-untyped-def]
    earned = {"earned_points": points, "earned_out_of": out_of} if not fields.get("by_hand") else {}
    return Score.objects.create(
        **{
            "assignment": assignment,
            "student": student,
            "points": points,
            "out_of": out_of,
            "updated_at": NOW,
            **earned,
            **fields,
        }
    )


def gradebook(section: Section) -> str:
    return reverse("classroom:gradebook", args=[section.pk])


def table_of(client: Client, section: Section):  # type: ignore[no-untyped-def]
    return client.get(gradebook(section)).context["table"]


def texts(table) -> list[list[str]]:  # type: ignore[no-untyped-def]
    return [[line.total, *(str(cell.for_file) for cell in line.cells)] for line in table.lines]


def test_students_stand_by_assignments_with_a_total(as_user, section, teacher, alice, bob) -> None:  # type: ignore[no-untyped-def]
    first, second = factories.make_assignment(section), factories.make_assignment(section)
    give(first, alice, Decimal("7.5"))
    give(second, alice, 20, 20)
    give(first, bob, 3)
    assert texts(table_of(as_user(teacher), section)) == [["91.67 %", "7.5", "20"], ["30 %", "3", ""]]


@pytest.mark.parametrize(
    ("scale", "row"), [("points", ["75 %", "7.5"]), ("percent", ["75 %", "75 %"]), ("letters", ["C, 75 %", "C"])]
)
def test_a_class_chooses_its_scale(as_user, section, teacher, alice, scale: str, row: list[str]) -> None:  # type: ignore[no-untyped-def]
    GradingPolicy.objects.create(section=section, scale=scale)
    give(factories.make_assignment(section), alice, Decimal("7.5"))
    assert texts(table_of(as_user(teacher), section))[0] == row


def test_excused_work_counts_for_nothing_and_says_so(as_user, section, teacher, alice) -> None:  # type: ignore[no-untyped-def]
    first, second = factories.make_assignment(section), factories.make_assignment(section)
    give(first, alice, 8)
    give(second, alice, 0)
    factories.make_excuse(second, alice)
    assert texts(table_of(as_user(teacher), section))[0] == ["80 %", "8", "0 (excused)"]


def test_work_that_is_not_set_to_a_student_says_so(as_user, section, teacher, alice, bob) -> None:  # type: ignore[no-untyped-def]
    factories.make_target(factories.make_assignment(section), alice)
    assert texts(table_of(as_user(teacher), section)) == [["", ""], ["", "not set"]]


def test_late_work_loses_by_the_rule_unless_its_time_was_extended_or_a_teacher_set_it(  # type: ignore[no-untyped-def]
    as_user, section, teacher, alice, bob
) -> None:
    carol = factories.make_user("Carol")
    factories.add_member(section, carol)
    GradingPolicy.objects.create(section=section, late_percent=10, late_floor=50)
    work = factories.make_assignment(section, due_at=NOW)
    late = {"done_at": NOW + timedelta(hours=30)}
    give(work, alice, 9, **late)
    give(work, bob, 9, **late)
    factories.make_override(work, bob, due_at=NOW + timedelta(days=2))
    give(work, carol, 9, by_hand=True, earned_points=2, earned_out_of=10, **late)
    assert [row[1] for row in texts(table_of(as_user(teacher), section))] == ["7 (late)", "9", "9 (by hand)"]


def test_categories_weigh_and_drop(as_user, section, teacher, alice) -> None:  # type: ignore[no-untyped-def]
    checks = Category.objects.create(section=section, name="Checks", weight=40, drop_lowest=1)
    talk = Category.objects.create(section=section, name="Talk", weight=60)
    for points, category in ((2, checks), (9, checks), (5, talk)):
        work = factories.make_assignment(section)
        ColumnSettings.objects.create(assignment=work, category=category)
        give(work, alice, points)
    assert table_of(as_user(teacher), section).lines[0].total == "66 %"


def test_a_sealed_thread_shows_thirds_and_no_marks(as_user, section, teacher, alice) -> None:  # type: ignore[no-untyped-def]
    thread = factories.make_thread(section, names=Thread.Names.SEALED)
    give(thread.assignment, alice, Decimal("4.37"))
    page = as_user(teacher).get(gradebook(section)).content.decode()
    assert "second third" in page
    assert "4.37" not in page
    assert "43.7" not in page
    score = as_user(teacher).get(reverse("classroom:score", args=[section.pk, thread.assignment_id, alice.pk]))
    assert "4.37" not in score.content.decode()
    column = reverse("classroom:gradebook_column", args=[section.pk, thread.assignment_id])
    assert "4.37" not in as_user(teacher).get(column).content.decode()
    assert as_user(teacher).post(column, {f"points-{alice.pk}": "9", f"base-{alice.pk}": "1:"}).status_code == 404


def test_a_class_has_an_average_of_what_counts_and_it_stands_when_somebody_is_erased(  # type: ignore[no-untyped-def]
    as_user, section, teacher, alice, bob
) -> None:
    first, second = factories.make_assignment(section), factories.make_assignment(section)
    erased, excused, gone = (factories.make_user(name) for name in ("Dora", "Eli", "Fay"))
    for student in (erased, excused, gone):
        factories.add_member(section, student)
    for student, points in ((alice, 10), (bob, 5), (erased, 3), (excused, 0), (gone, 0)):
        give(first, student, points)
    give(second, erased, 1, 4)
    factories.make_excuse(first, excused)
    section.memberships.filter(user=gone).update(ended_at=NOW)

    def averages() -> list[str]:
        found = table_of(as_user(teacher), section).averages
        return [found.total, *found.cells]

    # 100, 50 and 30 % in the first, 25 % in the second; the totals are 100, 50 and 28.57 %.
    assert averages() == ["59.52 %", "60 %", "25 %"]
    erase(person=erased, at=NOW)
    erase(person=gone, at=NOW)
    assert averages() == ["59.52 %", "60 %", "25 %"]
    assert "Dora" not in as_user(teacher).get(gradebook(section)).content.decode()


def test_the_average_stands_when_somebody_is_erased_who_had_more_time_than_the_others(  # type: ignore[no-untyped-def]
    as_user, section, teacher, alice, bob
) -> None:
    GradingPolicy.objects.create(section=section, late_percent=10)
    dora = factories.make_user("Dora")
    factories.add_member(section, dora)
    group = factories.make_group(section, dora, name="Canary Group")
    late = NOW + timedelta(days=3)
    own, by_group, never, lesson = (factories.make_assignment(section, due_at=NOW) for _each in range(4))
    part, for_some, too_late = (factories.make_assignment(section, due_at=NOW) for _each in range(3))
    Assignment.objects.filter(pk=part.pk).update(parent=lesson)
    factories.make_override(own, dora, due_at=late, extra_minutes=7)
    factories.make_override(by_group, group, due_at=late)
    factories.make_override(never, dora, no_due=True)
    factories.make_override(lesson, dora, due_at=late)
    factories.make_target(for_some, group)
    factories.make_override(too_late, dora, due_at=NOW + timedelta(days=1))
    for each in (own, by_group, never, part, for_some, too_late):
        give(each, dora, 8, done_at=late)
        give(each, bob, 8, done_at=late)

    def averages() -> list[str]:
        found = table_of(as_user(teacher), section).averages
        return [found.total, *found.cells]

    before = averages()
    assert before[1:] == ["65 %", "65 %", "65 %", "", "65 %", "50 %", "55 %"]
    erase(person=dora, at=NOW)
    assert averages() == before
    kept = AssignmentOverride.objects.get(assignment=own, student__isnull=False)
    assert (kept.student.is_stand_in, kept.extra_minutes, kept.created_by) == (True, 0, None)
    # It is on no page, and no change of whom the work is for touches it.
    assert queries.exceptions_to(own, []).overrides == []
    assert [each.name for each in queries.audience_of(for_some)] == ["Canary Group"]
    change_audience(assignment=for_some, audience=[bob], by=teacher, at=NOW)
    assert for_some.assignmenttargets.filter(student__is_stand_in=True).exists()


def test_the_number_of_queries_does_not_grow_and_is_ten_of_its_own(  # type: ignore[no-untyped-def]
    as_user, section, teacher, alice, count_queries
) -> None:
    GradingPolicy.objects.create(section=section, late_percent=10)

    def fill() -> None:
        for assignment in (
            factories.make_assignment(section, due_at=NOW),
            factories.make_quiz_assignment(section).assignment,
            factories.make_thread(section).assignment,
        ):
            ColumnSettings.objects.create(
                assignment=assignment, category=Category.objects.create(section=section, name=str(assignment.pk))
            )
            for member in section.memberships.filter(role="student"):
                give(assignment, member.user, 5, done_at=NOW + timedelta(days=1))
        factories.make_override(assignment, factories.make_group(section, alice), extra_attempts=1)
        factories.make_excuse(assignment, alice)

    fill()
    few = count_queries(as_user(teacher), gradebook(section))
    fill()
    fill()
    for name in ("Dina", "Eli"):
        factories.add_member(section, factories.make_user(name))
    assert count_queries(as_user(teacher), gradebook(section)) == few
    # Three are every page's: the session, the person, and the line that says who looked.
    assert few <= 13


def test_once_a_category_has_a_weight_what_is_in_none_does_not_count(as_user, section, teacher, alice) -> None:  # type: ignore[no-untyped-def]
    give(factories.make_assignment(section), alice, 5)
    Category.objects.create(section=section, name="Essays", weight=0)
    assert texts(table_of(as_user(teacher), section))[0][0] == "50 %"
    Category.objects.update(weight=100)
    assert texts(table_of(as_user(teacher), section))[0][0] == ""


def test_a_column_of_another_class_is_not_there(as_user, section, teacher) -> None:  # type: ignore[no-untyped-def]
    # trust 13
    other = factories.make_section(teacher=teacher, name="Second class")
    work = factories.make_assignment(other)
    for name in ("gradebook_column", "column_settings"):
        assert as_user(teacher).get(reverse(f"classroom:{name}", args=[section.pk, work.pk])).status_code == 404
