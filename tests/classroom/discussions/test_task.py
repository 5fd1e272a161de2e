"""What a thread asks: a real post, replies, posting before seeing others, and not filling the thread."""

import uuid
from datetime import timedelta
from functools import partial

import pytest
from django.urls import reverse

from classroom.assignments import activities
from classroom.assignments.activities import WorkState
from classroom.assignments.models import Assignment, Visit
from classroom.common import clock
from classroom.discussions import actions, queries
from classroom.discussions.activity import ThreadKind
from classroom.discussions.models import Post, PostRevision, Task, Thread
from classroom.discussions.words import count_words
from classroom.moderation.actions import decide
from classroom.stances import queries as stances
from tests import factories

pytestmark = pytest.mark.django_db
FIVE = "One two three four five."
CANARY = "canaryword sings in the dark tonight"


def with_task(section, policy=Thread.Policy.REVIEW_AFTER, names=Thread.Names.PSEUDONYM, **task) -> Thread:
    thread = factories.make_thread(section, policy=policy, names=names)
    Task.objects.create(assignment=thread.assignment, **task)
    return Thread.objects.select_related("assignment__section", "assignment__talk_task").get(pk=thread.pk)


def send(client, thread, body=FIVE, **fields):
    return client.post(reverse("classroom:post_new", args=[thread.pk]), {"body": body, "key": uuid.uuid4(), **fields})


def page_of(client, thread) -> str:
    return client.get(reverse("classroom:thread", args=[thread.pk])).content.decode()


def work_of(thread, student):
    return activities.work_by_pair([thread.assignment], [student], {})[thread.assignment_id, student.pk]


def published(thread, author, **fields) -> Post:
    return factories.make_post(thread, author, state=Post.State.PUBLISHED, **fields)


# --- Words --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        (".", 0),
        ("… !? — *", 0),
        ("Would I dare?", 3),
        ("It didn't burn for 81.5 days, co-teacher.", 7),
        ("他为什么这样做？", 7),
        ("我 read 3 篇", 4),
        ("¿Por qué calló el farero?", 5),
        ("> what another wrote\nI agree", 2),
        ("\u200b\u200b", 0),
    ],
)
def test_words_are_counted_in_any_language_and_only_ones_own(text, count):
    assert count_words(text) == count


# --- What is done -------------------------------------------------------------------------------------------------


def test_a_post_counts_once_it_has_the_words_that_are_asked_for(as_user, alice, section):
    thread = with_task(section, own_words=5)
    client = as_user(alice)
    send(client, thread, "Two words.")
    assert work_of(thread, alice).state is WorkState.UNDER_WAY
    assert "2 of 5 words so far" in page_of(client, thread)
    send(client, thread)
    assert work_of(thread, alice).state is WorkState.DONE
    page = page_of(client, thread)
    assert "A post of your own of 5 words or more" in page
    assert "words so far" not in page


def test_a_full_stop_is_no_post(as_user, alice, section):
    thread = factories.make_thread(section, policy=Thread.Policy.REVIEW_AFTER)
    send(as_user(alice), thread, ".")
    assert work_of(thread, alice).state is WorkState.UNDER_WAY
    assert not ThreadKind().finished([thread.assignment], [alice])


def test_replies_count_where_they_answer_somebody_else(as_user, alice, bob, section):
    thread = with_task(section, replies=2)
    client = as_user(alice)
    by_bob = published(thread, bob)
    send(client, thread, "A post of my own.")
    own = Post.objects.get(author=alice)
    send(client, thread, "To myself.", parent=own.pk)
    assert work_of(thread, alice).note == "2 posts, 0 of 2 replies"
    send(client, thread, "To Bob.", parent=by_bob.pk)
    assert "1 of 2" in page_of(client, thread)
    assert not ThreadKind().finished([thread.assignment], [alice])
    send(client, thread, "To Bob again.", parent=by_bob.pk)
    assert work_of(thread, alice).state is WorkState.DONE
    assert ThreadKind().finished([thread.assignment], [alice]) == {(thread.assignment_id, alice.pk)}


def test_a_reply_is_no_post_of_ones_own_where_replies_are_asked_besides(as_user, alice, bob, section):
    thread = with_task(section, replies=1)
    send(as_user(alice), thread, parent=published(thread, bob).pk)
    work = work_of(thread, alice)
    assert (work.state, work.first_part_done) == (WorkState.UNDER_WAY, False)


def test_facts_that_are_asked_for_count_over_all_of_a_students_posts(as_user, section, alice, bob):
    thread = with_task(section, sources=2)
    facts = [factories.make_fact(thread.prompt.film) for _each in range(2)]
    client = as_user(alice)
    send(client, thread, sources=[f"fact:{facts[0].pk}"])
    assert work_of(thread, alice).state is WorkState.UNDER_WAY
    page = page_of(client, thread)
    assert "2 facts or passages attached" in page
    assert "1 of 2" in page
    send(client, thread, "And another.", sources=[f"fact:{facts[1].pk}"])
    assert work_of(thread, alice).state is WorkState.DONE
    place = queries.get_place(alice, thread.pk, clock.now())
    actions.delete_post(place=place, post=Post.objects.first(), at=clock.now())
    assert work_of(thread, alice).state is WorkState.UNDER_WAY


def test_what_waits_counts_and_what_is_hidden_is_undone(section, alice, bob, teacher):
    thread = with_task(section, replies=1)
    own = published(thread, alice)
    reply = factories.make_post(thread, alice, parent=published(thread, bob), state=Post.State.HELD)
    assert work_of(thread, alice).state is WorkState.WAITING
    rule = factories.make_guideline(thread.prompt.film)
    decide(post=own, revision=1, kind="hidden", rule=rule, reason="Be kinder.", by=teacher, at=factories.NOW)
    work = work_of(thread, alice)
    assert (work.state, work.first_part_done) == (WorkState.UNDER_WAY, False)
    Post.objects.filter(pk=reply.pk).update(state=Post.State.RETURNED)
    assert work_of(thread, alice).state is WorkState.TO_MEND


def test_a_lesson_is_open_again_once_the_post_that_completed_it_is_taken_back(as_user, section, alice):
    lesson = factories.make_lesson(factories.make_film())
    work = factories.make_assignment(section, lesson=lesson)
    lesson.steps.update(kind="discuss", prompt_key="talk")
    part = factories.make_assignment(section, "thread", parent=work, item_key="talk")
    thread = factories.make_thread(section, assignment=part)
    client = as_user(alice)
    send(client, thread)
    assert Visit.objects.get(assignment=work).done_at is not None
    place = queries.get_place(alice, thread.pk, clock.now())
    actions.delete_post(place=place, post=Post.objects.get(), at=clock.now())
    visit = Visit.objects.get(assignment=work)
    assert (visit.steps_done, visit.done_at) == (0, None)


def test_under_seal_neither_a_number_nor_a_decision_shows(section, alice, bob):
    thread = with_task(section, names=Thread.Names.SEALED, own_words=40, replies=2)
    factories.make_post(thread, alice, state=Post.State.RETURNED)
    [work] = activities.work_by_pair([thread.assignment], [alice], {}, own=True).values()
    assert (work.state, work.note, work.first_part_done) == (WorkState.DONE, "taken part", True)
    assert ThreadKind().finished([thread.assignment], [alice, bob]) == {(thread.assignment_id, alice.pk)}


# --- Posting before seeing others ---------------------------------------------------------------------------------


def everything_of(client, thread, posts) -> str:
    """What a student gets of a thread by each of its addresses, by name or by guess."""
    addresses = [reverse("classroom:thread", args=[thread.pk])]
    for post in posts:
        addresses += [f"{addresses[0]}?reply={post.pk}&quote=1", f"{addresses[0]}?branch={post.pk}"]
        addresses += [reverse(f"classroom:{name}", args=[post.pk]) for name in ("post", "post_history", "post_flag")]
    section = thread.assignment.section_id
    search = reverse("classroom:class_search", args=[section])
    addresses += [f"{search}?q=sings", f"{search}?q=rather", reverse("classroom:thread_projector", args=[thread.pk])]
    addresses += [reverse("classroom:stance", args=[thread.pk]), reverse("classroom:home")]
    return "".join(client.get(each, follow=True).content.decode() for each in addresses)


def test_others_texts_are_nowhere_before_a_student_has_posted(as_user, section, alice, bob, teacher):  # trust 28, 36
    thread = with_task(section, post_first=True, own_words=5)
    by_bob, by_teacher = published(thread, bob, body=CANARY), published(thread, teacher, body=CANARY)
    PostRevision.objects.create(
        post=by_bob, revision=1, body=CANARY, body_html=CANARY, written_at=factories.NOW, replaced_at=factories.NOW
    )
    Post.objects.filter(pk=by_bob.pk).update(edited_at=factories.NOW + timedelta(hours=1))
    client, posts = as_user(alice), (by_bob, by_teacher)
    place = partial(queries.get_place, alice, thread.pk)
    assert "canaryword" not in everything_of(client, thread, posts)
    assert "as soon as you have sent a post of your own" in page_of(client, thread)
    assert not [each for each in stances.could_have_moved(place(clock.now()), alice) if each.ref.startswith("post:")]
    reply = send(client, thread, parent=by_bob.pk)
    assert reply.status_code == 422
    assert "canaryword" not in reply.content.decode()
    # Too short, and in another's name: neither opens it.
    send(client, thread, "Two words.")
    published(thread, bob)
    assert "canaryword" not in everything_of(client, thread, posts)
    send(client, thread)
    assert "canaryword" in page_of(client, thread)
    assert "canaryword" in everything_of(client, thread, posts)


def test_a_post_that_waits_or_came_back_opens_the_thread_and_one_taken_back_does_not(as_user, section, alice, bob):
    thread = with_task(section, policy=Thread.Policy.HOLD_ALL, post_first=True)
    published(thread, bob, body=CANARY)
    client = as_user(alice)
    send(client, thread)
    for state in (Post.State.HELD, Post.State.RETURNED, Post.State.HIDDEN):
        Post.objects.filter(author=alice).update(state=state, published_at=None)
        assert "canaryword" in page_of(client, thread)
    place = queries.get_place(alice, thread.pk, clock.now())
    actions.delete_post(place=place, post=Post.objects.get(author=alice), at=clock.now())
    assert "canaryword" not in page_of(client, thread)


def test_those_who_teach_see_all_at_once(as_user, section, teacher, bob):
    thread = with_task(section, post_first=True)
    published(thread, bob, body=CANARY)
    assert "canaryword" in page_of(as_user(teacher), thread)


@pytest.mark.parametrize("posts", [1, 30])
def test_the_thread_costs_no_more_queries_with_a_task(as_user, count_queries, section, alice, bob, posts):
    thread = with_task(section, post_first=True, replies=2, most_posts=9, own_words=2)
    for _each in range(posts):
        published(thread, bob)
    published(thread, alice)
    client = as_user(alice)
    page_of(client, thread)
    assert count_queries(client, reverse("classroom:thread", args=[thread.pk])) <= 8


# --- The cap ------------------------------------------------------------------------------------------------------


def test_a_student_is_told_how_many_posts_are_left_and_keeps_what_is_one_too_many(as_user, section, alice, teacher):
    thread = with_task(section, most_posts=2)
    client = as_user(alice)
    assert "You can write 2 more posts here" in page_of(client, thread)
    send(client, thread)
    assert "You can write 1 more post here" in page_of(client, thread)
    send(client, thread)
    assert "as many posts as this thread takes" in page_of(client, thread)
    reply = send(client, thread, "A third one.")
    assert reply.status_code == 422
    assert "A third one." in reply.content.decode()
    place = queries.get_place(alice, thread.pk, clock.now())
    actions.delete_post(place=place, post=Post.objects.first(), at=clock.now())
    assert send(client, thread, "A third one.").status_code == 302
    for _each in range(3):
        assert send(as_user(teacher), thread).status_code == 302


# --- Set, and changed later ---------------------------------------------------------------------------------------

OPTIONS = {
    "opens_at": "2026-03-02T09:00",
    "first_due_at": "2026-03-03T16:00",
    "due_at": "2026-03-06T16:00",
    "thread-together": "all",
    "thread-names": "pseudonym",
    "thread-policy": "hold-all",
    "thread-own_words": "40",
    "thread-replies": "2",
    "thread-post_first": "on",
    "thread-most_posts": "6",
    "thread-edit_minutes": "5",
}


def assign(client, section, **fields):
    prompt = factories.make_prompt(factories.make_film())
    address = f"{reverse('classroom:assign', args=[section.pk])}?what=thread:{prompt.pk}"
    assert "Due first: a post of one&#x27;s own" in client.get(address).content.decode()
    return client.post(address, OPTIONS | fields)


def test_a_task_is_set_with_the_thread_and_with_two_due_times(as_user, section, teacher):
    assert assign(as_user(teacher), section).status_code == 302
    thread = Thread.objects.select_related("assignment__talk_task").get()
    task = thread.assignment.talk_task
    assert (task.own_words, task.replies, task.post_first, task.most_posts) == (40, 2, True, 6)
    assert thread.edit_minutes == 5
    local = [each.astimezone(section.zone) for each in (thread.assignment.first_due_at, thread.assignment.due_at)]
    assert [f"{each:%a %H:%M}" for each in local] == ["Tue 16:00", "Fri 16:00"]


def test_a_plain_thread_asks_for_one_post_and_no_more(as_user, section, teacher):
    left = {
        name: "" for name in OPTIONS if name not in ("opens_at", "thread-together", "thread-names", "thread-policy")
    }
    sent = {name: value for name, value in (OPTIONS | left).items() if name != "thread-post_first"}
    prompt = factories.make_prompt(factories.make_film())
    as_user(teacher).post(f"{reverse('classroom:assign', args=[section.pk])}?what=thread:{prompt.pk}", sent)
    thread = Thread.objects.select_related("assignment__talk_task").get()
    assert (
        thread.assignment.talk_task.own_words,
        thread.assignment.talk_task.replies,
        thread.assignment.talk_task.post_first,
    ) == (1, 0, False)
    assert (thread.assignment.talk_task.most_posts, thread.edit_minutes) == (None, 15)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"thread-most_posts": "2"}, "nobody could write one of their own and all the replies"),
        ({"first_due_at": "2026-03-07T16:00"}, "That is later than the whole is due."),
        ({"first_due_at": "2026-03-01T16:00"}, "It would be due before it opens."),
        ({"thread-own_words": "0"}, "greater than or equal to 1"),
    ],
)
def test_a_task_that_cannot_be_done_is_refused_with_a_reason(as_user, section, teacher, wrong, told):
    reply = assign(as_user(teacher), section, **wrong)
    assert reply.status_code == 422
    assert told in reply.content.decode()
    assert not Assignment.objects.exists()


def change(client, thread, revision, **fields):
    sent = {"own_words": "3", "replies": "0", "most_posts": "", "revision": revision, **fields}
    return client.post(reverse("classroom:thread_task", args=[thread.pk]), sent)


def test_a_changed_task_counts_anew_what_is_written(as_user, section, alice, teacher):
    thread = with_task(section, own_words=40)
    published(thread, alice, body=FIVE)
    assert work_of(thread, alice).state is WorkState.UNDER_WAY
    client = as_user(teacher)
    assert "Change what is asked" in page_of(client, thread)
    assert change(client, thread, 1).status_code == 302
    assert work_of(thread, alice).state is WorkState.DONE
    assert Task.objects.get().revision == 2
    # The same again is no change, from whatever page.
    assert change(client, thread, 1).status_code == 302
    assert Task.objects.get().revision == 2


def test_who_saves_over_a_change_unseen_is_told_both(as_user, section, teacher):
    thread = with_task(section)
    client = as_user(teacher)
    change(client, thread, 1, own_words="7")
    reply = change(client, thread, 1, own_words="9")
    assert reply.status_code == 409
    assert "yours 9, kept 7" in reply.content.decode()
    assert change(client, thread, 2, own_words="9").status_code == 302
    assert Task.objects.get().own_words == 9


def test_a_thread_without_a_row_of_its_own_can_be_given_a_task(as_user, section, teacher):
    thread = factories.make_thread(section)
    assert change(as_user(teacher), thread, 0).status_code == 302
    assert (Task.objects.get().own_words, Task.objects.get().revision) == (3, 1)
