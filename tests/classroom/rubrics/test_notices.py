"""Students are told of their mark of a discussion, and when it changes: never early, and never how much."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.urls import reverse

from classroom.discussions.models import Pseudonym, Thread
from classroom.gradebook import actions as gradebook
from classroom.gradebook.models import ColumnSettings
from classroom.gradebook.queries import column_basis, settings_of
from classroom.notices import actions as notices
from classroom.notices import mail as mailing
from classroom.notices.models import MailChoice, Notice
from classroom.rubrics import actions, criteria
from classroom.rubrics.models import Rubric
from tests import factories
from tests.classroom.notices.test_notices import page_of, unread
from tests.classroom.rubrics.graded import FULL, NONE, SOME, grade, grade_with_rubric, thread_page, wrote
from tests.factories import NOW

pytestmark = pytest.mark.django_db
FIRST = "You can see your mark of “Talk”"
NEW = "There is something new in your mark of “Talk”"
RELEASED = "You can see your score of “Talk”"


@pytest.fixture
def thread(section, teacher, alice, bob) -> Thread:
    return graded(section, teacher, alice, bob)


def graded(section, teacher, *students, hidden: bool = False, **fields) -> Thread:
    thread = factories.make_thread(section, **{"names": Thread.Names.SHOWN, **fields})
    grade_with_rubric(thread, teacher, hidden=hidden)
    for each in students:
        wrote(thread, each)
    return Thread.objects.select_related("assignment__section").get(pk=thread.pk)


def release(thread: Thread, teacher, *, hidden: bool = False) -> None:
    basis = column_basis(settings_of(thread.assignment))
    gradebook.set_hidden(assignment=thread.assignment, hidden=hidden, basis=basis, by=teacher, at=NOW)


def test_a_mark_that_the_student_may_see_at_once_is_told_with_the_way_to_it(
    as_user, teacher, alice, bob, thread
) -> None:
    grade(thread, alice, teacher, SOME, feedback="canary-feedback")
    page = page_of(as_user(alice))
    assert FIRST in page
    assert "canary" not in page
    assert "6 of 12" not in page
    opened = as_user(alice).get(reverse("classroom:notice", args=[Notice.objects.get().pk]))
    assert opened.url == f"{thread_page(thread)}#graded"
    assert unread(bob) == unread(teacher) == 0


def test_a_mark_that_changes_is_told_again_and_the_same_one_sent_twice_is_not(as_user, teacher, alice, thread) -> None:
    grade(thread, alice, teacher, SOME)
    client = as_user(alice)
    client.post("/notices/read/")
    grade(thread, alice, teacher, SOME, number=0)
    assert unread(alice) == 0
    grade(thread, alice, teacher, FULL, number=1)
    assert unread(alice) == 1
    page = page_of(client)
    assert NEW in page
    assert FIRST not in page


def test_nothing_is_told_before_the_marks_are_released(as_user, section, teacher, alice, bob) -> None:
    # trust 37
    thread = graded(section, teacher, alice, bob, hidden=True)
    grade(thread, alice, teacher, SOME)
    grade(thread, alice, teacher, FULL, number=1)
    client = as_user(alice)
    assert unread(alice) == 0
    assert "“Talk”" not in page_of(client)
    release(thread, teacher)
    page = page_of(client)
    assert RELEASED in page
    assert NEW not in page
    assert unread(bob) == 0
    grade(thread, bob, teacher, NONE)
    assert FIRST in page_of(as_user(bob))
    grade(thread, alice, teacher, SOME, number=2)
    assert NEW in page_of(client)
    release(thread, teacher, hidden=True)
    assert "“Talk”" not in page_of(client)


def test_marks_that_are_released_with_the_rules_of_their_column_are_told_too(section, teacher, alice) -> None:
    thread = graded(section, teacher, alice, hidden=True)
    grade(thread, alice, teacher)
    column = settings_of(thread.assignment)
    basis = column_basis(column)
    for hidden, told in ((True, 0), (False, 1), (False, 1)):
        column.hidden = hidden
        gradebook.save_column(settings=column, basis=basis, by=teacher, at=NOW)
        basis = column_basis(column)
        assert unread(alice) == told
    assert not ColumnSettings.objects.get().hidden


def test_whoever_is_counted_anew_by_another_rubric_is_told_and_nobody_else(
    as_user, teacher, alice, bob, thread
) -> None:
    grade(thread, alice, teacher, FULL)
    grade(thread, bob, teacher, {"part": "nothing", "sources": "none", "others": "alone"})
    for each in (alice, bob):
        as_user(each).post("/notices/read/")
    lines = criteria.to_start_from()
    levels = (replace(lines[0].levels[0], points=Decimal(5)), *lines[0].levels[1:])
    actions.save_rubric(
        assignment=thread.assignment,
        lines=[replace(lines[0], levels=levels), *lines[1:]],
        number=1,
        by=teacher,
        at=NOW,
        reason="More for taking part.",
    )
    # Nothing of nine is not nothing of eight: both are counted anew.
    assert unread(alice) == unread(bob) == 1
    page = page_of(as_user(alice))
    assert NEW in page
    assert "More for taking part." not in page


def test_a_mark_that_waits_for_a_new_line_is_told_once_it_is_complete(as_user, teacher, alice, thread) -> None:
    grade(thread, alice, teacher, FULL)
    client = as_user(alice)
    client.post("/notices/read/")
    lines = criteria.to_start_from()
    more = replace(lines[0], id="new", title="Listens", takes_part=False)
    actions.save_rubric(
        assignment=thread.assignment, lines=[*lines, more], number=1, by=teacher, at=NOW, reason="A line more."
    )
    assert unread(alice) == 0
    assert "“Talk”" not in page_of(client)
    grade(thread, alice, teacher, FULL | {"new": "all"}, number=2, version=2)
    assert unread(alice) == 1
    assert NEW in page_of(client)


def test_under_seal_all_are_told_at_once_and_nobody_before(as_user, section, teacher, alice, bob) -> None:
    # trust 28
    thread = graded(section, teacher, alice, bob, names=Thread.Names.SEALED, locked_at=NOW)
    for student, name in ((alice, "Quiet Ibis"), (bob, "Calm Okapi")):
        Pseudonym.objects.create(thread=thread, user=student, name=name)
    grade(thread, alice, teacher, FULL)
    assert unread(alice) == 0
    grade(thread, bob, teacher, NONE)
    assert not Notice.objects.exists()
    actions.enter_sealed(rubric=Rubric.objects.get(), by=teacher, at=NOW)
    assert list(Notice.objects.order_by("to").values_list("to", "at", "is_sealed")) == [
        (alice.pk, NOW, True),
        (bob.pk, NOW, True),
    ]
    assert FIRST in page_of(as_user(bob))


def test_whoever_has_left_the_class_is_told_nothing(as_user, section, teacher, alice, thread) -> None:
    grade(thread, alice, teacher)
    assert FIRST in page_of(as_user(alice))
    section.memberships.filter(user=alice).update(ended_at=NOW)
    assert "“Talk”" not in page_of(as_user(alice))


@pytest.mark.parametrize(("when", "mails"), [("none", 0), ("at-once", 1), ("daily", 1)])
def test_a_mail_goes_as_the_student_chose_and_says_no_mark(as_user, teacher, alice, thread, when, mails) -> None:
    alice.email = "alice@mail.example"
    alice.save()
    notices.choose(user_id=alice.pk, when=MailChoice.When(when), at=NOW - timedelta(days=1))
    grade(thread, alice, teacher, SOME, feedback="canary-feedback", comments=["canary-comment"])
    for _each in range(2):
        mailing.send_due(alice.pk, at=NOW + timedelta(days=1))
    assert len(mail.outbox) == mails
    for each in mail.outbox:
        said = f"{each.subject} {each.body}"
        assert FIRST in said
        assert "canary" not in said
        assert "6 of 12" not in said
        assert "Quiet" not in said


def test_no_mail_goes_of_a_mark_that_is_hidden_again_before_it_leaves(teacher, alice, thread) -> None:
    alice.email = "alice@mail.example"
    alice.save()
    notices.choose(user_id=alice.pk, when=MailChoice.When.AT_ONCE, at=NOW - timedelta(days=1))
    grade(thread, alice, teacher, SOME)
    release(thread, teacher, hidden=True)
    mailing.send_due(alice.pk, at=NOW + timedelta(minutes=1))
    assert mail.outbox == []


def test_the_page_of_notices_costs_the_same_with_one_mark_and_with_three(
    as_user, section, teacher, alice, count_queries
) -> None:
    client = as_user(alice)
    costs = []
    for more in (1, 2):
        for _each in range(more):
            grade(graded(section, teacher, alice), alice, teacher)
        costs.append(count_queries(client, reverse("classroom:notices")))
    assert page_of(client).count(FIRST) == 3
    assert costs[0] == costs[1]
