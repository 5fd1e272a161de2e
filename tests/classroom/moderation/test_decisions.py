"""A post is decided on once, by somebody else than its author, with a rule and a reason where it is against it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse

from classroom.audit.models import AuditEvent
from classroom.common import clock
from classroom.discussions.models import Decision, Guideline, Post, Thread
from classroom.discussions.queries import unseen_decisions
from classroom.moderation import actions, queries
from classroom.people.models import Role, User
from tests import factories

pytestmark = pytest.mark.django_db


def at(name: str, post: Post) -> str:
    return reverse(f"classroom:{name}", args=[post.pk])


def thread_of(post: Post) -> str:
    return reverse("classroom:thread", args=[post.thread_id])


def against(rule: Guideline, revision: int = 1, **fields: str) -> dict[str, object]:
    return {"rule": rule.pk, "reason": "“Rude” is about a person.", "revision": revision, **fields}


def published(thread: Thread, author: User, **fields: object) -> Post:
    return factories.make_post(thread, author, state=Post.State.PUBLISHED, **fields)


def test_approving_publishes_with_a_decision_and_a_line_in_the_log(as_user, teacher, bob, held):
    reply = as_user(teacher).post(at("post_approve", held), {"revision": 1})
    assert reply.url == reverse("classroom:moderation")
    held.refresh_from_db()
    assert held.state == Post.State.PUBLISHED
    decision = Decision.objects.get()
    assert (decision.kind, decision.by, decision.text, decision.revision) == ("approved", teacher, "A rude word.", 1)
    assert AuditEvent.objects.get(kind=AuditEvent.Kind.POST_APPROVED).subject_id == held.pk
    assert "A rude word." in as_user(bob).get(thread_of(held)).content.decode()


def test_a_returned_post_is_mended_sent_again_and_published(as_user, teacher, alice, bob, held, rule):
    as_user(teacher).post(at("post_return", held), against(rule))
    page = as_user(alice).get(thread_of(held)).content.decode()
    assert rule.title in page
    assert "“Rude” is about a person." in page
    assert "Tess" in page
    sent = as_user(alice).post(at("post_edit", held), {"body": "A kind word.", "revision": 2})
    assert sent.url == at("post", held)
    held.refresh_from_db()
    assert (held.state, held.body, held.revision) == (Post.State.HELD, "A kind word.", 3)
    assert Decision.objects.get().text == "A rude word."
    as_user(teacher).post(at("post_approve", held), {"revision": 3})
    page = as_user(bob).get(thread_of(held)).content.decode()
    assert "A kind word." in page
    assert "Rude" not in page


def test_the_same_text_is_not_sent_again_unmended(as_user, teacher, alice, held, rule):
    as_user(teacher).post(at("post_return", held), against(rule))
    reply = as_user(alice).post(at("post_edit", held), {"body": held.body, "revision": 2})
    assert reply.status_code == 422
    assert "This is the text that was returned." in reply.content.decode()


@pytest.mark.parametrize("missing", ["rule", "reason"])
def test_nothing_is_returned_without_a_rule_and_a_reason(as_user, teacher, held, rule, missing):
    reply = as_user(teacher).post(at("post_return", held), {**against(rule), missing: ""})
    assert reply.status_code == 422
    assert not Decision.objects.exists()
    if missing == "rule":
        assert "“Rude” is about a person." in reply.content.decode()


def test_only_a_rule_of_the_film_can_be_named(as_user, teacher, held, rule):
    foreign = factories.make_guideline(factories.make_film("another-film"))
    assert as_user(teacher).post(at("post_return", held), against(foreign)).status_code == 422


def test_a_published_post_is_hidden_with_a_reason_and_can_be_shown_again(as_user, teacher, alice, bob, thread, rule):
    post = published(thread, alice, body="Too far.")
    shown_first = post.published_at
    as_user(teacher).post(at("post_hide", post), against(rule, back="thread"))
    assert "Too far." not in as_user(bob).get(thread_of(post)).content.decode()
    assert "a teacher has hidden it" in as_user(alice).get(thread_of(post)).content.decode()
    reply = as_user(teacher).post(at("post_approve", post), {"revision": 2, "back": "thread"})
    assert reply.url == at("post", post)
    post.refresh_from_db()
    assert (post.state, post.published_at) == (Post.State.PUBLISHED, shown_first)


def test_the_second_moderator_is_told_by_whom_it_was_decided(as_user, teacher, section, held, rule):
    ravi = factories.make_user("Ravi")
    factories.add_member(section, ravi, Role.ASSISTANT)
    as_user(ravi).post(at("post_approve", held), {"revision": 1})
    reply = as_user(teacher).post(at("post_hide", held), against(rule))
    second = reply.content.decode()
    assert reply.status_code == 409
    assert "Ravi has already decided on this post: approved. Nothing was changed." in second
    assert "“Rude” is about a person." in second
    again = as_user(ravi).post(at("post_approve", held), {"revision": 1}, follow=True).content.decode()
    assert "You had already decided on this post: approved." in again
    assert Decision.objects.count() == 1
    # Who has read that can go on to hide what the colleague has let through.
    sent_again = reply.context["form"]["revision"].value()
    assert as_user(teacher).post(at("post_hide", held), against(rule, int(sent_again))).status_code == 302
    assert Post.objects.get().state == Post.State.HIDDEN


def test_nobody_approves_a_text_that_they_have_not_read(as_user, teacher, alice, held):
    as_user(alice).post(at("post_edit", held), {"body": "Something else altogether.", "revision": 1})
    reply = as_user(teacher).post(at("post_approve", held), {"revision": 1}, follow=True)
    assert "This post has changed since you opened the page." in reply.content.decode()
    held.refresh_from_db()
    assert held.state == Post.State.HELD
    assert as_user(teacher).post(at("post_approve", held), {}).status_code == 302
    assert not Decision.objects.exists()


def test_a_reason_is_kept_when_the_post_changed_while_it_was_written(as_user, teacher, alice, held, rule):
    as_user(alice).post(at("post_edit", held), {"body": "Other words.", "revision": 1})
    reply = as_user(teacher).post(at("post_return", held), against(rule))
    page = reply.content.decode()
    assert reply.status_code == 409
    assert "“Rude” is about a person." in page
    assert "Other words." in page
    assert reply.context["form"]["revision"].value() == "2"


def test_a_stale_change_overwrites_nothing_and_loses_nothing(as_user, alice, held):
    client = as_user(alice)
    client.post(at("post_edit", held), {"body": "From the first window.", "revision": 1})
    reply = client.post(at("post_edit", held), {"body": "From the second.", "revision": 1})
    assert reply.status_code == 409
    page = reply.content.decode()
    assert "From the first window." in page
    assert "From the second." in page
    held.refresh_from_db()
    assert held.body == "From the first window."
    again = client.post(at("post_edit", held), {"body": "From the second.", "revision": 2})
    assert again.status_code == 302


def test_a_change_that_comes_after_the_decision_is_not_saved_and_not_lost(as_user, teacher, alice, held):
    as_user(teacher).post(at("post_approve", held), {"revision": 1})
    reply = as_user(alice).post(at("post_edit", held), {"body": "I meant this.", "revision": 1})
    assert reply.status_code == 409
    assert "I meant this." in reply.content.decode()
    held.refresh_from_db()
    assert held.body == "A rude word."


def test_nobody_decides_on_their_own_post(as_user, teacher, thread, rule):
    own = published(thread, teacher)
    assert as_user(teacher).post(at("post_hide", own), against(rule)).status_code == 404
    with pytest.raises(actions.OwnPost):
        actions.approve_post(post=own, revision=1, by=teacher, at=factories.NOW)


def test_the_author_is_told_once_of_each_decision(as_user, teacher, alice, held):
    assert unseen_decisions(alice) == []
    as_user(teacher).post(at("post_approve", held), {"revision": 1})
    assert [each.post_id for each in unseen_decisions(alice)] == [held.pk]
    assert "is approved: the class can read it." in as_user(alice).get(reverse("classroom:home")).content.decode()
    assert "A teacher has approved this post" in as_user(alice).get(thread_of(held)).content.decode()
    assert unseen_decisions(alice) == []
    assert "A teacher has approved this post" not in as_user(alice).get(thread_of(held)).content.decode()


def test_a_classmate_or_teacher_who_looks_leaves_the_notice_for_the_author(as_user, teacher, alice, bob, held):
    as_user(teacher).post(at("post_approve", held), {"revision": 1})
    as_user(bob).get(thread_of(held))
    as_user(teacher).get(thread_of(held))
    assert len(unseen_decisions(alice)) == 1


def test_the_queue_holds_what_waits_in_ones_own_classes_longest_first(as_user, teacher, alice, charlie, thread):
    now = clock.now()
    elsewhere = factories.make_section(teacher=factories.make_teacher("Omar"), students=(charlie,))
    factories.make_post(factories.make_thread(elsewhere), charlie, body="Not yours.")
    factories.make_post(thread, alice, body="Newer.", created_at=now - timedelta(hours=2))
    factories.make_post(thread, alice, body="Older.", created_at=now - timedelta(days=3))
    published(thread, alice, body="Done.")
    page = as_user(teacher).get(reverse("classroom:moderation")).content.decode()
    assert page.index("Older.") < page.index("Newer.")
    assert "waiting for 3\xa0days" in page
    assert "Not yours." not in page
    assert "Done." not in page
    assert queries.held_count(teacher) == 2


def test_a_mended_post_waits_since_it_was_sent_again(as_user, teacher, alice, thread):
    now = clock.now()
    factories.make_post(
        thread, alice, body="Mended.", created_at=now - timedelta(days=3), edited_at=now - timedelta(hours=1)
    )
    factories.make_post(thread, alice, body="Fresh.", created_at=now - timedelta(days=1))
    page = as_user(teacher).get(reverse("classroom:moderation")).content.decode()
    assert page.index("Fresh.") < page.index("Mended.")


def test_the_queue_shows_fifty_at_a_time(as_user, teacher, alice, thread):
    for _post in range(51):
        factories.make_post(thread, alice)
    client, queue = as_user(teacher), reverse("classroom:moderation")
    assert len(client.get(queue).context["rows"]) == 50
    assert len(client.get(queue, {"page": 2}).context["rows"]) == 1


@pytest.mark.parametrize("name", ["thread", "moderation"])
def test_a_page_costs_the_same_with_one_post_and_with_three(count_queries, as_user, teacher, alice, thread, name):
    path = reverse("classroom:moderation") if name == "moderation" else reverse("classroom:thread", args=[thread.pk])
    first = factories.make_post(thread, alice, state=Post.State.HELD)
    client = as_user(teacher)
    client.get(path)
    with_one = count_queries(client, path)
    for number in range(2):
        student = factories.make_user(f"Student {number}")
        factories.add_member(thread.assignment.section, student)
        factories.make_post(thread, student, state=Post.State.HELD, parent=first)
    assert count_queries(client, path) == with_one
    assert with_one <= 8


def test_a_student_pays_the_same_for_one_post_and_for_three(count_queries, as_user, alice, bob, thread, teacher):
    published(thread, bob)
    client, path = as_user(alice), reverse("classroom:thread", args=[thread.pk])
    client.get(path)
    with_one = count_queries(client, path)
    for _post in range(2):
        published(thread, bob)
        factories.make_post(thread, alice, state=Post.State.RETURNED)
    assert count_queries(client, path) == with_one


WHO_GETS_IN = {
    # address: (method, those who get in)
    "thread": ("get", {"alice", "bob", "assistant", "teacher"}),
    "assignment_thread": ("get", {"alice", "bob", "assistant", "teacher"}),
    "post_new": ("post", {"alice", "bob", "assistant", "teacher"}),
    "post_edit": ("get", {"alice"}),
    "post_approve": ("post", {"assistant", "teacher"}),
    "post_return": ("get", {"assistant", "teacher"}),
    "post_hide": ("get", {"assistant", "teacher"}),
    "moderation": ("get", {"assistant", "teacher", "other_teacher"}),
    "rules": ("get", {"alice", "bob", "charlie", "assistant", "teacher", "other_teacher", "admin"}),
    "prompts": ("get", {"teacher", "other_teacher"}),
    "prompt": ("get", {"teacher", "other_teacher"}),
}


@pytest.mark.parametrize("name", WHO_GETS_IN)
def test_who_gets_in_is_told_by_a_table(  # trust 13
    as_user, client, teacher, alice, bob, charlie, section, held, name
):
    people = {"alice": alice, "bob": bob, "charlie": charlie, "teacher": teacher}
    people["assistant"] = factories.make_user("Ravi")
    factories.add_member(section, people["assistant"], Role.ASSISTANT)
    people["other_teacher"] = factories.make_teacher("Omar")
    factories.make_section(teacher=people["other_teacher"], students=(charlie,))
    people["admin"] = factories.make_user("Root", is_staff=True, is_superuser=True)
    prompt = held.thread.prompt
    args = {
        "thread": [held.thread_id],
        "post_new": [held.thread_id],
        "assignment_thread": [held.thread.assignment_id],
        "moderation": [],
        "rules": [prompt.film.key],
        "prompts": [prompt.film.key],
        "prompt": [prompt.film.key, prompt.key],
    }
    path = reverse(f"classroom:{name}", args=args.get(name, [held.pk]))
    method, welcome = WHO_GETS_IN[name]
    found = {who for who, user in people.items() if getattr(as_user(user), method)(path).status_code != 404}
    assert found == welcome
    assert getattr(client, method)(path).url.startswith(reverse("account_login"))


@pytest.mark.django_db(transaction=True)
def test_eight_moderators_at_fifty_posts_make_one_decision_and_one_notice_each():  # trust 9
    moderators = [factories.make_teacher(f"Teacher {number}") for number in range(8)]
    alice = factories.make_user("Alice")
    section = factories.make_section(teacher=moderators[0], students=(alice,))
    for moderator in moderators[1:]:
        factories.add_member(section, moderator, Role.TEACHER)
    thread = factories.make_thread(section)
    rule = factories.make_guideline(thread.prompt.film)
    posts = [factories.make_post(thread, alice).pk for _post in range(50)]
    together = Barrier(8)

    def moderate(place: int) -> tuple[int, int]:
        """Decide on every post, every second moderator against it; how many were ours, how many another's."""
        ours, others = 0, 0
        kind = Decision.Kind.APPROVED if place % 2 else Decision.Kind.RETURNED
        refusal = {"rule": None, "reason": ""} if place % 2 else {"rule": rule, "reason": "Not to the point."}
        try:
            together.wait()
            for post_id in posts:
                post = queries.get_post_to_moderate(moderators[place], post_id)
                try:
                    actions.decide(post=post, revision=1, kind=kind, by=moderators[place], at=clock.now(), **refusal)
                    ours += 1
                except actions.AlreadyDecided as earlier:
                    others += earlier.decision.by_id != moderators[place].pk
        finally:
            connection.close()
        return ours, others

    with ThreadPoolExecutor(8) as pool:
        counts = list(pool.map(moderate, range(8)))
    assert sum(ours for ours, _others in counts) == 50
    assert sum(others for _ours, others in counts) == 350
    assert sorted(Decision.objects.values_list("post_id", flat=True)) == sorted(posts)
    assert sorted(each.post_id for each in unseen_decisions(alice)) == sorted(posts)
    events = AuditEvent.objects.filter(subject_type="classroom.post").values_list("subject_id", flat=True)
    assert sorted(events) == sorted(posts)
    outcomes = {"approved": Post.State.PUBLISHED, "returned": Post.State.RETURNED}
    for decision in Decision.objects.select_related("post"):
        assert decision.post.state == outcomes[decision.kind]
