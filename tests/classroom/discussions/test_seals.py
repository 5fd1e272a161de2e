"""Under seal, having taken part is told of four or more, and students write only while four or more talk together."""

import uuid
from itertools import pairwise

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from classroom.assignments import activities
from classroom.assignments.activities import Work, WorkState
from classroom.common import clock
from classroom.discussions import actions, queries
from classroom.discussions.activity import ThreadKind
from classroom.discussions.models import Post, Pseudonym, Thread
from classroom.discussions.seals import how_many_told, is_too_small
from tests import factories

pytestmark = pytest.mark.django_db
KIND = ThreadKind()
TOLD = Work(WorkState.DONE, "taken part", first_part_done=True)
NOT_TOLD = Work(WorkState.NOT_TOLD)


@pytest.fixture
def students(section, alice, bob):
    return [alice, bob, *factories.fill_up(section, students=9)]


@pytest.fixture
def thread(section, students):
    return factories.make_thread(section, names=Thread.Names.SEALED, policy=Thread.Policy.REVIEW_AFTER)


def page_of(client, thread) -> str:
    return client.get(reverse("classroom:thread", args=[thread.pk])).content.decode()


def send(client, thread, name="post_new"):
    body = {"body": "A thought.", "key": uuid.uuid4(), "parent": "", "revision": 0}
    return client.post(reverse(f"classroom:{name}", args=[thread.pk]), body)


def told(thread, students) -> list[Work]:
    work = activities.work_by_pair([thread.assignment], students, {})
    return [work[thread.assignment_id, each.pk] for each in students]


# --- Four at a time -----------------------------------------------------------------------------------------------


def test_who_has_taken_part_is_told_with_three_others_and_never_with_a_single_post(
    as_user, teacher, section, thread, students
):  # trust 37
    parts = {
        reverse("classroom:tracking", args=[section.pk]): ("<tbody", "</tbody>"),
        reverse("classroom:class_talk", args=[section.pk]): ('id="voices"', 'id="cited"'),
        reverse("classroom:thread_talk", args=[thread.pk]): ('id="voices"', 'id="cited"'),
    }
    client = as_user(teacher)

    def beside_names() -> list[str]:
        pages = [(client.get(address).content.decode(), *marks) for address, marks in parts.items()]
        return [page[page.index(begin) : page.index(end)] for page, begin, end in pages]

    for number, student in enumerate(students, 1):
        before = beside_names()
        assert send(as_user(student), thread).status_code == 302
        # After eight one would be left, so the last five are told together.
        expected = {4: 4, 9: 9}.get(number, 4 if number > 4 else 0)
        assert told(thread, students) == [TOLD] * expected + [NOT_TOLD] * (9 - expected)
        assert len(KIND.responses([thread.assignment], students)) == expected
        # A post that comes changes nothing beside a name, unless it changes four names or more.
        assert (beside_names() == before) == (number not in (4, 9))


@given(st.integers(min_value=0, max_value=40))
def test_never_do_fewer_than_four_names_come_nor_fewer_than_four_stay(talking):  # trust 37
    told = [how_many_told(wrote, talking) for wrote in range(talking + 1)]
    steps = [after - before for before, after in pairwise(told)]
    assert all(step == 0 or step >= 4 for step in steps)
    assert all(talking - each == 0 or talking - each >= 4 for each in told if each)
    assert told[-1] == (talking if talking >= 4 else 0)


def test_coming_to_the_thread_is_told_of_nobody(as_user, thread, students):  # trust 37
    page_of(as_user(students[0]), thread)
    assert told(thread, students) == [NOT_TOLD] * 9
    own = activities.work_by_pair([thread.assignment], students[:1], {}, own=True)
    assert own[thread.assignment_id, students[0].pk].state is WorkState.OPENED


def test_a_page_of_one_student_tells_no_more_than_one_of_all(as_user, thread, students):  # trust 37
    send(as_user(students[0]), thread)
    for student in students[:2]:
        assert told(thread, [student]) == [NOT_TOLD]


def test_a_post_that_is_taken_back_takes_no_mark_with_it(as_user, thread, students):  # trust 37
    for student in students[:4]:
        send(as_user(student), thread)
    assert told(thread, students[:5]) == [TOLD] * 4 + [NOT_TOLD]
    place = queries.get_place(students[1], thread.pk, clock.now())
    actions.delete_post(place=place, post=Post.objects.get(author=students[1]), at=clock.now())
    assert told(thread, students[:5]) == [TOLD] * 4 + [NOT_TOLD]
    send(as_user(students[4]), thread)
    assert told(thread, students[:5]) == [TOLD] * 4 + [NOT_TOLD]


def test_what_those_who_teach_write_counts_as_nobodys_part(as_user, teacher, thread, students):
    send(as_user(teacher), thread)
    for student in students[:3]:
        send(as_user(student), thread)
    assert told(thread, students[:4]) == [NOT_TOLD] * 4


def test_groups_are_told_each_by_itself(section, students):
    together = {"names": Thread.Names.SEALED, "together": Thread.Together.GROUPS}
    red, blue = (
        factories.make_group(section, *who, name=name) for name, who in (("Red", students[:4]), ("Blue", students[4:]))
    )
    first = factories.make_thread(section, group=red, **together)
    second = factories.make_thread(section, assignment=first.assignment, group=blue, **together)
    for student in students[:2]:
        factories.make_post(first, student)
    for student in students[4:6]:
        factories.make_post(second, student)
    assert told(first, students) == [NOT_TOLD] * 9
    for student in students[2:4]:
        factories.make_post(first, student)
    assert told(first, students) == [TOLD] * 4 + [NOT_TOLD] * 5


def test_the_page_of_who_speaks_says_how_it_is_told(as_user, teacher, thread, students):
    send(as_user(students[0]), thread)
    page = as_user(teacher).get(reverse("classroom:thread_talk", args=[thread.pk])).content.decode()
    assert "They are told four or more at once" in page
    assert "who has not taken part is not told" in page
    assert page.count("not told</td>") == 9
    assert "together with at least three others" in page_of(as_user(students[1]), thread)


def test_whose_name_was_opened_has_their_work_shown_as_everybodys(as_user, teacher, thread, students):
    for student in students[:2]:
        Pseudonym.objects.create(thread=thread, user=student, name=f"Calm Heron {student.pk}")
        factories.make_post(thread, student, state=Post.State.RETURNED, body="RETURNED-WORDS")
    Pseudonym.objects.filter(user=students[0]).update(opened_at=factories.NOW)
    for own in (False, True):
        work = activities.work_by_pair([thread.assignment], students[:1], {}, own=own)
        [shown] = work.values()
        assert (shown.state, shown.note, shown.to_others) == (WorkState.TO_MEND, "1 post", None)
    assert told(thread, students[1:2]) == [NOT_TOLD]
    # What was returned has done nothing for whose name is open; under seal no decision shows.
    assert KIND.finished([thread.assignment], students) == {(thread.assignment_id, students[1].pk)}
    assert "not yet" in page_of(as_user(students[0]), thread)
    assert (
        "RETURNED-WORDS"
        in as_user(teacher)
        .get(reverse("classroom:student", args=[thread.assignment.section_id, students[0].pk]))
        .content.decode()
    )


# --- Too few -------------------------------------------------------------------------------------------------------


@pytest.fixture
def small(section, students):
    """A sealed thread of a group of four."""
    group = factories.make_group(section, *students[:4], name="Red")
    return factories.make_thread(section, names=Thread.Names.SEALED, together=Thread.Together.GROUPS, group=group)


@pytest.mark.parametrize("leaves", ["the group", "the class"])
def test_where_somebody_leaves_a_group_of_four_nobody_writes_until_there_are_four_again(
    as_user, teacher, section, students, small, leaves
):  # trust 37
    assert send(as_user(students[0]), small).status_code == 302
    last = section.memberships.get(user=students[3])
    if leaves == "the group":
        small.group.members.remove(last)
    else:
        section.memberships.filter(pk=last.pk).update(ended_at=clock.now())
    client = as_user(students[0])
    page = page_of(client, small)
    assert "Fewer than four students are left here, so your sealed name could be guessed" in page
    assert "A thought." in page
    assert 'id="submit-id-submit"' not in page
    assert send(client, small).status_code == 422
    assert send(client, small, "private_answer").status_code == 422
    assert small.posts.count() == 1
    assert "students read, and cannot write, until there are four again" in page_of(as_user(teacher), small)
    assert send(as_user(teacher), small).status_code == 302
    small.group.members.add(section.memberships.get(user=students[4]))
    assert "Fewer than four" not in page_of(client, small) + page_of(as_user(teacher), small)
    assert send(client, small).status_code == 302


def test_a_class_that_shrinks_and_work_for_a_few_are_counted_alike(section, students, thread):
    few = factories.make_thread(
        section, names=Thread.Names.SEALED, assignment=factories.make_assignment(section, "thread")
    )
    assert not is_too_small(few)
    for student in students[:3]:
        factories.make_target(few.assignment, student)
    assert is_too_small(few)
    assert not is_too_small(thread)
    section.memberships.filter(user__in=students[3:]).update(ended_at=clock.now())
    assert is_too_small(thread)


@pytest.mark.parametrize("names", [Thread.Names.SHOWN, Thread.Names.PSEUDONYM])
def test_where_names_are_not_sealed_two_may_talk(as_user, alice, bob, section, names):
    thread = factories.make_thread(section, names=names)
    assert not is_too_small(thread)
    assert send(as_user(alice), thread).status_code == 302


def test_a_sealed_thread_costs_no_more_queries_of_a_larger_class(as_user, alice, section, thread, count_queries):
    address = reverse("classroom:thread", args=[thread.pk])
    client = as_user(alice)
    client.get(address)
    few = count_queries(client, address)
    factories.fill_up(section, students=15)
    assert count_queries(client, address) == few
