"""The queue: what waits in all of a moderator's classes, why, for how long, and who is at it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse

from classroom.audit.models import AuditEvent
from classroom.common import clock
from classroom.discussions.models import Concern, Decision, Post, Pseudonym, Thread
from classroom.moderation import actions, queries
from classroom.moderation.models import CLAIM_LASTS, Claim
from classroom.moderation.queue_page import history_words, pieces_of
from classroom.people.models import Role
from tests import factories

pytestmark = pytest.mark.django_db

QUEUE = "/moderation/"


def found(text: str, word: str, kind: str = "word") -> list[dict[str, object]]:
    start = text.index(word)
    return [{"start": start, "end": start + len(word), "kind": kind, "action": "hold", "entry": word.lower()}]


def page_of(client, **query: object) -> str:
    return client.get(QUEUE, query).content.decode()


# --- What stands in it --------------------------------------------------------------------------------------------


def test_it_shows_a_post_with_its_prompt_what_it_answers_and_why_it_is_here(as_user, teacher, alice, bob, thread):
    first = factories.make_post(thread, bob, state=Post.State.PUBLISHED, body="What would you have done?")
    text = "You <b>rascal</b>, ring me on 07700 900123."
    factories.make_post(
        thread, alice, body=text, parent=first, matches=[*found(text, "rascal"), *found(text, "07700 900123", "phone")]
    )

    page = page_of(as_user(teacher))

    assert thread.prompt.text in page
    assert "What would you have done?" in page
    assert "You &lt;b&gt;<mark>rascal</mark>&lt;/b&gt;, ring me on <mark>07700 900123</mark>." in page
    assert "Found: the watched word “rascal”." in page
    assert "Found: telephone number." in page


def test_matches_that_overlap_are_marked_once(thread, alice):
    text = "write to ann@example.com"
    matches = [*found(text, "ann@example.com", "email"), *found(text, "example.com", "link")]
    pieces = pieces_of(factories.make_post(thread, alice, body=text, matches=matches))

    assert [(each.text, each.found) for each in pieces] == [("write to ", False), ("ann@example.com", True)]


def test_a_post_without_a_match_says_which_policy_holds_it(as_user, teacher, held):
    assert "Every post in this thread waits for approval." in page_of(as_user(teacher))

    Thread.objects.update(policy=Thread.Policy.HOLD_FIRST)
    assert "One of its author&#x27;s first posts: these wait for approval." in page_of(as_user(teacher))


def test_it_is_narrowed_down_by_class_and_by_kind_and_says_how_many_there_are(as_user, teacher, alice, section, held):
    other = factories.make_section(teacher=teacher, students=(alice,), name="Year 9")
    text = "Mild word."
    factories.make_post(
        factories.make_thread(other), alice, body=text, state=Post.State.PUBLISHED, to_review=True,
        matches=found(text, "Mild"),
    )  # fmt: skip
    client = as_user(teacher)

    whole = page_of(client)
    assert "A rude word." in whole
    assert "<mark>Mild</mark> word." in whole
    assert "2 posts wait for a teacher" in whole
    assert "Year 9 (1)" in whole
    assert "reported by readers, or to be looked at (1)" in whole
    assert "A rude word." not in page_of(client, **{"class": other.pk})
    assert "Mild" not in page_of(client, kind="held")
    assert "Nothing waits for you." in page_of(client, kind="held", **{"class": other.pk})


@pytest.mark.parametrize("query", ["kind=nonsense", "class=x", "class=99999999999999999999", "class=²"])
def test_an_address_that_asks_for_what_cannot_be_is_not_found(as_user, teacher, held, query):
    assert as_user(teacher).get(f"{QUEUE}?{query}").status_code == 404


def test_another_teachers_class_cannot_be_asked_for(as_user, held, section):
    omar = factories.make_teacher("Omar")
    assert "A rude word." not in page_of(as_user(omar), **{"class": section.pk})


def test_what_sounds_as_if_somebody_were_in_danger_stands_first(as_user, teacher, ravi, alice, thread):
    now = clock.now()
    factories.make_post(thread, alice, body="An old post.", created_at=now - timedelta(days=2))
    post = factories.make_post(thread, alice, body="Words of despair.", created_at=now)
    concern = Concern.objects.create(post=post, revision=1, text=post.body, at=now)
    link = reverse("classroom:concern", args=[concern.pk])

    page = page_of(as_user(teacher))
    assert page.index("Words of despair.") < page.index("An old post.")
    assert link in page
    seen_by_assistant = page_of(as_user(ravi))
    assert link not in seen_by_assistant
    assert "The teachers of the class have been told." in seen_by_assistant

    actions.take_care(concern=concern, by=teacher, at=now)
    page = page_of(as_user(teacher))
    assert page.index("An old post.") < page.index("Words of despair.")


def test_a_published_post_that_was_left_as_it_is_leaves_the_queue_and_stays_published(
    as_user, teacher, alice, bob, thread
):
    text = "Mild word."
    post = factories.make_post(
        thread, alice, body=text, state=Post.State.PUBLISHED, to_review=True, matches=found(text, "Mild")
    )
    as_user(teacher).post(reverse("classroom:post_keep", args=[post.pk]), {"revision": 1})

    assert "Nothing waits for you." in page_of(as_user(teacher))
    assert text in as_user(bob).get(reverse("classroom:thread", args=[thread.pk])).content.decode()
    assert AuditEvent.objects.filter(kind=AuditEvent.Kind.POST_KEPT).count() == 1
    assert "Mild" not in as_user(alice).get(reverse("classroom:notices")).content.decode()


# --- Its author in figures, under the names policy ------------------------------------------------------------------


def test_the_authors_history_is_told_in_figures_by_class(as_user, teacher, alice, section, thread, rule):
    for _each in range(2):
        post = factories.make_post(thread, alice)
        actions.decide(
            post=post, revision=1, kind=Decision.Kind.RETURNED, rule=rule, reason="No.", by=teacher, at=clock.now()
        )
    elsewhere = factories.make_section(teacher=teacher, students=(alice,), name="Year 9")
    factories.make_post(factories.make_thread(elsewhere), alice, body="Elsewhere.")
    factories.make_post(thread, alice, body="The third.")

    page = page_of(as_user(teacher), **{"class": section.pk})
    assert "3 posts in this class, 2 returned" in " ".join(page.split())
    assert "1 post in this class" in page_of(as_user(teacher), **{"class": elsewhere.pk})


def test_figures_of_a_sealed_thread_and_of_others_are_never_added_up(as_user, teacher, alice, section, thread, rule):
    sealed = factories.make_thread(
        section, names=Thread.Names.SEALED, assignment=factories.make_assignment(section, "thread", title="Sealed")
    )
    Pseudonym.objects.create(thread=sealed, user=alice, name="Calm Heron")
    inside = factories.make_post(sealed, alice, body="Under seal.")
    returned = factories.make_post(sealed, alice, body="Under seal, too.")
    actions.decide(
        post=returned, revision=1, kind=Decision.Kind.RETURNED, rule=rule, reason="No.", by=teacher, at=clock.now()
    )
    outside = factories.make_post(thread, alice, body="Under her name.")

    found = queries.history_of([*queries.waiting_posts(teacher, queries.Asked())])

    assert history_words(found[inside.pk], sealed=True) == ["2 posts in this thread", "1 returned"]
    assert history_words(found[outside.pk], sealed=False) == ["1 post in this class"]
    rows = {row.id: row for row in as_user(teacher).get(QUEUE).context["rows"]}
    assert rows[inside.pk].byline.name == "Calm Heron"
    assert "Alice" not in repr(rows[inside.pk])


def test_of_a_sealed_post_the_age_is_told_in_days_alone(as_user, teacher, alice, section, thread):
    Thread.objects.update(names=Thread.Names.SEALED)
    factories.make_post(thread, alice, created_at=clock.now() - timedelta(hours=3))
    page = page_of(as_user(teacher))

    assert "waiting for less than a day" in page
    assert "3\xa0hours" not in page


# --- Claims ---------------------------------------------------------------------------------------------------------


def test_a_claim_is_seen_by_the_others_until_it_lapses(as_user, teacher, ravi, held):
    as_user(ravi).post(reverse("classroom:post_claim", args=[held.pk]))

    assert "Ravi has been at this post for" in page_of(as_user(teacher))
    assert "You have been at this post for" in page_of(as_user(ravi))
    assert AuditEvent.objects.get(kind=AuditEvent.Kind.POST_CLAIMED).by == ravi
    second = as_user(teacher).post(reverse("classroom:post_claim", args=[held.pk]), follow=True).content.decode()
    assert "Ravi is at this post already." in second

    Claim.objects.update(at=clock.now() - CLAIM_LASTS)
    assert "has been at this post for" not in page_of(as_user(teacher))
    as_user(teacher).post(reverse("classroom:post_claim", args=[held.pk]))
    assert Claim.objects.get().by == teacher


def test_who_is_no_longer_at_a_post_leaves_it_to_the_others_and_nobody_can_for_them(as_user, teacher, ravi, held):
    path = reverse("classroom:post_claim", args=[held.pk])
    as_user(ravi).post(path)
    as_user(teacher).post(path, {"release": "1"})
    assert Claim.objects.exists()
    as_user(ravi).post(path, {"release": "1"})
    assert not Claim.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_claim_a_post_at_once_one_has_it():
    moderators = [factories.make_teacher(f"Teacher {number}") for number in range(8)]
    alice = factories.make_user("Alice")
    section = factories.make_section(teacher=moderators[0], students=(alice,))
    for moderator in moderators[1:]:
        factories.add_member(section, moderator, Role.TEACHER)
    post = factories.make_post(factories.make_thread(section), alice)
    together = Barrier(8)

    def claim(place: int) -> str:
        try:
            together.wait()
            actions.claim_post(post=post, by=moderators[place], at=clock.now())
        except actions.TakenBy as taken:
            return taken.claim.by.name
        finally:
            connection.close()
        return "mine"

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(claim, range(8)))
    assert told.count("mine") == 1
    winner = moderators[told.index("mine")]
    assert Claim.objects.get().by == winner
    assert set(told) - {"mine"} == {winner.name}


# --- What it costs --------------------------------------------------------------------------------------------------


def test_two_hundred_held_posts_cost_eight_queries_at_most(count_queries, as_user, teacher, alice, thread, rule):
    for number in range(200):
        text = f"Rascal number {number}"
        factories.make_post(thread, alice, body=text, matches=found(text, "Rascal"))
    client = as_user(teacher)
    client.get(QUEUE)
    assert count_queries(client, QUEUE) <= 8


def test_claims_concerns_decisions_and_histories_cost_no_queries_of_their_own(
    count_queries, as_user, teacher, ravi, section, thread, rule
):
    def fill(number: int) -> None:
        student = factories.make_user(f"Student {number}")
        factories.add_member(section, student)
        post, other, done = (factories.make_post(thread, student) for _each in range(3))
        actions.claim_post(post=post, by=ravi, at=clock.now())
        Concern.objects.create(post=other, revision=1, text="x", at=clock.now())
        decision = {"rule": rule, "reason": "No.", "by": ravi, "at": clock.now()}
        actions.decide(post=done, revision=1, kind=Decision.Kind.RETURNED, **decision)

    fill(1)
    client = as_user(teacher)
    client.get(QUEUE)
    with_one = count_queries(client, QUEUE)
    fill(2)
    fill(3)
    assert count_queries(client, QUEUE) == with_one


def test_an_answer_to_the_teachers_alone_comes_up_where_somebody_may_be_in_danger(as_user, teacher, alice, section):
    # trust 31
    thread = factories.make_thread(section)
    calm = factories.make_post(thread, alice, state=Post.State.PRIVATE, body="I would rather not say.")
    other = factories.make_thread(section, assignment=factories.make_assignment(section, "thread"))
    worrying = factories.make_post(other, alice, state=Post.State.PRIVATE, body="Nobody would miss me.")
    concern = Concern.objects.create(post=worrying, revision=1, text=worrying.body, at=factories.NOW)
    client = as_user(teacher)
    for address in ("", "?kind=concern"):
        page = client.get(reverse("classroom:moderation") + address).content.decode()
        assert "Nobody would miss me." in page
        assert calm.body not in page
        assert reverse("classroom:concern", args=[concern.pk]) in page
        assert reverse("classroom:private_answers", args=[other.pk]) in page
        for act in ("post_approve", "post_return", "post_hide", "post_remove", "post_mute", "post_claim"):
            assert reverse(f"classroom:{act}", args=[worrying.pk]) not in page
    assert client.post(reverse("classroom:post_remove", args=[worrying.pk])).status_code == 404
    actions.take_care(concern=concern, by=teacher, at=factories.NOW)
    assert "Nobody would miss me." not in client.get(reverse("classroom:moderation")).content.decode()
