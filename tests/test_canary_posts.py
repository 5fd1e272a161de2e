"""What a class may not read of a post is on no page, in no file and in no mail of whoever may not read it.

Every address is asked by everybody who gets anywhere, with every filter that pages have.
"""

# trust 28

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from classroom.common import clock
from classroom.discussions.models import Decision, Draft, Flag, Post, PostAppeal, PostRevision, Thread
from classroom.discussions.screened import html_of
from classroom.moderation import outcomes
from classroom.moderation.news import tell_of_waiting
from classroom.notices import actions as notices
from classroom.notices.mail import send_due
from classroom.notices.models import MailChoice
from classroom.screening.matching import Action, Kind, Match
from tests import factories
from tests.test_permission_matrix import RULES, WHO, School, school  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
NOW = factories.NOW
# One word that is in no other text, and no part of any.
CANARY = "Zaunkönigin"
# Looked for in small letters, which a page may say back.
ASKED = {"q": CANARY.lower(), "search": CANARY.lower(), "kind": "review", "reply": "1", "quote": "1", "page": "1"}
READERS = ["nobody", "bob", "charlie", "other_teacher"]


@pytest.fixture
def hidden(school: School) -> list[Post]:  # noqa: F811 - the fixture
    """Posts of Alice's in every way of not being there for Bob, in a thread that he reads."""
    alice, bob, teacher = (school.people[name] for name in ("alice", "bob", "teacher"))
    thread = Thread.objects.get(pk=school.kwargs["thread_id"]["thread_id"])
    rule = factories.make_guideline(thread.prompt.film)

    def post(state: str, **fields: object) -> Post:
        return factories.make_post(thread, alice, body=f"{CANARY} {state}", state=state, **fields)

    def decide(found: Post, kind: str) -> Decision:
        return Decision.objects.create(
            post=found,
            revision=1,
            kind=kind,
            text=found.body,
            rule=rule,
            reason=CANARY,
            about=CANARY,
            by=teacher,
            at=NOW,
        )

    held, returned = post(Post.State.HELD), post(Post.State.RETURNED, revision=2)
    flagged = post(Post.State.FLAGGED, published_at=NOW, to_review=True)
    concealed = post(Post.State.HIDDEN, published_at=NOW, revision=2)
    decide(returned, Decision.Kind.RETURNED)
    against = decide(concealed, Decision.Kind.HIDDEN)
    PostAppeal.objects.create(decision=against, words=CANARY, at=NOW)
    deleted = factories.make_post(
        thread, alice, body="", body_html="", state=Post.State.DELETED, published_at=NOW, revision=2
    )
    decide(deleted, Decision.Kind.DELETED)
    PostRevision.objects.create(
        post=deleted, revision=1, body=CANARY, body_html=CANARY, written_at=NOW, replaced_at=NOW
    )
    reported = post(Post.State.PUBLISHED, to_review=True)
    dora = factories.make_user("Dora")
    factories.add_member(school.section, dora)
    Flag.objects.create(post=reported, by=bob, reason="hurts", text=reported.body, at=NOW)
    Flag.objects.create(post=flagged, by=dora, reason="hurts", note=CANARY, text=flagged.body, at=NOW)
    masked = f"It was {CANARY}."
    found = [Match(7, 7 + len(CANARY), Kind.WORD, Action.CENSOR, CANARY)]
    censored = factories.make_post(
        thread,
        alice,
        body=masked,
        body_html=html_of(masked, found),
        matches=[each.as_json() for each in found],
        state=Post.State.PUBLISHED,
    )
    Draft.objects.create(thread=thread, user=alice, body=CANARY)
    # Bob's own words hang below them: what he is told of leads there.
    for parent in (held, returned, flagged, concealed, deleted, reported, censored):
        factories.make_post(thread, bob, body="A reply.", state=Post.State.PUBLISHED, parent=parent)
    return [held, returned, flagged, concealed, deleted, reported, censored]


def client_of(school: School, person: str) -> Client:  # noqa: F811 - not the fixture
    client = Client()
    if person in school.people:
        client.force_login(school.people[person])
    return client


def content(reply: object) -> str:
    body = b"".join(reply.streaming_content) if reply.streaming else reply.content  # type: ignore[attr-defined]
    return body.decode(errors="replace")


@pytest.mark.parametrize("person", READERS)
def test_no_address_gives_it_to_whoever_may_not_read_it(
    school: School,  # noqa: F811 - the fixture
    hidden: list[Post],
    person: str,
) -> None:
    client = client_of(school, person)
    addresses = [reverse(name, kwargs=school.kwargs.get(takes, {})) for name, (takes, _who) in WHO.items()]
    addresses = [each for each, name in zip(addresses, WHO, strict=True) if "GET" in RULES[name].methods]
    of_posts = [name for name, (takes, _who) in WHO.items() if takes.split()[:1] == ["post_id"]]
    addresses += [reverse(name, args=[post.pk]) for name in of_posts for post in hidden if "GET" in RULES[name].methods]
    addresses += [reverse("classroom:decision", args=[each]) for each in Decision.objects.values_list("pk", flat=True)]
    thread = reverse("classroom:thread", kwargs=school.kwargs["thread_id"])
    addresses += [f"{thread}?reply={post.pk}&quote=1" for post in hidden]
    for address in addresses:
        for asked in ({}, {**ASKED, "kind": ""}):
            reply = client.get(address, asked, follow=False)
            assert CANARY not in content(reply), (person, address)
            assert CANARY not in str(reply.headers), (person, address)


def test_no_mail_and_no_notice_has_it_for_anybody(school: School, hidden: list[Post]) -> None:  # noqa: F811
    thread = hidden[0].thread
    everybody = [user for name, user in school.people.items() if name != "admin"]
    for number, user in enumerate(everybody):
        user.email = f"person{number}@mail.example"
        user.save()
        MailChoice.objects.create(user=user, when=MailChoice.When.AT_ONCE)
    ids = [user.pk for user in everybody]
    subjects = {
        "reply": [post.pk for post in Post.objects.all()],
        "decided": list(Decision.objects.values_list("pk", flat=True)),
        outcomes.FLAGGED: [thread.pk],
        outcomes.SETTLED: list(Flag.objects.values_list("pk", flat=True)),
        outcomes.APPEALED: list(PostAppeal.objects.values_list("pk", flat=True)),
        outcomes.ANSWERED: list(PostAppeal.objects.values_list("pk", flat=True)),
    }
    at = clock.now()
    for kind, about in subjects.items():
        for subject in about:
            notices.tell(kind=kind, to=ids, section_id=school.section.pk, subject_id=subject, at=at)
    tell_of_waiting()
    for user in everybody:
        send_due(user.pk, at=clock.now())
    assert {each.to[0] for each in mail.outbox} >= {school.people[name].email for name in ("alice", "teacher")}
    assert not [each for each in mail.outbox if CANARY in each.subject + each.body + str(each.message())]
    for name in school.people:
        page = client_of(school, name).get(reverse("classroom:notices"))
        assert CANARY not in content(page), name


def test_whoever_may_read_it_does(school: School, hidden: list[Post]) -> None:  # noqa: F811
    thread = reverse("classroom:thread", kwargs=school.kwargs["thread_id"])
    for name in ("alice", "teacher", "assistant"):
        assert CANARY in content(client_of(school, name).get(thread)), name
