"""Groups and single students talk apart under one assignment: students read their own thread alone, teachers all."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from classroom.assignments import activities
from classroom.assignments.activities import Offer, WorkState
from classroom.common import clock
from classroom.discussions import actions, queries
from classroom.discussions.activity import ThreadKind
from classroom.discussions.models import Post, Thread
from classroom.library.models import Film
from classroom.people.groups.actions import InUse, delete_group
from classroom.people.models import Role
from tests import factories

pytestmark = pytest.mark.django_db
KIND = ThreadKind()


@pytest.fixture
def dina(section):
    student = factories.make_user("Dina")
    factories.add_member(section, student)
    return student


@pytest.fixture
def groups(section, alice, bob, dina):
    """Alice and Dina are Red, Bob is Blue."""
    return factories.make_group(section, alice, dina, name="Red"), factories.make_group(section, bob, name="Blue")


def set_apart(section, together, *who, **options):
    """An assignment set to these, whose threads are made as a teacher's form makes them."""
    prompt = factories.make_prompt(Film.objects.first() or factories.make_film())
    assignment = factories.make_assignment(section, "thread", title="Talk")
    for each in who:
        factories.make_target(assignment, each)
    offer = Offer(kind="thread", id=prompt.pk, key=prompt.key, title="", summary="", url="")
    KIND.set_up(assignment, offer, {"together": together, **options})
    return assignment


@pytest.fixture
def by_groups(section, groups):
    return set_apart(section, "groups", *groups)


def page_of(thread):
    return reverse("classroom:thread", args=[thread.pk])


def own(client, assignment):
    """Where a student lands from their list of work."""
    reply = client.get(KIND.student_url(assignment))
    return reply.status_code, reply.headers.get("Location", "")


def test_each_group_gets_a_thread_with_the_same_prompt_and_policies(section, groups):
    assignment = set_apart(section, "groups", *groups, names="sealed", policy="hold-all")
    red, blue = queries.threads_of(section.memberships.get(role=Role.TEACHER).user, assignment)[::-1]
    assert (red.group, blue.group) == groups
    assert {(each.names, each.policy, each.prompt_id, each.together) for each in (red, blue)} == {
        ("sealed", "hold-all", red.prompt_id, "groups")
    }


def test_students_read_the_thread_of_their_group_and_of_no_other(as_user, alice, bob, dina, teacher, by_groups, groups):
    # trust 13
    red, blue = (Thread.objects.get(group=group) for group in groups)
    post = factories.make_post(red, alice, body="RED-WORDS", state=Post.State.PUBLISHED)
    for student, mine, other in ((alice, red, blue), (dina, red, blue), (bob, blue, red)):
        client = as_user(student)
        assert own(client, by_groups) == (302, page_of(mine))
        assert client.get(page_of(mine)).status_code == 200
        for address in ("thread", "post_new", "draft", "stance"):
            where = reverse(f"classroom:{address}", args=[other.pk])
            assert {client.get(where).status_code, client.post(where).status_code} <= {404, 405}
    client = as_user(bob)
    for address in ("post", "post_history", "post_edit", "post_delete"):
        assert client.get(reverse(f"classroom:{address}", args=[post.pk])).status_code == 404
    assert (
        "RED-WORDS" not in client.get(reverse("classroom:threads", args=[red.assignment.section_id])).content.decode()
    )
    assert "RED-WORDS" in as_user(teacher).get(page_of(red)).content.decode()
    assert as_user(teacher).get(page_of(blue)).status_code == 200


def test_a_reply_to_another_groups_post_is_refused(as_user, alice, bob, by_groups, groups):
    red, blue = (Thread.objects.get(group=group) for group in groups)
    post = factories.make_post(red, alice, state=Post.State.PUBLISHED)
    sent = {"body": "Into the other thread.", "key": uuid.uuid4(), "parent": post.pk}
    assert as_user(bob).post(reverse("classroom:post_new", args=[blue.pk]), sent).status_code == 422
    assert not blue.posts.exists()


def test_who_changes_groups_reads_the_new_thread_and_no_longer_the_old(as_user, alice, by_groups, groups):  # trust 17
    red, blue = groups
    client = as_user(alice)
    place = red.members.get(user=alice)
    red.members.remove(place)
    blue.members.add(place)
    assert client.get(page_of(Thread.objects.get(group=red))).status_code == 404
    assert own(client, by_groups) == (302, page_of(Thread.objects.get(group=blue)))


def test_a_teacher_sees_all_threads_with_their_members_and_counts(as_user, teacher, alice, by_groups, groups):
    red = Thread.objects.get(group=groups[0])
    factories.make_post(red, alice, state=Post.State.PUBLISHED)
    factories.make_post(red, alice)
    page = as_user(teacher).get(KIND.staff_url(by_groups)).content.decode()
    assert "Alice, Dina" in page
    assert "1 waits for you" in page
    assert page.index("Blue") < page.index("Red")
    factories.add_member(by_groups.section, factories.make_user("Eve"))
    assert "Eve" not in as_user(teacher).get(KIND.staff_url(by_groups)).content.decode()


def test_the_list_of_threads_costs_as_much_for_three_groups_as_for_one(as_user, teacher, section, alice, count_queries):
    first = set_apart(section, "groups", factories.make_group(section, alice))
    client = as_user(teacher)
    cost = count_queries(client, KIND.staff_url(first))
    several = set_apart(section, "groups", *(factories.make_group(section, alice) for _group in range(3)))
    assert count_queries(client, KIND.staff_url(several)) == cost


def test_each_student_talks_with_the_teacher_alone(as_user, teacher, section, alice, bob):  # trust 31
    assignment = set_apart(section, "alone", names="sealed", policy="hold-all")
    hers = Thread.objects.get(student=alice)
    # Nobody reads it before the other: there is nobody to be approved for, and no name to keep.
    assert (hers.names, hers.policy) == ("shown", "review-after")
    assert own(as_user(alice), assignment) == (302, page_of(hers))
    assert as_user(bob).get(page_of(hers)).status_code == 404
    page = as_user(alice).get(page_of(hers)).content.decode()
    assert "You and those who teach your class read this, and no classmate." in page
    assert "Classmates" not in page
    assert "Alice" in as_user(teacher).get(KIND.staff_url(assignment)).content.decode()
    assert as_user(teacher).get(page_of(hers)).status_code == 200


def test_work_and_scores_are_of_the_one_assignment(section, alice, bob, by_groups, groups):
    factories.make_post(Thread.objects.get(group=groups[0]), alice, state=Post.State.PUBLISHED)
    factories.make_post(Thread.objects.get(group=groups[1]), bob)
    work = activities.work_by_pair([by_groups], [alice, bob], {})
    assert {pk: each.state for (_id, pk), each in work.items()} == {
        alice.pk: WorkState.DONE,
        bob.pk: WorkState.WAITING,
    }
    assert KIND.finished([by_groups], [alice, bob]) == {(by_groups.pk, alice.pk), (by_groups.pk, bob.pk)}


def test_who_comes_late_finds_the_thread_of_their_group(as_user, section, by_groups, groups):
    late = factories.make_user("Eve")
    groups[1].members.add(factories.add_member(section, late))
    assert own(as_user(late), by_groups) == (302, page_of(Thread.objects.get(group=groups[1])))
    assert Thread.objects.count() == 2


def test_a_group_that_is_added_later_gets_its_thread_when_one_of_it_comes(as_user, section, by_groups):
    late = factories.make_user("Eve")
    factories.add_member(section, late)
    green = factories.make_group(section, late, name="Green")
    factories.make_target(by_groups, green)
    status, address = own(as_user(late), by_groups)
    made = Thread.objects.get(group=green)
    assert (status, address) == (302, page_of(made))
    assert (made.names, made.policy, made.together) == ("pseudonym", "hold-all", "groups")


def test_who_is_in_no_group_that_talks_talks_with_those_who_teach(as_user, section, by_groups):
    late = factories.make_user("Eve")
    factories.add_member(section, late)
    factories.make_target(by_groups, late)
    assert own(as_user(late), by_groups) == (302, page_of(Thread.objects.get(student=late)))
    assert Thread.objects.get(student=late).names == "shown"


def test_a_stranger_makes_no_thread_by_coming(as_user, charlie, by_groups):
    before = Thread.objects.count()
    assert as_user(charlie).get(KIND.student_url(by_groups)).status_code == 404
    assert Thread.objects.count() == before


def test_threads_for_a_class_without_students_wait_until_they_come(as_user, teacher):
    section = factories.make_section(teacher=teacher, name="New")
    assignment = set_apart(section, "alone")
    nobodys = Thread.objects.get(assignment=assignment)
    late = factories.make_user("Eve")
    factories.add_member(section, late)
    client = as_user(late)
    assert client.get(page_of(nobodys)).status_code == 404
    assert own(client, assignment) == (302, page_of(Thread.objects.get(student=late)))
    assert "Eve" in as_user(teacher).get(KIND.staff_url(assignment)).content.decode()


def test_a_group_that_talks_is_not_deleted(by_groups, groups, teacher):
    with pytest.raises(InUse):
        delete_group(group=groups[0], by=teacher, at=factories.NOW)


def test_the_database_refuses_a_second_thread_of_all_and_one_of_two(section, alice, groups):
    thread = factories.make_thread(section)
    for fields in ({}, {"group": groups[0]}, {"student": alice}, {"together": "alone", "group": groups[0]}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Thread.objects.create(assignment=thread.assignment, prompt=thread.prompt, **fields)


def test_what_was_decided_for_threads_goes_along_into_a_new_year(section, groups):
    for together in Thread.Together:
        assignment = set_apart(section, together, *(groups if together == "groups" else ()))
        assert KIND.chosen([assignment])[assignment.pk].options["together"] == together


def test_a_group_with_more_members_costs_its_thread_no_more_queries(
    as_user, section, alice, by_groups, groups, count_queries
):
    red = Thread.objects.get(group=groups[0])
    client = as_user(alice)
    factories.make_post(red, alice, state=Post.State.PUBLISHED)
    client.get(page_of(red))
    cost = count_queries(client, page_of(red))
    for number in range(3):
        student = factories.make_user(f"Student {number}")
        groups[0].members.add(factories.add_member(section, student))
        factories.make_post(red, student, state=Post.State.PUBLISHED)
    assert count_queries(client, page_of(red)) == cost <= 8


# --- The list of a class, pins and locks --------------------------------------------------------------------------


def test_a_class_finds_its_discussions_in_one_place_the_pinned_ones_first(as_user, teacher, alice, section):
    film = factories.make_film()
    for position, title in enumerate(("First", "Second"), 1):
        work = factories.make_assignment(section, "thread", title=title, position=position)
        factories.make_thread(section, assignment=work, prompt=factories.make_prompt(film))
    address = reverse("classroom:threads", args=[section.pk])
    page = as_user(alice).get(address).content.decode()
    assert page.index("First") < page.index("Second")
    assert address in as_user(alice).get(reverse("classroom:home")).content.decode()
    edit = reverse("classroom:threads_edit", args=[work.pk])
    assert as_user(teacher).post(edit, {"pinned": "on", "edit_minutes": "5"}).status_code == 302
    page = as_user(alice).get(address).content.decode()
    assert page.index("Second") < page.index("First")
    assert "pinned" in page
    assert Thread.objects.get(assignment=work).edit_minutes == 5
    as_user(teacher).post(edit, {"edit_minutes": "5"})
    assert "pinned" not in as_user(alice).get(address).content.decode()


def test_a_student_finds_neither_what_has_not_opened_nor_what_is_another_groups(as_user, alice, bob, section, groups):
    set_apart(section, "groups", groups[1])
    hidden = factories.make_assignment(section, "thread", title="Later", opens_at=clock.now().replace(year=2100))
    factories.make_thread(section, assignment=hidden)
    address = reverse("classroom:threads", args=[section.pk])
    page = as_user(alice).get(address).content.decode()
    assert "Later" not in page
    assert "Talk" not in page
    assert "Talk" in as_user(bob).get(address).content.decode()


def test_threads_lock_by_schedule_and_one_that_is_locked_by_itself_stays_so(
    as_user, teacher, alice, section, by_groups, groups
):
    red = Thread.objects.get(group=groups[0])
    edit = reverse("classroom:threads_edit", args=[by_groups.pk])
    assert as_user(teacher).post(edit, {"locked_at": "2001-01-01T10:00", "edit_minutes": "15"}).status_code == 302
    assert "A teacher has locked this thread" in as_user(alice).get(page_of(red)).content.decode()
    assert as_user(teacher).post(edit, {"locked_at": "2100-01-01T10:00", "edit_minutes": "15"}).status_code == 302
    assert 'id="write"' in as_user(alice).get(page_of(red)).content.decode()
    _first, second = Thread.objects.filter(assignment=by_groups).order_by("pk")
    Thread.objects.filter(pk=second.pk).update(locked_at=factories.NOW)
    as_user(teacher).post(edit, {"pinned": "on", "locked_at": "2100-01-01T10:00", "edit_minutes": "15"})
    second.refresh_from_db()
    assert second.locked_at == factories.NOW
    assert as_user(teacher).post(edit, {"locked_at": "soon", "edit_minutes": "15"}).status_code == 422


def test_the_list_of_a_class_costs_as_much_for_three_discussions_as_for_one(
    as_user, teacher, alice, section, count_queries
):
    address = reverse("classroom:threads", args=[section.pk])
    factories.make_thread(section)
    costs = [count_queries(as_user(who), address) for who in (alice, teacher)]
    for _thread in range(2):
        factories.make_thread(section)
    assert [count_queries(as_user(who), address) for who in (alice, teacher)] == costs


@pytest.mark.django_db(transaction=True)
def test_a_group_that_comes_at_once_gets_one_thread():  # trust 12
    students = [factories.make_user(f"Student {number}") for number in range(6)]
    section = factories.make_section(students=tuple(students))
    first = factories.make_group(section, name="Red")
    assignment = set_apart(section, "groups", first)
    second = factories.make_group(section, *students, name="Blue")
    factories.make_target(assignment, second)

    def come(student):
        try:
            return actions.own_thread(assignment=assignment, student=student).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        found = set(pool.map(come, students * 2))
    assert found == {Thread.objects.get(group=second).pk}


# --- The form that sets it ----------------------------------------------------------------------------------------


def assign(client, section, **sent):
    prompt = factories.make_prompt(Film.objects.first() or factories.make_film())
    address = reverse("classroom:assign", args=[section.pk]) + f"?what=thread:{prompt.pk}"
    plain = {"opens_at": "2026-03-02T09:00", "thread-together": "all", "thread-names": "shown"}
    return client.post(address, plain | {"thread-policy": "hold-all"} | sent)


def test_the_form_makes_a_thread_for_each_group_that_is_ticked(as_user, teacher, section, groups):
    ticked = {"thread-together": "groups", "audience": [f"group:{group.pk}" for group in groups]}
    assert assign(as_user(teacher), section, **ticked).status_code == 302
    assert set(Thread.objects.values_list("group", flat=True)) == {group.pk for group in groups}


def test_talking_in_groups_needs_groups_and_nothing_is_set_without(as_user, teacher, section, groups, alice):
    for audience in ([], [f"group:{groups[1].pk}", f"student:{alice.pk}"]):
        reply = assign(as_user(teacher), section, **{"thread-together": "groups", "audience": audience})
        assert reply.status_code == 422
        assert "Tick the groups that are to talk apart" in reply.content.decode()
    assert not Thread.objects.exists()


def test_so_few_that_everybody_knows_who_is_who_are_not_put_under_seal(as_user, teacher, section, groups):
    factories.add_member(section, factories.make_user("Ravi"), Role.ASSISTANT)
    sealed = {"thread-names": "sealed"}
    in_groups = sealed | {"thread-together": "groups", "audience": [f"group:{group.pk}" for group in groups]}
    for sent in (sealed, in_groups, sealed | {"audience": [f"group:{groups[0].pk}"]}):
        reply = assign(as_user(teacher), section, **sent)
        assert reply.status_code == 422
        assert "need at least four" in reply.content.decode()
    assert (
        "alone has no name"
        in assign(as_user(teacher), section, **sealed, **{"thread-together": "alone"}).content.decode()
    )
    for name in ("Eve", "Finn", "Gus"):
        groups[1].members.add(factories.add_member(section, factories.make_user(name)))
    assert assign(as_user(teacher), section, **sealed).status_code == 302
    assert assign(as_user(teacher), section, **sealed, audience=[f"group:{groups[1].pk}"]).status_code == 302


def test_the_only_adult_of_a_class_says_first_that_they_know_a_seal_is_for_good(as_user, teacher, section):
    for name in ("Eve", "Finn"):
        factories.add_member(section, factories.make_user(name))
    reply = assign(as_user(teacher), section, **{"thread-names": "sealed"})
    assert reply.status_code == 422
    assert "opening a sealed name takes two" in reply.content.decode()
    assert "Say that you know it" in reply.content.decode()
    assert assign(as_user(teacher), section).status_code == 302
    known = {"thread-names": "sealed", "thread-sealed_for_good": "on"}
    assert assign(as_user(teacher), section, **known).status_code == 302
    factories.add_member(section, factories.make_user("Ravi"), Role.ASSISTANT)
    assert assign(as_user(teacher), section, **{"thread-names": "sealed"}).status_code == 302
