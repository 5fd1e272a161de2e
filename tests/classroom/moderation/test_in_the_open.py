"""A class reads who decides on its posts, by which rules, and its own figures, of which none names anybody."""

from datetime import timedelta

import pytest
from django.urls import reverse

from classroom.discussions.models import Decision, Flag, Post, PostAppeal, TalkSettings, Thread
from classroom.moderation import queries
from classroom.people.models import Role
from tests import factories

pytestmark = pytest.mark.django_db
# A Monday; the week before it is over.
NOW = factories.NOW
LAST_WEEK = NOW - timedelta(days=4)


@pytest.fixture
def thread(section) -> Thread:
    return factories.make_thread(section)


@pytest.fixture
def rule(thread):
    return factories.make_guideline(thread.prompt.film)


@pytest.fixture(autouse=True)
def classmates(section):
    for number in range(4):
        factories.add_member(section, factories.make_user(f"Student {number}"))


def returned(thread, author, rule, teacher, after: timedelta = timedelta(hours=3)) -> Decision:
    post = factories.make_post(thread, author, state=Post.State.RETURNED, revision=2, created_at=LAST_WEEK)
    return Decision.objects.create(
        post=post,
        revision=1,
        kind=Decision.Kind.RETURNED,
        text=post.body,
        rule=rule,
        reason="So.",
        before={"state": "held"},
        by=teacher,
        at=LAST_WEEK + after,
    )


def address(section) -> str:
    return reverse("classroom:in_the_open", args=[section.pk])


def test_students_find_who_decides_by_which_rules_and_what_the_program_cannot_do(
    as_user, alice, teacher, section, thread, rule
):
    ravi = factories.make_user("Ravi")
    place = factories.add_member(section, ravi, Role.ASSISTANT)
    place.is_safeguarding_contact = True
    place.save()
    TalkSettings.objects.create(section=section, policy=Thread.Policy.HOLD_ALL, flags_to_hide=4)
    page = as_user(alice).get(address(section)).content.decode()
    for words in (rule.title, rule.text, "Tess", "Ravi", "safeguarding contact", "A teacher reads it first"):
        assert words in page
    assert "When 4 students have reported a post" in page
    assert "What the program cannot do" in page
    assert "shown to the safeguarding contact alone" in page


@pytest.mark.parametrize("where", ["home", "thread"])
def test_the_page_is_linked_for_students(as_user, alice, section, thread, where):
    path = reverse("classroom:home") if where == "home" else reverse("classroom:thread", args=[thread.pk])
    assert address(section) in as_user(alice).get(path).content.decode()


def test_the_page_is_linked_for_those_who_teach(as_user, teacher, section):
    page = as_user(teacher).get(reverse("classroom:section", args=[section.pk])).content.decode()
    assert address(section) in page
    assert reverse("classroom:class_flags", args=[section.pk]) in page


def test_figures_count_each_post_once_and_the_time_that_half_of_them_waited(alice, teacher, section, thread, rule):
    hours = [1, 2, 3, 40, 50]
    for each in hours:
        returned(thread, alice, rule, teacher, timedelta(hours=each))
    for _number in range(5):
        factories.make_post(thread, alice, state=Post.State.PUBLISHED, created_at=LAST_WEEK)
    found = queries.figures_of(section, NOW)
    assert (found.posts, found.held, found.returned, found.taken_down) == (10, 5, 5, 0)
    assert found.time_to_decision == timedelta(hours=3)


def test_a_small_number_is_not_given_nor_one_that_leaves_it(alice, bob, teacher, section, thread, rule):
    for _number in range(6):
        decision = returned(thread, alice, rule, teacher)
        PostAppeal.objects.create(decision=decision, words="No.", at=LAST_WEEK)
    for _number in range(3):
        post = factories.make_post(thread, alice, state=Post.State.PUBLISHED, created_at=LAST_WEEK)
        Flag.objects.create(post=post, by=bob, text="", at=LAST_WEEK)
    PostAppeal.objects.filter(pk=PostAppeal.objects.first().pk).update(
        outcome="upheld", answered_at=LAST_WEEK, answered_by=teacher
    )
    found = queries.figures_of(section, NOW)
    # Nine posts, of which six were returned: three were not.
    assert (found.posts, found.returned) == (9, None)
    assert (found.reports, found.reports_agreed) == (None, None)
    # Six appeals, of which one was upheld.
    assert (found.appeals, found.appeals_upheld) == (6, None)


def test_the_running_week_is_not_counted(alice, teacher, section, thread, rule):
    for _number in range(5):
        returned(thread, alice, rule, teacher)
    Decision.objects.update(at=NOW)
    Post.objects.update(created_at=NOW)
    found = queries.figures_of(section, NOW + timedelta(hours=1))
    assert (found.posts, found.returned, found.time_to_decision) == (0, 0, None)


def test_a_class_of_fewer_than_five_has_no_figures(as_user, alice, section, thread):
    section.memberships.filter(user__name__startswith="Student").delete()
    assert queries.figures_of(section, NOW) is None
    assert "too small for figures" in as_user(alice).get(address(section)).content.decode()


def test_a_decision_that_was_taken_back_is_not_counted(alice, teacher, section, thread, rule):
    for _number in range(5):
        decision = returned(thread, alice, rule, teacher)
    Decision.objects.create(
        post=decision.post, revision=2, kind=Decision.Kind.UNDONE, undoes=decision, by=teacher, at=LAST_WEEK
    )
    assert queries.figures_of(section, NOW).returned is None


def test_the_page_costs_the_same_with_one_decision_and_with_three(
    count_queries, as_user, alice, teacher, section, thread, rule
):
    client = as_user(alice)
    returned(thread, alice, rule, teacher)
    client.get(address(section))
    with_one = count_queries(client, address(section))
    returned(thread, alice, rule, teacher)
    returned(thread, alice, rule, teacher)
    assert count_queries(client, address(section)) == with_one
