"""What the screening finds decides whether a post waits, by the more careful of the thread's and the class's rules."""

import uuid

import pytest
from django.urls import reverse

from classroom.common import clock
from classroom.discussions.models import Concern, Post, TalkSettings, Thread
from classroom.screening.models import FilmWords, WatchedWord
from tests import factories

pytestmark = pytest.mark.django_db
Policy = Thread.Policy


def send(client, thread: Thread, body: str, **fields: object):
    path = reverse("classroom:post_new", args=[thread.pk])
    return client.post(path, {"body": body, "key": uuid.uuid4(), **fields})


def watch(word: str, action: str, section=None) -> None:
    WatchedWord.objects.create(word=word, action=action, section=section, added_at=factories.NOW)


def page_of(thread: Thread) -> str:
    return reverse("classroom:thread", args=[thread.pk])


def page(client, thread: Thread) -> str:
    return client.get(page_of(thread)).content.decode()


STATES = {
    # text: its state by policy, in the order of the columns below
    "The light matters.": ("held", "held", "published", "published"),
    "You idiot.": ("held", "held", "held", "published"),
    "Call me on 415-555-0134.": ("held", "held", "held", "held"),
    "I want to die.": ("held", "held", "held", "held"),
}
COLUMNS = (Policy.HOLD_ALL, Policy.HOLD_FIRST, Policy.HOLD_MATCH, Policy.REVIEW_AFTER)


@pytest.mark.parametrize("text", STATES)
@pytest.mark.parametrize("policy", COLUMNS)
def test_what_waits_is_told_by_a_table(as_user, alice, section, text, policy):
    send(as_user(alice), factories.make_thread(section, policy=policy), text)
    assert Post.objects.get().state == STATES[text][COLUMNS.index(policy)]


def test_a_thread_is_never_less_careful_than_its_class(as_user, alice, section):
    TalkSettings.objects.create(section=section, policy=Policy.HOLD_ALL)
    thread = factories.make_thread(section, policy=Policy.REVIEW_AFTER)
    client = as_user(alice)
    assert "A teacher reads it first" in page(client, thread)
    send(client, thread, "The light matters.")
    assert Post.objects.get().state == Post.State.HELD


def test_a_students_first_posts_wait_and_the_next_appears(as_user, alice, section):
    TalkSettings.objects.create(section=section, first_posts=2)
    thread = factories.make_thread(section, policy=Policy.HOLD_FIRST)
    client = as_user(alice)
    factories.make_post(thread, alice, state=Post.State.PUBLISHED)
    send(client, thread, "My second.")
    assert Post.objects.get(body="My second.").state == Post.State.HELD
    Post.objects.update(state=Post.State.PUBLISHED, published_at=factories.NOW)
    send(client, thread, "My third.")
    assert Post.objects.get(body="My third.").state == Post.State.PUBLISHED


def test_a_teachers_post_is_not_looked_through(as_user, teacher, section):
    send(as_user(teacher), factories.make_thread(section), "Write to school@example.com, you rascals.")
    post = Post.objects.get()
    assert (post.state, post.matches) == (Post.State.PUBLISHED, [])


def test_a_blocked_word_is_refused_by_name_and_the_text_is_kept(as_user, alice, section):
    watch("rascal", "block", section)
    thread = factories.make_thread(section)
    reply = send(as_user(alice), thread, "A r.a.s.c.a.l and a poet.")
    assert reply.status_code == 422
    shown = reply.content.decode()
    assert "This class does not take the word “r.a.s.c.a.l”" in shown
    assert "A r.a.s.c.a.l and a poet." in shown
    assert not Post.objects.exists()


def test_a_post_is_not_mended_with_a_blocked_word(as_user, alice, section):
    watch("rascal", "block", section)
    post = factories.make_post(factories.make_thread(section), alice, body="A poet.")
    path = reverse("classroom:post_edit", args=[post.pk])
    reply = as_user(alice).post(path, {"body": "A rascal.", "revision": 1})
    assert reply.status_code == 422
    assert "A rascal." in reply.content.decode()
    post.refresh_from_db()
    assert post.body == "A poet."


def test_a_censored_word_has_stars_for_readers_and_is_kept_as_typed(as_user, alice, bob, section):
    watch("rascal", "censor", section)
    thread = factories.make_thread(section, policy=Policy.REVIEW_AFTER)
    send(as_user(alice), thread, "That rascal of a cat.")
    shown = page(as_user(bob), thread)
    assert "That ＊＊＊＊＊＊ of a cat." in shown
    assert "rascal" not in shown
    assert Post.objects.get().body == "That rascal of a cat."


def test_a_censored_word_is_starred_in_a_quotation_and_in_what_a_post_said_before(as_user, alice, bob, section):
    watch("rascal", "censor", section)
    thread = factories.make_thread(section, policy=Policy.REVIEW_AFTER)
    send(as_user(alice), thread, "That rascal of a cat.")
    post = Post.objects.get()
    as_user(alice).post(reverse("classroom:post_edit", args=[post.pk]), {"body": "That cat.", "revision": 1})
    history = as_user(bob).get(reverse("classroom:post_history", args=[post.pk])).content.decode()
    assert "That ＊＊＊＊＊＊ of a cat." in history
    assert "rascal" not in history
    send(as_user(alice), thread, "That rascal of a gull.")
    quoted = as_user(bob).get(f"{page_of(thread)}?reply={Post.objects.latest('pk').pk}&quote=1").content.decode()
    assert "&gt; That ＊＊＊＊＊＊ of a gull." in quoted
    assert "rascal" not in quoted


def test_a_published_post_is_looked_through_again_when_it_is_changed(as_user, alice, bob, section):
    thread = factories.make_thread(section, policy=Policy.HOLD_MATCH)
    client = as_user(alice)
    send(client, thread, "The light matters.")
    post = Post.objects.get()
    path = reverse("classroom:post_edit", args=[post.pk])
    client.post(path, {"body": "Call me on 415-555-0134.", "revision": 1})
    post.refresh_from_db()
    assert (post.state, post.published_at) == (Post.State.HELD, None)
    assert "415" not in page(as_user(bob), thread)
    client.post(path, {"body": "I want to die.", "revision": 2})
    assert Concern.objects.get().text == "I want to die."


def test_a_change_with_a_blocked_word_leaves_the_post_as_it_stood(as_user, alice, section):
    watch("rascal", "block", section)
    send(as_user(alice), factories.make_thread(section, policy=Policy.REVIEW_AFTER), "A poet.")
    post = Post.objects.get()
    path = reverse("classroom:post_edit", args=[post.pk])
    assert as_user(alice).post(path, {"body": "A rascal.", "revision": 1}).status_code == 422
    post.refresh_from_db()
    assert (post.body, post.state) == ("A poet.", Post.State.PUBLISHED)


def test_nothing_approved_is_changed_where_the_class_holds_all(as_user, alice, section):
    TalkSettings.objects.create(section=section, policy=Policy.HOLD_ALL)
    thread = factories.make_thread(section, policy=Policy.REVIEW_AFTER)
    now = clock.now()
    post = factories.make_post(thread, alice, state=Post.State.PUBLISHED, published_at=now, created_at=now)
    assert reverse("classroom:post_edit", args=[post.pk]) not in page(as_user(alice), thread)


def test_a_flagged_word_appears_and_a_teacher_is_to_look(as_user, alice, section):
    watch("rascal", "flag", section)
    send(as_user(alice), factories.make_thread(section, policy=Policy.HOLD_MATCH), "That rascal of a cat.")
    post = Post.objects.get()
    assert (post.state, post.to_review) == (Post.State.PUBLISHED, True)


def test_a_class_lets_a_word_through_that_the_site_holds(as_user, alice, charlie, section, teacher):
    watch("rascal", "hold")
    watch("rascal", "allow", section)
    thread = factories.make_thread(section, policy=Policy.HOLD_MATCH)
    send(as_user(alice), thread, "That rascal of a cat.")
    elsewhere = factories.make_section(teacher=teacher, students=(charlie,))
    send(as_user(charlie), factories.make_thread(elsewhere, policy=Policy.HOLD_MATCH), "That rascal of a cat.")
    assert [post.state for post in Post.objects.order_by("pk")] == ["published", "held"]


def test_words_and_names_that_the_film_itself_uses_stop_nothing(as_user, alice, section):
    watch("rascal", "hold")
    film = factories.make_film()
    factories.make_fact(film, statement="The keeper called the gull a rascal, and wrote as @keeper.")
    thread = factories.make_thread(section, prompt=factories.make_prompt(film), policy=Policy.HOLD_MATCH)
    send(as_user(alice), thread, "Who is the rascal, @keeper or the gull?")
    assert Post.objects.get().state == Post.State.PUBLISHED
    assert FilmWords.objects.get().names == ["keeper"]


def test_a_mended_post_is_looked_through_anew(as_user, alice, section):
    post = factories.make_post(factories.make_thread(section), alice, body="You idiot.")
    path = reverse("classroom:post_edit", args=[post.pk])
    as_user(alice).post(path, {"body": "Mail me: alice@mail.example", "revision": 1})
    post.refresh_from_db()
    assert [match["kind"] for match in post.matches] == ["email"]


def test_posting_costs_at_most_twelve_queries(as_user, alice, section, django_assert_max_num_queries):
    thread = factories.make_thread(section, policy=Policy.HOLD_FIRST)
    client = as_user(alice)
    send(client, thread, "Warm.")
    session_and_person, savepoints = 2, 8
    with django_assert_max_num_queries(12 + session_and_person + savepoints):
        send(client, thread, "The light matters.")


def test_a_concern_is_noted_once_a_text_and_again_when_the_text_changes(as_user, alice, section):
    thread = factories.make_thread(section)
    client, key = as_user(alice), uuid.uuid4()
    send(client, thread, "I want to die.", key=key)
    send(client, thread, "I want to die.", key=key)
    assert Concern.objects.get().text == "I want to die."
    post = Post.objects.get()
    client.post(reverse("classroom:post_edit", args=[post.pk]), {"body": "I will kill you.", "revision": 1})
    assert [each.is_threat for each in Concern.objects.order_by("pk")] == [False, True]


def test_the_composer_of_a_sealed_thread_says_when_a_name_is_opened(as_user, alice, section):
    thread = factories.make_thread(section, names=Thread.Names.SEALED)
    assert "its author’s name is shown to the class’s safeguarding contact alone" in page(
        as_user(alice), thread
    ).replace("&#x27;", "’")
