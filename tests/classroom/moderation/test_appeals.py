"""An author appeals once; somebody else answers once; upheld, the post is back; rejected, a rule says why."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from classroom.audit.models import AuditEvent
from classroom.discussions.models import Decision, Post, PostAppeal, Thread
from classroom.people.models import Role
from tests import factories

pytestmark = pytest.mark.django_db
QUEUE = "/moderation/?kind=appeal"
BODY = "The keeper was a fool, and the canary knew."


@pytest.fixture
def thread(section) -> Thread:
    return factories.make_thread(section, policy=Thread.Policy.REVIEW_AFTER)


@pytest.fixture
def ravi(section):
    user = factories.make_user("Ravi")
    factories.add_member(section, user, Role.ASSISTANT)
    return user


@pytest.fixture
def rule(thread):
    return factories.make_guideline(thread.prompt.film)


def decided(as_user, teacher, alice, thread, rule, act: str = "post_hide", **fields: str) -> Decision:
    state = Post.State.HELD if act == "post_return" else Post.State.PUBLISHED
    post = factories.make_post(thread, alice, body=BODY, state=state)
    sent = {"rule": rule.pk, "reason": "“Fool” is about a person.", "revision": 1, **fields}
    as_user(teacher).post(reverse(f"classroom:{act}", args=[post.pk]), sent)
    return Decision.objects.get(post=post)


def decision_url(decision: Decision) -> str:
    return reverse("classroom:decision", args=[decision.pk])


def appeal_url(decision: Decision) -> str:
    return reverse("classroom:decision_appeal", args=[decision.pk])


def appeal(as_user, alice, decision: Decision, words: str = "The keeper is in the film.") -> PostAppeal:
    as_user(alice).post(appeal_url(decision), {"words": words})
    return PostAppeal.objects.get(decision=decision)


def answer_url(made: PostAppeal) -> str:
    return reverse("classroom:post_appeal_answer", args=[made.pk])


def test_the_author_reads_the_rule_the_reason_and_the_words_that_it_is_about(
    as_user, teacher, alice, bob, thread, rule
):
    found = decided(as_user, teacher, alice, thread, rule, about="a  FOOL")
    assert found.about == "a fool"
    shown = as_user(alice).get(decision_url(found)).content.decode()
    assert "<mark>a fool</mark>" in shown
    assert rule.title in shown
    assert rule.text in shown
    assert "“Fool” is about a person." in shown
    in_thread = as_user(alice).get(reverse("classroom:thread", args=[thread.pk])).content.decode()
    assert "<mark>a fool</mark>" in in_thread
    assert decision_url(found) in in_thread
    assert as_user(bob).get(decision_url(found)).status_code == 404


def test_words_that_are_not_in_the_post_are_not_what_a_decision_is_about(as_user, teacher, alice, thread, rule):
    post = factories.make_post(thread, alice, body=BODY)
    sent = {"rule": rule.pk, "reason": "So.", "revision": 1, "about": "a knave"}
    reply = as_user(teacher).post(reverse("classroom:post_return", args=[post.pk]), sent)
    assert reply.status_code == 422
    assert "These words are not in the post." in reply.content.decode()
    assert not Decision.objects.exists()


def test_the_form_begins_with_what_the_screening_has_found(as_user, teacher, alice, thread, rule):
    found = {"start": 13, "end": 19, "kind": "word", "action": "hold", "entry": "fool"}
    post = factories.make_post(thread, alice, body=BODY, matches=[found])
    form = as_user(teacher).get(reverse("classroom:post_return", args=[post.pk])).context["form"]
    assert form["about"].value() == BODY[13:19]


@pytest.mark.parametrize("act", ["post_return", "post_hide", "post_remove"])
def test_an_upheld_appeal_shows_the_post_to_the_class_as_it_was(as_user, teacher, ravi, alice, bob, thread, rule, act):
    found = decided(as_user, teacher, alice, thread, rule, act)
    made = appeal(as_user, alice, found)
    told = as_user(ravi).get(reverse("classroom:notices")).content.decode()
    assert "Somebody has appealed against a decision" in told
    assert "canary" not in told
    assert "1 appeal waits for you" in as_user(ravi).get(reverse("classroom:home")).content.decode()
    as_user(ravi).post(answer_url(made), {"outcome": "upheld", "words": "You are right."})
    made.refresh_from_db()
    assert (made.outcome, made.answered_by, made.by_the_same) == ("upheld", ravi, False)
    assert BODY in as_user(bob).get(reverse("classroom:thread", args=[thread.pk])).content.decode()
    assert "Your appeal about a post" in as_user(alice).get(reverse("classroom:notices")).content.decode()
    assert "You are right." in as_user(alice).get(decision_url(found)).content.decode()
    kinds = list(Decision.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == [found.kind, Decision.Kind.APPROVED]


def test_a_rejected_appeal_cites_a_rule_and_says_why(as_user, teacher, ravi, alice, thread, rule):
    found = decided(as_user, teacher, alice, thread, rule)
    made = appeal(as_user, alice, found)
    reply = as_user(ravi).post(answer_url(made), {"outcome": "rejected", "words": "", "rule": ""})
    assert reply.status_code == 422
    as_user(ravi).post(answer_url(made), {"outcome": "rejected", "words": "Still a person.", "rule": rule.pk})
    made.refresh_from_db()
    assert (made.outcome, made.rule) == ("rejected", rule)
    shown = as_user(alice).get(decision_url(found)).content.decode()
    assert "Still a person." in shown
    assert "Ravi" in shown
    assert Post.objects.get().state == Post.State.HIDDEN
    assert AuditEvent.objects.filter(kind=AuditEvent.Kind.POST_APPEAL_ANSWERED).count() == 1


def test_whoever_has_decided_does_not_answer_where_somebody_else_can(as_user, teacher, ravi, alice, thread, rule):
    made = appeal(as_user, alice, decided(as_user, teacher, alice, thread, rule))
    assert "appeal waits" not in as_user(teacher).get(reverse("classroom:home")).content.decode()
    assert "Nothing waits for you." in as_user(teacher).get(QUEUE).content.decode()
    assert "somebody else answers" in as_user(teacher).get(answer_url(made)).content.decode()
    as_user(teacher).post(answer_url(made), {"outcome": "upheld"})
    made.refresh_from_db()
    assert made.outcome == "open"


def test_a_moderator_who_is_alone_answers_and_the_author_is_told_so(as_user, teacher, alice, thread, rule):
    found = decided(as_user, teacher, alice, thread, rule)
    assert "Your class has one moderator" in as_user(alice).get(decision_url(found)).content.decode()
    made = appeal(as_user, alice, found)
    assert "you answer yourself" in as_user(teacher).get(answer_url(made)).content.decode()
    as_user(teacher).post(answer_url(made), {"outcome": "upheld"})
    made.refresh_from_db()
    assert made.by_the_same
    assert "who has also made the decision" in as_user(alice).get(decision_url(found)).content.decode()


def test_a_decision_is_appealed_once(as_user, teacher, alice, thread, rule):
    found = decided(as_user, teacher, alice, thread, rule)
    appeal(as_user, alice, found)
    appeal(as_user, alice, found, words="And again.")
    assert PostAppeal.objects.get().words == "The keeper is in the film."


def test_the_second_to_answer_is_told_and_changes_nothing(as_user, teacher, ravi, alice, section, thread, rule):
    third = factories.make_user("Tom")
    factories.add_member(section, third, Role.ASSISTANT)
    made = appeal(as_user, alice, decided(as_user, teacher, alice, thread, rule))
    as_user(ravi).post(answer_url(made), {"outcome": "upheld"})
    second = as_user(third).post(answer_url(made), {"outcome": "rejected", "words": "I say no.", "rule": rule.pk})
    told = second.content.decode()
    assert second.status_code == 409
    assert "Somebody has answered this appeal already." in told
    assert "upheld: the post is shown again" in told
    assert "I say no." in told
    made.refresh_from_db()
    assert (made.outcome, made.answered_by) == ("upheld", ravi)


def test_whoever_mends_the_post_lets_the_appeal_go(as_user, teacher, ravi, alice, thread, rule):
    made = appeal(as_user, alice, decided(as_user, teacher, alice, thread, rule, "post_return"))
    post = Post.objects.get()
    as_user(alice).post(reverse("classroom:post_edit", args=[post.pk]), {"body": "The keeper erred.", "revision": 2})
    assert "appeal waits" not in as_user(ravi).get(reverse("classroom:home")).content.decode()
    assert "nothing left to answer" in as_user(alice).get(decision_url(made.decision)).content.decode()
    reply = as_user(ravi).post(answer_url(made), {"outcome": "upheld"})
    assert reply.status_code == 409
    assert "The post has changed since" in reply.content.decode()
    made.refresh_from_db()
    assert made.outcome == "open"


def test_what_has_moved_on_is_not_appealed_and_what_was_typed_is_kept(as_user, teacher, alice, thread, rule):
    found = decided(as_user, teacher, alice, thread, rule, "post_return")
    post = Post.objects.get()
    as_user(alice).post(reverse("classroom:post_edit", args=[post.pk]), {"body": "The keeper erred.", "revision": 2})
    assert "no longer open to appeal" in as_user(alice).get(decision_url(found)).content.decode()
    reply = as_user(alice).post(appeal_url(found), {"words": "I was right before."})
    assert reply.status_code == 409
    assert "I was right before." in reply.content.decode()
    assert not PostAppeal.objects.exists()


def test_what_an_appeal_has_brought_back_is_not_taken_back_in_passing(as_user, teacher, ravi, alice, thread, rule):
    made = appeal(as_user, alice, decided(as_user, teacher, alice, thread, rule))
    as_user(ravi).post(answer_url(made), {"outcome": "upheld"})
    restored = Decision.objects.get(kind=Decision.Kind.APPROVED)
    as_user(ravi).post(reverse("classroom:decision_undo", args=[restored.pk]))
    assert Post.objects.get().state == Post.State.PUBLISHED


def test_classmates_strangers_and_the_author_have_no_part_in_the_answer(
    as_user, teacher, ravi, alice, bob, charlie, thread, rule
):
    found = decided(as_user, teacher, alice, thread, rule)
    made = appeal(as_user, alice, found)
    for person in (alice, bob, charlie, factories.make_teacher("Omar")):
        assert as_user(person).get(answer_url(made)).status_code == 404
    assert as_user(ravi).post(appeal_url(found), {"words": "Mine."}).status_code == 404


def test_the_database_keeps_no_rejection_without_a_rule(as_user, teacher, alice, thread, rule):
    made = appeal(as_user, alice, decided(as_user, teacher, alice, thread, rule))
    with pytest.raises(IntegrityError), transaction.atomic():
        PostAppeal.objects.filter(pk=made.pk).update(outcome="rejected", answered_at=factories.NOW)
