"""A post is kept once, waits or appears as the thread says, and nothing that was typed is lost."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from classroom.common import clock
from classroom.discussions import actions, queries
from classroom.discussions.models import Post, Thread
from tests import factories

pytestmark = pytest.mark.django_db


def page_of(thread: Thread) -> str:
    return reverse("classroom:thread", args=[thread.pk])


def send(client, thread, body="The light matters.", **fields):
    return client.post(reverse("classroom:post_new", args=[thread.pk]), {"body": body, "key": uuid.uuid4(), **fields})


def close(thread: Thread) -> None:
    thread.assignment.closes_at = clock.now() - timedelta(hours=1)
    thread.assignment.save()


@pytest.fixture
def thread(section) -> Thread:
    return factories.make_thread(section)


def test_a_students_post_waits_where_the_thread_holds_all(as_user, alice, thread):
    reply = send(as_user(alice), thread)
    post = Post.objects.get()
    assert reply.url == reverse("classroom:post", args=[post.pk])
    assert (post.state, post.published_at, post.author) == (Post.State.HELD, None, alice)
    page = as_user(alice).get(page_of(thread)).content.decode()
    assert "Only you and your teachers see this: it waits for a teacher." in page


def test_a_students_post_appears_at_once_where_the_thread_is_reviewed_after(as_user, alice, section):
    thread = factories.make_thread(section, policy=Thread.Policy.REVIEW_AFTER)
    send(as_user(alice), thread)
    assert Post.objects.get().state == Post.State.PUBLISHED


def test_a_teachers_post_appears_at_once_with_name_and_mark(as_user, teacher, bob, thread):
    send(as_user(teacher), thread, body="Welcome, all.")
    assert Post.objects.get().state == Post.State.PUBLISHED
    page = as_user(bob).get(page_of(thread)).content.decode()
    assert "Welcome, all." in page
    assert 'Tess <span class="badge teacher">' in page


def test_the_same_form_sent_twice_makes_one_post(as_user, alice, thread):
    client, key = as_user(alice), uuid.uuid4()
    assert send(client, thread, key=key).url == send(client, thread, key=key).url
    assert Post.objects.count() == 1


def test_the_same_form_sent_twice_is_fine_after_the_thread_has_closed(as_user, alice, thread):
    client, key = as_user(alice), uuid.uuid4()
    send(client, thread, key=key)
    close(thread)
    assert send(client, thread, key=key).status_code == 302


def test_another_text_under_a_used_key_is_shown_again_and_then_kept(as_user, alice, thread):
    client, key = as_user(alice), uuid.uuid4()
    send(client, thread, key=key)
    reply = send(client, thread, body="On second thoughts.", key=key)
    assert reply.status_code == 422
    form = reply.context["form"]
    assert form["body"].value() == "On second thoughts."
    assert send(client, thread, body="On second thoughts.", key=form["key"].value()).status_code == 302
    assert Post.objects.count() == 2


def test_nobody_takes_a_post_over_by_its_key(as_user, alice, bob, thread):
    key = uuid.uuid4()
    send(as_user(alice), thread, body="Mine.", key=key)
    assert send(as_user(bob), thread, body="Mine.", key=key).status_code == 422
    assert Post.objects.get().author == alice


def test_a_post_that_is_too_long_says_by_how_much_and_keeps_the_text(as_user, alice, thread):
    body = "a" * (actions.POST_MAX + 7)
    reply = send(as_user(alice), thread, body=body)
    page = reply.content.decode()
    assert reply.status_code == 422
    assert "7 characters too long: at most 5000 fit" in page
    assert body in page
    assert "maxlength" not in page


def test_an_empty_post_says_so(as_user, alice, thread):
    reply = send(as_user(alice), thread, body="  \r\n ")
    assert reply.status_code == 422
    assert "There is nothing here yet to send." in reply.content.decode()


def test_lines_are_kept_with_one_kind_of_end(as_user, alice, thread):
    send(as_user(alice), thread, body="One.\r\n\r\nTwo.")
    assert Post.objects.get().body == "One.\n\nTwo."


@pytest.mark.parametrize("shut", ["closed", "locked"])
def test_a_thread_that_is_closed_or_locked_is_for_reading_and_keeps_what_was_typed(as_user, alice, thread, shut):
    factories.make_post(thread, alice, body="Before.", state=Post.State.PUBLISHED)
    if shut == "closed":
        close(thread)
    else:
        Thread.objects.update(locked_at=clock.now() - timedelta(minutes=1))
    client = as_user(alice)
    page = client.get(page_of(thread)).content.decode()
    assert f"{shut} " in page
    assert "you can read it, and" in page
    assert "Before." in page
    assert "<textarea" not in page
    reply = send(client, thread, body="Too late, but written.")
    assert reply.status_code == 422
    assert "Too late, but written." in reply.content.decode()
    assert Post.objects.count() == 1


def test_a_thread_that_has_not_opened_is_there_for_its_teacher_alone(as_user, alice, teacher, thread):
    thread.assignment.opens_at = clock.now() + timedelta(days=1)
    thread.assignment.save()
    assert as_user(alice).get(page_of(thread)).status_code == 404
    assert "Students do not see it before." in as_user(teacher).get(page_of(thread)).content.decode()


def test_a_withdrawn_thread_is_gone(as_user, alice, teacher, thread):
    thread.assignment.withdrawn_at = clock.now()
    thread.assignment.save()
    assert as_user(alice).get(page_of(thread)).status_code == 404
    assert as_user(teacher).get(page_of(thread)).status_code == 404


def test_whoever_left_the_class_reads_nothing_from_then_on(as_user, alice, section, thread):
    client = as_user(alice)
    section.memberships.filter(user=alice).update(ended_at=clock.now())
    assert client.get(page_of(thread)).status_code == 404
    assert send(client, thread).status_code == 404


def test_a_reply_stands_below_what_it_replies_to(as_user, alice, bob, thread):
    first = factories.make_post(thread, alice, state=Post.State.PUBLISHED)
    asked = as_user(bob).get(page_of(thread), {"reply": first.pk})
    assert asked.context["form"]["parent"].value() == first.pk
    send(as_user(bob), thread, body="Why?", parent=first.pk)
    assert Post.objects.get(body="Why?").parent == first


def test_deep_replies_stand_two_deep_and_name_what_they_reply_to(as_user, alice, thread):
    parent, written = None, []
    for number in range(5):
        parent = factories.make_post(thread, alice, body=f"No. {number}", state=Post.State.PUBLISHED, parent=parent)
        written.append(parent.pk)
    [branch] = as_user(alice).get(page_of(thread)).context["page"].branches
    assert [branch.root.id, *(reply.id for reply in branch.replies)] == written
    assert [reply.depth for reply in branch.replies] == [1, 2, 2, 2]
    assert branch.replies[0].in_reply_to == ""
    assert branch.replies[3].in_reply_to == branch.root.byline.name


def test_a_quarrel_of_a_thousand_replies_can_be_read(as_user, alice, thread):
    posts = [factories.make_post(thread, alice, state=Post.State.PUBLISHED)]
    for _turn in range(1000):
        posts.append(factories.make_post(thread, alice, state=Post.State.PUBLISHED, parent=posts[-1]))
    assert as_user(alice).get(page_of(thread)).status_code == 200


@pytest.mark.parametrize("state", [Post.State.HELD, Post.State.HIDDEN, Post.State.RETURNED])
def test_nobody_replies_to_a_post_that_is_not_shown_and_the_text_is_kept(as_user, alice, bob, thread, state):
    hidden = factories.make_post(thread, alice, state=state)
    reply = send(as_user(bob), thread, body="I saw that.", parent=hidden.pk)
    assert reply.status_code == 422
    assert "I saw that." in reply.content.decode()
    assert reply.context["form"]["parent"].value() == ""
    assert Post.objects.count() == 1


def test_nobody_replies_to_a_post_of_another_thread(as_user, alice, bob, thread, section):
    elsewhere = factories.make_post(factories.make_thread(section), alice, state=Post.State.PUBLISHED)
    assert send(as_user(bob), thread, parent=elsewhere.pk).status_code == 422


def test_replies_to_a_hidden_post_stay_below_a_stone_without_its_words(as_user, alice, bob, thread):
    hidden = factories.make_post(thread, alice, body="CANARY", state=Post.State.HIDDEN, published_at=factories.NOW)
    factories.make_post(thread, bob, body="An answer.", state=Post.State.PUBLISHED, parent=hidden)
    page = as_user(bob).get(page_of(thread)).content.decode()
    assert "This post is no longer shown." in page
    assert "An answer." in page
    assert "CANARY" not in page


def test_markup_in_a_post_is_shown_and_not_run(as_user, alice, thread):
    send(as_user(alice), thread, body="<script>alert(1)</script> *bold* move")
    page = as_user(alice).get(page_of(thread)).content.decode()
    assert "<script>alert(1)" not in page
    assert "<em>bold</em> move" in page


def test_the_prompt_its_source_and_the_right_to_pass_are_in_view(as_user, alice, section):
    film = factories.make_film()
    passage = factories.make_source(film).passages.first()
    prompt = factories.make_prompt(
        film,
        text="Would you dare?",
        attribution="Harbour News",
        passage=passage,
        right_to_pass="Write to your teacher instead.",
        starters={"cite": "The source says", "agree": "I agree, and"},
    )
    page = as_user(alice).get(page_of(factories.make_thread(section, prompt=prompt))).content.decode()
    for words in ("Would you dare?", "A question by Harbour News", "Write to your teacher instead.", "The source says"):
        assert words in page
    assert page.index("I agree, and") < page.index("The source says")
    assert reverse("classroom:rules", args=[film.key]) in page


def test_before_posting_the_page_says_who_will_see_what(as_user, alice, teacher, section):
    def audience(**policies) -> tuple[str, str]:
        thread = factories.make_thread(section, **policies)
        lines = as_user(alice).get(page_of(thread)).context["page"].audience
        return " ".join(lines), queries.pseudonym_in(thread, alice) or ""

    shown, none = audience(names=Thread.Names.SHOWN)
    assert "will see your name, Alice" in shown
    assert none == ""
    words, name = audience()
    assert words == (
        f"Classmates will see you as {name}; your teacher sees your name. "
        "A teacher reads it first; until then only you and your teachers see it."
    )
    words, name = audience(names=Thread.Names.SEALED, policy=Thread.Policy.REVIEW_AFTER)
    assert f"Classmates and teachers will see you as {name}." in words
    assert "The class sees it at once." in words
    lines = as_user(teacher).get(page_of(factories.make_thread(section))).context["page"].audience
    assert lines == ["The class sees your name, Tess, and that you teach.", "It appears at once."]


def test_times_of_day_are_not_shown_where_they_could_tell_who_wrote(as_user, alice, section):
    for names, told in ((Thread.Names.SHOWN, True), (Thread.Names.PSEUDONYM, False), (Thread.Names.SEALED, False)):
        thread = factories.make_thread(section, names=names)
        factories.make_post(thread, alice, state=Post.State.PUBLISHED)
        assert ("09:00" in as_user(alice).get(page_of(thread)).content.decode()) is told
