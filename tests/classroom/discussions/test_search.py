"""Words can be looked for in a class's discussions: each finds what their own pages show, and no more."""

from datetime import timedelta

import pytest
from django.urls import reverse

from classroom.common import clock
from classroom.common.markdown import render_post
from classroom.discussions.excerpts import around
from classroom.discussions.models import Post, Pseudonym, Task, Thread
from classroom.screening.matching import Action, Kind, Match
from tests import factories

pytestmark = pytest.mark.django_db
PUBLISHED = Post.State.PUBLISHED


@pytest.fixture
def thread(section) -> Thread:
    return factories.make_thread(section)


def said(thread, author, body, state=PUBLISHED, **fields) -> Post:
    return factories.make_post(
        thread, author, **{"body": body, "body_html": render_post(body), "state": state, **fields}
    )


def look(client, section, words, **asked):
    return client.get(reverse("classroom:class_search", args=[section.pk]), {"q": words, **asked})


def found(reply) -> list[str]:
    return [post.url for each in reply.context["search"].found for post in each.posts]


def url_of(post: Post) -> str:
    return reverse("classroom:post", args=[post.pk])


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("The lamp burned all night.", "lamp"),
        ("The lamp burned all night.", "NIGHT lamp"),
        ("他记得每一个名字。", "名字"),
        ("El árbol está solo.", "ÁRBOL"),
        ("El a\u0301rbol esta solo.", "árbol"),
        ("Über allem.", "über"),
        ("It cost 50% & more.", "50% &"),
    ],
)
def test_a_post_is_found_by_any_words_in_it(as_user, alice, bob, section, thread, body, words):
    post = said(thread, bob, body)
    said(thread, bob, "Something else.")
    assert found(look(as_user(alice), section, words)) == [url_of(post)]


@pytest.mark.parametrize("words", ["lamp sea", "la_p", "%", "l%p", "\x00", "<p>", "' OR 1=1 --"])
def test_what_is_not_in_it_does_not_find_it(as_user, alice, bob, section, thread, words):
    said(thread, bob, "The lamp burned.")
    assert found(look(as_user(alice), section, words)) == []


def test_nothing_is_looked_for_without_words(as_user, alice, bob, section, thread):
    said(thread, bob, "The lamp burned.")
    reply = look(as_user(alice), section, "  ")
    assert reply.context["search"].links is None
    assert "The lamp" not in reply.content.decode()


@pytest.mark.parametrize("state", [Post.State.HELD, Post.State.RETURNED, Post.State.HIDDEN, Post.State.DELETED])
def test_what_classmates_cannot_read_they_cannot_find(  # trust 28
    as_user, alice, bob, teacher, section, thread, state
):
    published_at = clock.now() if state in (Post.State.HIDDEN, Post.State.DELETED) else None
    post = said(thread, bob, "canary in the lamp", state, published_at=published_at)
    reply = look(as_user(alice), section, "canary")
    assert found(reply) == []
    assert "in the lamp" not in reply.content.decode()
    own = [] if state == Post.State.DELETED else [url_of(post)]
    assert found(look(as_user(bob), section, "canary")) == own
    of_teacher = look(as_user(teacher), section, "canary")
    assert found(of_teacher) == own
    assert ("Classmates do not see this" in of_teacher.content.decode()) == bool(own)


def test_threads_that_are_not_theirs_to_read_are_searched_for_nobody(as_user, alice, bob, teacher, charlie, section):
    at = clock.now()
    to_come = factories.make_thread(
        section, assignment=factories.make_assignment(section, kind="thread", opens_at=at + timedelta(days=1))
    )
    for_bob = factories.make_thread(
        section, assignment=factories.make_assignment(section, kind="thread", for_everybody=False)
    )
    factories.make_target(for_bob.assignment, bob)
    withdrawn = factories.make_thread(
        section, assignment=factories.make_assignment(section, kind="thread", withdrawn_at=at)
    )
    other = factories.make_section(students=(charlie,), name="Year 8")
    elsewhere = factories.make_thread(other)
    posts = [said(each, bob, "lamp") for each in (to_come, for_bob, withdrawn, elsewhere)]
    reply = look(as_user(alice), section, "lamp")
    assert found(reply) == []
    assert reply.context["search"].threads == []
    assert found(look(as_user(bob), section, "lamp")) == [url_of(posts[1])]
    assert found(look(as_user(teacher), section, "lamp")) == [url_of(posts[1]), url_of(posts[0])]
    assert look(as_user(charlie), section, "lamp").status_code == 404


def test_where_others_talk_apart_a_student_finds_nothing(as_user, alice, bob, teacher, section):
    own, blue = (factories.make_group(section, who, name=name) for who, name in ((alice, "Red"), (bob, "Blue")))
    together = Thread.Together.GROUPS
    first = factories.make_thread(section, group=own, together=together)
    second = factories.make_thread(section, assignment=first.assignment, group=blue, together=together)
    alone = factories.make_thread(section, student=bob, together=Thread.Together.ALONE)
    posts = [said(each, who, "lamp") for each, who in ((first, alice), (second, bob), (alone, bob))]
    reply = look(as_user(alice), section, "lamp")
    assert found(reply) == [url_of(posts[0])]
    assert reply.context["search"].threads == [(first.pk, "Talk")]
    assert found(look(as_user(bob), section, "lamp")) == [url_of(posts[2]), url_of(posts[1])]
    of_teacher = look(as_user(teacher), section, "lamp")
    assert len(found(of_teacher)) == 3
    assert [title for _pk, title in of_teacher.context["search"].threads] == ["Talk: Bob", "Talk: Blue", "Talk: Red"]


def test_where_one_posts_first_the_others_are_found_afterwards(as_user, alice, bob, section, thread):
    Task.objects.create(assignment=thread.assignment, post_first=True, own_words=3)
    post = said(thread, bob, "lamp")
    assert found(look(as_user(alice), section, "lamp")) == []
    assert found(look(as_user(bob), section, "lamp")) == [url_of(post)]
    said(thread, alice, "It still burns.", Post.State.HELD, words=3)
    assert found(look(as_user(alice), section, "lamp")) == [url_of(post)]


def test_an_answer_to_the_teachers_alone_is_found_by_nobody(as_user, alice, bob, teacher, section, thread):
    said(thread, bob, "lamp", Post.State.PRIVATE)
    for reader in (alice, bob, teacher):
        assert found(look(as_user(reader), section, "lamp")) == []


def test_somebody_with_an_earlier_opening_searches_earlier(as_user, alice, bob, section):
    later = clock.now() + timedelta(days=1)
    thread = factories.make_thread(
        section, assignment=factories.make_assignment(section, kind="thread", opens_at=later)
    )
    factories.make_override(thread.assignment, alice, opens_at=clock.now() - timedelta(days=1))
    post = said(thread, alice, "lamp")
    assert found(look(as_user(alice), section, "lamp")) == [url_of(post)]
    assert found(look(as_user(bob), section, "lamp")) == []


def test_one_thread_alone_can_be_searched(as_user, alice, bob, section):
    one, other = factories.make_thread(section), factories.make_thread(section)
    first, second = said(one, bob, "lamp"), said(other, bob, "lamp")
    client = as_user(alice)
    assert found(look(client, section, "lamp")) == [url_of(second), url_of(first)]
    assert found(look(client, section, "lamp", thread=one.pk)) == [url_of(first)]
    assert found(look(client, section, "lamp", thread="x")) == [url_of(second), url_of(first)]


@pytest.mark.parametrize(
    ("names", "for_classmates", "for_staff"),
    [
        (Thread.Names.SHOWN, "Bob", "Bob"),
        (Thread.Names.PSEUDONYM, "Calm Heron", "(Bob)"),
        (Thread.Names.SEALED, "Calm Heron", "Calm Heron"),
    ],
)
def test_posts_are_found_under_the_names_that_the_thread_shows(
    as_user, alice, bob, teacher, section, names, for_classmates, for_staff
):
    thread = factories.make_thread(section, names=names)
    Pseudonym.objects.create(thread=thread, user=bob, name="Calm Heron")
    said(thread, bob, "lamp")
    page = look(as_user(alice), section, "lamp").content.decode()
    assert for_classmates in page
    assert ("Bob" in page) == (names == Thread.Names.SHOWN)
    page = look(as_user(teacher), section, "lamp").content.decode()
    assert for_staff in page
    assert ("Bob" in page) == (names != Thread.Names.SEALED)


def test_nobody_is_found_by_their_name(as_user, teacher, bob, section):
    thread = factories.make_thread(section, names=Thread.Names.SEALED)
    said(thread, bob, "lamp")
    assert found(look(as_user(teacher), section, "Bob")) == []


def test_a_word_that_is_starred_cannot_be_found_out(as_user, alice, bob, section, thread):
    match = Match(4, 8, Kind.WORD, Action.CENSOR)
    said(thread, bob, "The rude lamp.", body_html="<p>The ＊＊＊＊ lamp.</p>", matches=[match.as_json()])
    assert found(look(as_user(alice), section, "rude")) == []
    reply = look(as_user(alice), section, "lamp")
    assert "＊＊＊＊" in reply.content.decode()
    assert "rude" not in reply.content.decode()


def test_what_was_found_is_marked_and_everything_escaped(as_user, alice, bob, section, thread):  # trust 21
    said(thread, bob, "A <script>alert(1)</script> & lamp")
    page = look(as_user(alice), section, "<script> lamp").content.decode()
    assert "<mark>&lt;script&gt;</mark>" in page
    assert "<mark>lamp</mark>" in page
    assert "<script>alert" not in page
    assert 'value="&lt;script&gt; lamp"' in page


def test_an_excerpt_is_cut_around_the_first_word():
    text = "<p>" + "before " * 60 + "the lamp " + "after " * 60 + "</p>"
    pieces = around(text, ["lamp"])
    assert [piece.text for piece in pieces if piece.found] == ["lamp"]
    assert pieces[0].text == "…"
    assert pieces[-1].text.endswith("…")
    assert sum(len(piece.text) for piece in pieces) < 260


def test_many_are_found_in_pages_that_keep_the_words(as_user, alice, bob, section, thread):
    for _each in range(23):
        said(thread, bob, "lamp & light")
    client = as_user(alice)
    first = look(client, section, "lamp &")
    assert len(found(first)) == 20
    assert "23 posts" in first.content.decode()
    assert "?q=lamp+%26&amp;page=2" in first.content.decode()
    assert len(found(look(client, section, "lamp &", page=2))) == 3


def test_it_asks_the_same_whatever_is_found(as_user, alice, bob, teacher, section, count_queries):
    address = reverse("classroom:class_search", args=[section.pk]) + "?q=lamp"
    counts = []
    for _each in range(3):
        thread = factories.make_thread(section)
        said(thread, bob, "lamp")
        counts.append([count_queries(as_user(reader), address) for reader in (alice, teacher)])
    assert counts[0] == counts[2]
    assert max(counts[2]) <= 8


def test_pages_of_threads_and_classes_lead_to_the_search(as_user, alice, teacher, section, thread):
    page = as_user(alice).get(reverse("classroom:thread", args=[thread.pk])).content.decode()
    assert f'href="{reverse("classroom:class_search", args=[section.pk])}?thread={thread.pk}"' in page
    page = as_user(teacher).get(reverse("classroom:class_talk", args=[section.pk])).content.decode()
    assert f'href="{reverse("classroom:class_search", args=[section.pk])}"' in page
