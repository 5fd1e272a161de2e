"""Names stay where the thread's policy leaves them, and a post that waits is nobody's but its author's."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.urls import reverse

from classroom.common import clock
from classroom.discussions import actions, pseudonyms, queries
from classroom.discussions.models import Post, Pseudonym, Thread
from classroom.people.models import Role, User
from tests import factories

pytestmark = pytest.mark.django_db
UNLIKELY_ID = 987654321


@pytest.fixture
def canary(section) -> User:
    """A student whose name, user name and id stand out wherever they are."""
    student = factories.make_user("Canaria Songbird", username="canary.handle", id=UNLIKELY_ID)
    factories.add_member(section, student)
    return student


def traces(page: str) -> list[str]:
    return [mark for mark in ("Canaria", "Songbird", "canary.handle", str(UNLIKELY_ID)) if mark in page]


def everything_that_opens(client, thread: Thread, *posts: Post) -> str:
    """All of the room's pages, and the home and class pages, that this person can open."""
    section, film = thread.assignment.section, thread.prompt.film
    paths = [
        reverse("classroom:home"),
        reverse("classroom:thread", args=[thread.pk]),
        *(reverse("classroom:thread", args=[thread.pk]) + f"?reply={post.pk}" for post in posts),
        reverse("classroom:moderation"),
        reverse("classroom:section", args=[section.pk]),
        reverse("classroom:tracking", args=[section.pk]),
        reverse("classroom:assignment_responses", args=[thread.assignment_id]),
        reverse("classroom:rules", args=[film.key]),
        reverse("classroom:prompts", args=[film.key]),
        reverse("classroom:prompt", args=[film.key, thread.prompt.key]),
        *(reverse(f"classroom:{name}", args=[post.pk]) for post in posts for name in ("post_return", "post_hide")),
        *(reverse("classroom:post_edit", args=[post.pk]) for post in posts),
    ]
    found = [reply.content.decode() for reply in map(client.get, paths) if reply.status_code == 200]
    assert len(found) >= 3
    return "\n".join(found)


@pytest.mark.parametrize("names", [Thread.Names.PSEUDONYM, Thread.Names.SEALED])
def test_no_page_that_a_classmate_can_open_tells_who_is_behind_a_pseudonym(  # trust 28, 37
    as_user, bob, canary, section, names
):
    thread = factories.make_thread(section, names=names)
    as_user(canary).get(reverse("classroom:thread", args=[thread.pk]))
    post = factories.make_post(thread, canary, state=Post.State.PUBLISHED)
    factories.make_post(thread, bob, state=Post.State.PUBLISHED, parent=post)
    pages = everything_that_opens(as_user(bob), thread, post)
    assert queries.pseudonym_in(thread, canary) in pages
    assert traces(pages) == []


@pytest.mark.parametrize("state", [Post.State.HELD, Post.State.RETURNED, Post.State.HIDDEN])
def test_a_post_that_the_class_may_not_see_is_in_no_page_that_a_classmate_can_open(  # trust 28
    as_user, alice, bob, section, state
):
    thread = factories.make_thread(section)
    post = factories.make_post(thread, alice, body="CANARY-TEXT", state=state)
    assert "CANARY-TEXT" not in everything_that_opens(as_user(bob), thread, post)
    assert "CANARY-TEXT" in as_user(alice).get(reverse("classroom:thread", args=[thread.pk])).content.decode()


@pytest.mark.parametrize("state", [Post.State.HELD, Post.State.PUBLISHED])
def test_no_teachers_page_tells_whose_a_sealed_post_is(as_user, teacher, canary, section, state):  # trust 37
    thread = factories.make_thread(section, names=Thread.Names.SEALED)
    as_user(canary).get(reverse("classroom:thread", args=[thread.pk]))
    post = factories.make_post(thread, canary, body="UNDER-SEAL", state=state)
    client = as_user(teacher)
    addresses = [
        reverse("classroom:thread", args=[thread.pk]),
        reverse("classroom:moderation"),
        reverse("classroom:post_return" if state == Post.State.HELD else "classroom:post_hide", args=[post.pk]),
    ]
    for address in addresses:
        assert traces(client.get(address).content.decode()) == []
    assert "UNDER-SEAL" in client.get(addresses[0]).content.decode()
    elsewhere = [
        reverse("classroom:tracking", args=[section.pk]),
        reverse("classroom:student", args=[section.pk, canary.pk]),
        reverse("classroom:assignment_responses", args=[thread.assignment_id]),
    ]
    for address in elsewhere:
        page = client.get(address).content.decode()
        assert "UNDER-SEAL" not in page
        assert queries.pseudonym_in(thread, canary) not in page


def test_a_teacher_sees_name_and_pseudonym_where_only_classmates_do_not(as_user, teacher, alice, section):
    thread = factories.make_thread(section)
    as_user(alice).get(reverse("classroom:thread", args=[thread.pk]))
    factories.make_post(thread, alice)
    name = queries.pseudonym_in(thread, alice)
    for address in (reverse("classroom:thread", args=[thread.pk]), reverse("classroom:moderation")):
        assert re.search(rf"{name} <span class=\"post-name\">\(Alice\)", as_user(teacher).get(address).content.decode())


def test_a_sealed_thread_keeps_no_time_at_which_a_student_came(as_user, alice, section):
    thread = factories.make_thread(section, names=Thread.Names.SEALED)
    as_user(alice).get(reverse("classroom:thread", args=[thread.pk]))
    assert not thread.assignment.visits.exists()
    assert queries.pseudonym_in(thread, alice)


def test_the_first_visit_draws_a_pseudonym_that_stays(as_user, alice, bob, section):
    thread = factories.make_thread(section)
    client, page = as_user(alice), reverse("classroom:thread", args=[thread.pk])
    client.get(page)
    first = queries.pseudonym_in(thread, alice)
    client.get(page)
    as_user(bob).get(page)
    assert queries.pseudonym_in(thread, alice) == first
    assert queries.pseudonym_in(thread, bob) not in (None, first)


def test_neither_a_teacher_nor_anybody_under_shown_names_gets_a_pseudonym(as_user, teacher, alice, section):
    as_user(teacher).get(reverse("classroom:thread", args=[factories.make_thread(section).pk]))
    as_user(alice).get(reverse("classroom:thread", args=[factories.make_thread(section, names="shown").pk]))
    assert not Pseudonym.objects.exists()


def test_whoever_becomes_an_assistant_stays_behind_the_pseudonym_of_their_posts(as_user, bob, canary, section):
    thread = factories.make_thread(section)
    as_user(canary).get(reverse("classroom:thread", args=[thread.pk]))
    factories.make_post(thread, canary, state=Post.State.PUBLISHED)
    section.memberships.filter(user=canary).update(role=Role.ASSISTANT)
    assert traces(as_user(bob).get(reverse("classroom:thread", args=[thread.pk])).content.decode()) == []


def test_a_post_without_a_pseudonym_names_nobody(as_user, bob, canary, section):
    thread = factories.make_thread(section)
    factories.make_post(thread, canary, state=Post.State.PUBLISHED)
    page = as_user(bob).get(reverse("classroom:thread", args=[thread.pk])).content.decode()
    assert "A classmate" in page
    assert traces(page) == []


def test_sixty_students_get_sixty_animals():
    taken: list[str] = []
    for _student in range(60):
        taken.append(pseudonyms.draw(taken))
    assert len({name.split()[1] for name in taken}) == 60


def test_names_go_on_when_the_animals_run_out_and_end_only_with_all_pairs():
    every = [f"{adjective} {animal}" for adjective in pseudonyms.ADJECTIVES for animal in pseudonyms.ANIMALS]
    assert pseudonyms.draw(every[1:]) == every[0]
    with pytest.raises(pseudonyms.NoneLeft):
        pseudonyms.draw(every)


def test_every_word_of_a_pseudonym_is_there_once():
    for words in (pseudonyms.ADJECTIVES, pseudonyms.ANIMALS):
        assert len(words) == len(set(words)) >= 60


@pytest.mark.django_db(transaction=True)
def test_a_class_that_comes_at_once_gets_one_pseudonym_each():  # trust 12
    students = [factories.make_user(f"Student {number}") for number in range(8)]
    section = factories.make_section(students=tuple(students))
    thread = factories.make_thread(section)

    def come(student: User) -> str | None:
        try:
            place = queries.get_place(student, thread.pk, clock.now())
            return actions.enter(place=place, user=student, session={}, at=clock.now()).pseudonym
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        drawn = list(pool.map(come, students * 3))
    assert Pseudonym.objects.count() == 8
    assert len(set(drawn)) == 8
