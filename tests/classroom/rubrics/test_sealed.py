"""Grading under seal: pseudonyms to grade, bands in the gradebook, all of them at once and for good."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from classroom.common import clock
from classroom.discussions.models import NameOpening, Post, Pseudonym, Thread
from classroom.discussions.queries import get_place
from classroom.gradebook.models import Score, ScoreEvent
from classroom.gradebook.queries.marks import banded
from classroom.gradebook.wording import band_text
from classroom.people.models import Role, User
from classroom.rubrics import actions, criteria
from classroom.rubrics.counting import in_thirds
from classroom.rubrics.criteria import Given
from classroom.rubrics.models import Assessment
from classroom.rubrics.reading import written_by
from tests import factories
from tests.classroom.rubrics.graded import (
    FULL,
    NONE,
    SOME,
    grade,
    grade_with_rubric,
    list_of,
    page_of,
    rubric_page,
    sent,
    thread_page,
    wrote,
)
from tests.factories import NOW
from tests.test_sealed_names import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(section) -> User:
    person = factories.make_user("Ravi")
    factories.add_member(section, person, Role.ASSISTANT)
    return person


@pytest.fixture
def thread(section, teacher, alice, bob) -> Thread:
    """Alice and Bob have written in it by other names; Cleo has only come by."""
    thread = factories.make_thread(section, names=Thread.Names.SEALED)
    grade_with_rubric(thread, teacher)
    cleo = factories.make_user("Cleo")
    factories.add_member(section, cleo)
    for student, name in ((alice, "Quiet Ibis"), (bob, "Calm Okapi"), (cleo, "Bright Heron")):
        Pseudonym.objects.create(thread=thread, user=student, name=name)
    for student in (alice, bob):
        wrote(thread, student)
    return Thread.objects.select_related("assignment__section").get(pk=thread.pk)


def lock(thread: Thread) -> None:
    Thread.objects.filter(pk=thread.pk).update(locked_at=NOW)


def enter(client, thread: Thread):
    return client.post(reverse("classroom:marks_enter", args=[thread.assignment_id]))


def grade_all(thread: Thread, by: User) -> None:
    """Alice gets 6 of 12, and Bob nothing."""
    grade(thread, User.objects.get(name="Alice"), by, SOME, feedback="To the Ibis.")
    grade(thread, User.objects.get(name="Bob"), by, NONE)


def text(client, address: str) -> str:
    reply = client.get(address)
    assert reply.status_code == 200
    return text_of(reply)


def own(section, student: User) -> str:
    return reverse("classroom:student", args=[section.pk, student.pk])


def test_a_grader_sees_pseudonyms_in_an_order_of_no_meaning_and_no_times(as_user, teacher, alice, thread) -> None:
    # trust 37
    client = as_user(teacher)
    page = text(client, list_of(thread))
    lines = re.findall(r'<th scope="row"><a href="([^"]+)">([^<]+)</a>', page)
    assert {name for _address, name in lines} == {"Quiet Ibis", "Calm Okapi"}
    assert [address for address, _name in lines] == sorted(address for address, _name in lines)
    read = text(client, page_of(thread, alice))
    assert "Quiet Ibis" in read
    for name in ("Alice", "Bob", "Cleo", alice.username):
        assert name not in page
        assert name not in read
    assert "2 Mar 2026, 09:00" not in read


def test_marks_go_nowhere_before_all_are_graded_and_nobody_can_write_any_more(
    as_user, section, teacher, alice, bob, thread
) -> None:
    client = as_user(teacher)
    as_user(teacher).post(page_of(thread, alice), sent(SOME))
    assert not Score.objects.exists()
    lock(thread)
    enter(client, thread)
    assert not Score.objects.exists()
    grade(thread, bob, teacher, NONE)
    Thread.objects.update(locked_at=None)
    enter(client, thread)
    assert not ScoreEvent.objects.exists()
    thread.assignment.closes_at = NOW
    thread.assignment.save()
    extended = factories.make_override(thread.assignment, bob, closes_at=clock.now() + timedelta(days=1))
    enter(client, thread)
    assert not ScoreEvent.objects.exists()
    assert "Put all marks into the gradebook" not in text(client, list_of(thread))
    extended.delete()
    assert "Put all marks into the gradebook" in text(client, list_of(thread))
    enter(client, thread)
    assert Score.objects.count() == 2


def test_all_marks_come_into_the_gradebook_at_one_time_as_bands(as_user, section, teacher, alice, thread) -> None:
    # trust 37
    grade_all(thread, teacher)
    lock(thread)
    client = as_user(teacher)
    for _twice in range(2):
        enter(client, thread)
    assert ScoreEvent.objects.count() == 2
    assert len(set(ScoreEvent.objects.values_list("at", flat=True))) == 1
    assert list(ScoreEvent.objects.order_by("pk").values_list("student", flat=True)) == sorted(
        ScoreEvent.objects.values_list("student", flat=True)
    )
    # Nothing exact beside a name, in no table: 6 of 12 is two thirds.
    assert Score.objects.get(student=alice).points == 8
    assert not ScoreEvent.objects.filter(source__contains="assessment").exists()
    score = reverse("classroom:score", args=[section.pk, thread.assignment_id, alice.pk])
    book = reverse("classroom:gradebook", args=[section.pk])
    for page in (score, book, own(section, alice), reverse("classroom:tracking", args=[section.pk])):
        shown = text(client, page)
        assert "6 of 12" not in shown
        assert "To the Ibis." not in shown
        assert "Quiet Ibis" not in shown
    assert "second third" in text(client, book)
    assert page_of(thread, alice) not in text(client, score)
    copied = text(client, reverse("classroom:student_copy", args=[section.pk, alice.pk]))
    assert "To the Ibis." not in copied
    assert "8.00" in copied


def test_a_student_sees_their_own_mark_once_all_have_theirs(as_user, teacher, alice, bob, thread) -> None:
    grade_all(thread, teacher)
    client = as_user(alice)
    for page in (thread_page(thread), reverse("classroom:own_copy"), "/scores/", "/home/"):
        assert "To the Ibis." not in text(client, page)
    lock(thread)
    enter(as_user(teacher), thread)
    shown = text(client, thread_page(thread))
    assert "<strong>6 of 12</strong>" in shown
    assert "To the Ibis." in shown
    assert "To the Ibis." in text(client, reverse("classroom:own_copy"))
    assert "To the Ibis." not in text(as_user(bob), thread_page(thread))
    assert "second third" in text(client, "/scores/")


def test_what_is_in_the_gradebook_stays_since_one_that_changes_tells_whose_it_is(
    as_user, teacher, alice, thread
) -> None:
    grade_all(thread, teacher)
    lock(thread)
    client = as_user(teacher)
    enter(client, thread)
    page = text(client, page_of(thread, alice))
    assert "this one stays as it is" in page
    assert "Save, and on to the next" not in page
    client.post(page_of(thread, alice), sent(FULL, number=1))
    with pytest.raises(actions.Final):
        grade(thread, alice, teacher, FULL, number=1)
    lines = criteria.to_start_from()[:2]
    with pytest.raises(actions.Final):
        actions.save_rubric(assignment=thread.assignment, lines=lines, number=1, by=teacher, at=NOW)
    assert "Save the rubric" not in text(client, rubric_page(thread))
    assert Assessment.objects.count() == 2
    assert Score.objects.get(student=alice).points == 8


@pytest.mark.parametrize("opened_first", [True, False])
def test_whose_name_is_opened_has_their_mark_as_it_is(
    as_user, section, teacher, colleague, alice, bob, thread, opened_first
) -> None:
    grade_all(thread, teacher)
    lock(thread)
    if not opened_first:
        enter(as_user(teacher), thread)
    post = Post.objects.get(author=alice)
    as_user(teacher).post(reverse("classroom:name_ask", args=[post.pk]), {"reason": "We have to talk with them."})
    opening = NameOpening.objects.get()
    as_user(colleague).post(reverse("classroom:name_opening", args=[opening.pk]), {"answer": "consent"})
    if opened_first:
        enter(as_user(teacher), thread)
    assert Score.objects.get(student=alice).points == 6
    client = as_user(teacher)
    assert "Quiet Ibis (Alice)" in text(client, list_of(thread))
    assert "6 of 12" in text(client, own(section, alice))
    assert client.post(page_of(thread, alice), sent(FULL, number=1)).status_code == 302
    assert Score.objects.get(student=alice).points == 12
    assert client.post(page_of(thread, bob), sent(FULL, number=1)).status_code == 422
    assert Score.objects.get(student=bob).points == 0


def test_who_wrote_under_two_names_stays_sealed_until_both_are_open(section, teacher, alice) -> None:
    assignment = factories.make_assignment(section, "thread", title="Talk")
    threads = []
    for name in ("Quiet Ibis", "Calm Okapi"):
        group = factories.make_group(section, alice)
        fields = {"together": "groups", "names": Thread.Names.SEALED, "group": group, "locked_at": NOW}
        threads.append(factories.make_thread(section, assignment=assignment, **fields))
        Pseudonym.objects.create(thread=threads[-1], user=alice, name=name)
        wrote(threads[-1], alice)
    rubric = grade_with_rubric(threads[0], teacher)
    for each in threads:
        grade(each, alice, teacher, SOME)
    actions.enter_sealed(rubric=rubric, by=teacher, at=NOW)
    assert Score.objects.get().points == 8
    for number, each in enumerate(threads):
        pseudonym = each.pseudonyms.get()
        Pseudonym.objects.filter(pk=pseudonym.pk).update(opened_at=NOW)
        actions.name_opened(pseudonym, NOW)
        assert Score.objects.get().points == (8, 6)[number]
        if number == 0:
            with pytest.raises(actions.Final):
                grade(each, alice, teacher, FULL, number=1)


def test_who_has_left_the_class_stays_among_the_pseudonyms(as_user, section, teacher, alice, thread) -> None:
    """A name that were gone from the list would be theirs."""
    section.memberships.filter(user=alice).update(ended_at=NOW)
    factories.make_excuse(thread.assignment, alice)
    page = text(as_user(teacher), list_of(thread))
    assert "Quiet Ibis" in page
    assert "excused" not in page


def test_the_admin_panel_shows_no_mark_beside_a_name(as_user, teacher, alice, thread) -> None:
    # trust 28
    grade_all(thread, teacher)
    lock(thread)
    enter(as_user(teacher), thread)
    boss = factories.make_user("Ada", is_staff=True, is_superuser=True)
    for assessment in Assessment.objects.all():
        page = text(as_user(boss), reverse("admin:classroom_assessment_change", args=[assessment.pk]))
        assert "Alice" not in page
        assert "To the Ibis." not in page
    shown = text(as_user(boss), reverse("admin:classroom_score_changelist"))
    assert "8.00" not in shown
    assert "6.00" not in shown


@given(points=st.integers(0, 400), more=st.integers(0, 400))
def test_a_band_is_of_the_same_band_again(points: int, more: int) -> None:
    """What goes into the gradebook as a band is shown there as the band that the exact mark has."""
    mark = Given(Decimal(points) / 4, Decimal(points + more + 1) / 4)
    band = in_thirds(mark)

    def shown(each: Given) -> str:
        return band_text(banded((int(each.points * 100), int(each.out_of * 100))))

    assert shown(band) == shown(mark)
    assert in_thirds(band) == band


def test_what_was_returned_counts_for_the_grader_as_for_its_author_until_the_name_is_opened(thread, alice):
    Post.objects.filter(author=alice).update(state=Post.State.RETURNED, published_at=None)
    place = get_place(alice, thread.pk, clock.now())
    assert written_by(alice, place, with_names=False).progress.own
    Pseudonym.objects.filter(user=alice).update(opened_at=clock.now())
    assert not written_by(alice, place, with_names=False).progress.own
