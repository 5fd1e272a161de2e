"""Students are told that a teacher has set or changed a score of theirs, never how much, and not while it is hidden."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from classroom.assignments.models import Assignment
from classroom.gradebook.actions import Entry, enter_scores, import_scores, record_score, set_hidden
from classroom.gradebook.models import Score
from classroom.gradebook.queries import column_basis, settings_of
from classroom.notices.models import Notice
from classroom.people.models import Section
from tests import factories
from tests.classroom.notices.test_notices import page_of, unread
from tests.factories import NOW

pytestmark = pytest.mark.django_db
SET = "A teacher has set or changed your score of “Lesson”"
RELEASED = "You can see your score of “Lesson”"
SEVEN, EIGHT = (Decimal(7), Decimal(8)), (Decimal(8), Decimal(8))


@pytest.fixture
def assignment(section: Section) -> Assignment:
    made = factories.make_assignment(section)
    Assignment.objects.filter(pk=made.pk).update(title="Lesson")
    return Assignment.objects.get(pk=made.pk)


def enter(assignment, student, teacher, amount, *, feedback=None) -> None:
    score = Score.objects.filter(assignment=assignment, student=student).first()
    revision = score.revision if score else 0
    entry = Entry(student.pk, revision, amount, feedback)
    entered = enter_scores(assignment=assignment, entries=[entry], by=teacher, at=NOW + timedelta(minutes=revision))
    assert entered.saved == [student.pk]


def hide(assignment, teacher, *, hidden: bool) -> None:
    basis = column_basis(settings_of(assignment))
    set_hidden(assignment=assignment, hidden=hidden, basis=basis, by=teacher, at=NOW)


def test_a_score_set_by_hand_is_told_with_the_way_to_it_and_without_the_score(
    as_user, assignment, alice, bob, teacher
) -> None:
    enter(assignment, alice, teacher, SEVEN, feedback="canary-feedback")
    page = page_of(as_user(alice))
    assert SET in page
    assert "canary" not in page
    opened = as_user(alice).get(reverse("classroom:notice", args=[Notice.objects.get().pk]))
    assert opened.url == reverse("classroom:scores")
    assert (unread(bob), unread(teacher)) == (0, 0)


def test_the_same_score_saved_again_tells_nobody_and_another_one_is_news(as_user, assignment, alice, teacher) -> None:
    enter(assignment, alice, teacher, SEVEN)
    as_user(alice).post("/notices/read/")
    enter(assignment, alice, teacher, SEVEN)
    assert unread(alice) == 0
    enter(assignment, alice, teacher, EIGHT)
    assert unread(alice) == 1


def test_what_is_graded_by_itself_is_not_told_as_a_teachers_doing(assignment, alice) -> None:
    record_score(
        assignment=assignment, student=alice, points=Decimal(5), out_of=Decimal(8), source="a:1", by=None, at=NOW
    )
    assert unread(alice) == 0


def test_a_hidden_score_is_told_once_it_is_released_and_not_before(as_user, assignment, alice, bob, teacher) -> None:
    # trust 37
    hide(assignment, teacher, hidden=True)
    enter(assignment, alice, teacher, SEVEN)
    assert unread(alice) == 0
    hide(assignment, teacher, hidden=False)
    page = page_of(as_user(alice))
    assert RELEASED in page
    assert SET not in page
    assert unread(bob) == 0
    enter(assignment, alice, teacher, EIGHT)
    assert SET in page_of(as_user(alice))
    hide(assignment, teacher, hidden=True)
    assert "“Lesson”" not in page_of(as_user(alice))


def test_a_score_that_was_taken_back_is_told_no_more(as_user, assignment, alice, teacher) -> None:
    enter(assignment, alice, teacher, SEVEN)
    enter(assignment, alice, teacher, None)
    assert Score.objects.get().points is None
    assert "“Lesson”" not in page_of(as_user(alice))
    hide(assignment, teacher, hidden=True)
    as_user(alice).post("/notices/read/")
    hide(assignment, teacher, hidden=False)
    assert unread(alice) == 0


def test_of_a_file_of_scores_those_are_told_whose_scores_it_changes(assignment, section, alice, bob, teacher) -> None:
    enter(assignment, bob, teacher, SEVEN)
    score = Score.objects.get()
    entries = {assignment.pk: [Entry(alice.pk, 0, EIGHT), Entry(bob.pk, score.revision, SEVEN)]}
    Notice.objects.all().delete()
    import_scores(entries=entries, section=section, by=teacher, at=NOW, reason="")
    assert [notice.to_id for notice in Notice.objects.all()] == [alice.pk]
