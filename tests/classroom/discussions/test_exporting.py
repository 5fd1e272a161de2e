"""A thread can be taken as a file: under the names that its policy allows, and safe to open."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.urls import reverse

from classroom.audit.models import AuditEvent
from classroom.discussions.models import Post, PostRevision, Pseudonym, Thread
from tests import factories

pytestmark = pytest.mark.django_db
PUBLISHED = Post.State.PUBLISHED


def make_thread(section, alice, bob, names=Thread.Names.PSEUDONYM) -> Thread:
    thread = factories.make_thread(section, names=names)
    for user, name in ((alice, "Calm Heron"), (bob, "Brave Otter")):
        Pseudonym.objects.create(thread=thread, user=user, name=name)
    return thread


def take(client, thread, form, **asked):
    reply = client.get(reverse("classroom:thread_export", args=[thread.pk]), {"as": form, **asked})
    assert reply.status_code == 200
    assert reply["Content-Disposition"].startswith("attachment;")
    return reply.content.decode("utf-8-sig")


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def take_back(post: Post, body: str) -> None:
    PostRevision.objects.create(
        post=post,
        revision=1,
        body=body,
        body_html=f"<p>{body}</p>",
        written_at=post.created_at,
        replaced_at=factories.NOW,
    )


def test_a_thread_comes_with_its_replies_in_reading_order(as_user, alice, bob, teacher, section):
    thread = make_thread(section, alice, bob)
    root = factories.make_post(thread, alice, state=PUBLISHED, body="First.\n\nWith a *second* line.")
    factories.make_post(thread, bob, state=PUBLISHED, body="Another.", created_at=factories.NOW + timedelta(hours=2))
    fact = factories.make_fact(thread.prompt.film)
    reply = factories.make_post(thread, teacher, state=PUBLISHED, body="Why?", parent=root)
    reply.sources.create(position=1, fact=fact)
    client = as_user(teacher)
    found = rows_of(take(client, thread, "csv"))
    assert [(row["Number"], row["In reply to"], row["By"], row["Teaches"]) for row in found] == [
        ("1", "", "Calm Heron", ""),
        ("2", "1", "Tess", "yes"),
        ("3", "", "Brave Otter", ""),
    ]
    assert found[0]["Text"] == "First.\n\nWith a *second* line."
    assert found[1]["Rests on"] == fact.statement
    told = json.loads(take(client, thread, "json"))
    assert told["prompt"] == thread.prompt.text
    assert [(each["number"], each["reply_to"], each["by"]) for each in told["posts"]] == [
        (1, None, "Calm Heron"),
        (2, 1, "Tess"),
        (3, None, "Brave Otter"),
    ]
    assert told["posts"][1]["rests_on"] == [fact.statement]
    page = take(client, thread, "html")
    assert page.index("Calm Heron") < page.index("Tess") < page.index("Brave Otter")
    assert thread.prompt.text in page


@pytest.mark.parametrize("form", ["html", "csv", "json"])
def test_names_are_those_of_the_policy(as_user, alice, bob, teacher, section, form):
    client = as_user(teacher)
    for names in Thread.Names.values:
        thread = make_thread(section, alice, bob, names)
        factories.make_post(thread, alice, state=PUBLISHED)
        plain, named = take(client, thread, form), take(client, thread, form, names="yes")
        assert ("Alice" in plain) == (names == Thread.Names.SHOWN)
        assert ("Alice" in named) == (names != Thread.Names.SEALED)
        assert ("Calm Heron" in named) == (names != Thread.Names.SHOWN)
        assert alice.username not in plain + named


@pytest.mark.parametrize("form", ["html", "csv", "json"])
def test_times_stay_out_where_names_are_not_shown(as_user, alice, bob, teacher, section, form):
    client = as_user(teacher)
    for names in Thread.Names.values:
        thread = make_thread(section, alice, bob, names)
        factories.make_post(thread, alice, state=PUBLISHED, created_at=factories.NOW.replace(hour=13, minute=47))
        text = take(client, thread, form)
        assert "2 Mar 2026" in text
        assert (":47" in text) == (names == Thread.Names.SHOWN)


@pytest.mark.parametrize("form", ["html", "csv", "json"])
@pytest.mark.parametrize("state", [Post.State.HELD, Post.State.RETURNED, Post.State.HIDDEN, Post.State.DELETED])
def test_what_the_class_cannot_read_comes_only_where_asked_for_and_marked(  # trust 28
    as_user, alice, bob, teacher, section, form, state
):
    thread = make_thread(section, alice, bob)
    published_at = factories.NOW if state in (Post.State.HIDDEN, Post.State.DELETED) else None
    body = "" if state == Post.State.DELETED else "canary"
    post = factories.make_post(thread, alice, state=state, body=body, published_at=published_at)
    take_back(post, "canary") if state == Post.State.DELETED else None
    client = as_user(teacher)
    assert "canary" not in take(client, thread, form)
    assert "Heron" not in take(client, thread, form)
    text = take(client, thread, form, unseen="yes")
    assert "canary" in text
    assert "Calm Heron" in text
    assert (state.value if form == "json" else str(state.label)) in text


@pytest.mark.parametrize("form", ["html", "csv", "json"])
def test_an_answer_to_the_teachers_alone_is_in_no_file(as_user, alice, bob, teacher, section, form):
    thread = make_thread(section, alice, bob)
    factories.make_post(thread, alice, state=Post.State.PRIVATE, body="canary")
    assert "canary" not in take(as_user(teacher), thread, form, unseen="yes", names="yes")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "|", "%", "＝", " ="])
def test_no_cell_is_a_formula(as_user, alice, bob, teacher, section, start):  # trust 22
    thread = factories.make_thread(section, names=Thread.Names.SHOWN)
    alice.name = f"{start}HYPERLINK(1)"
    alice.save()
    post = factories.make_post(thread, alice, state=PUBLISHED, body=f"{start}cmd()")
    post.sources.create(position=1, fact=factories.make_fact(thread.prompt.film, statement=f"{start}SUM(1)"))
    [row] = rows_of(take(as_user(teacher), thread, "csv"))
    for cell in (row["By"], row["Text"], row["Rests on"]):
        assert cell.startswith("'")


def test_the_page_runs_nothing(as_user, alice, bob, teacher, section):  # trust 21
    thread = factories.make_thread(section, names=Thread.Names.SHOWN)
    alice.name = "<script>alert(1)</script>"
    alice.save()
    factories.make_post(thread, alice, state=PUBLISHED)
    reply = as_user(teacher).get(reverse("classroom:thread_export", args=[thread.pk]), {"as": "html"})
    assert "<script" not in reply.content.decode()
    assert reply["X-Content-Type-Options"] == "nosniff"


def test_that_it_was_taken_is_noted(as_user, alice, bob, teacher, section):
    thread = make_thread(section, alice, bob)
    take(as_user(teacher), thread, "json")
    event = AuditEvent.objects.get(kind=AuditEvent.Kind.RECORD_READ)
    assert (event.by, event.subject_type, event.subject_id) == (teacher, "classroom.thread", thread.pk)
    assert event.detail == {"page": "classroom:thread_export"}


def test_a_format_that_is_none_leads_back_to_the_choice(as_user, teacher, alice, bob, section):
    thread = make_thread(section, alice, bob)
    address = reverse("classroom:thread_export", args=[thread.pk])
    for asked in ({}, {"as": "exe"}):
        reply = as_user(teacher).get(address, asked)
        assert reply.status_code == 302
        assert reply.url == reverse("classroom:thread_talk", args=[thread.pk])
    page = as_user(teacher).get(reply.url).content.decode()
    assert f'action="{address}"' in page


def test_no_student_takes_a_file(as_user, alice, bob, section):
    thread = make_thread(section, alice, bob)
    reply = as_user(alice).get(reverse("classroom:thread_export", args=[thread.pk]), {"as": "csv"})
    assert reply.status_code == 404


def test_it_asks_the_same_whatever_the_length(as_user, alice, bob, teacher, section, count_queries):
    client = as_user(teacher)
    counts = []
    for number in (1, 70):
        thread = make_thread(section, alice, bob)
        for _each in range(number):
            post = factories.make_post(thread, alice, state=PUBLISHED)
            post.sources.create(position=1, fact=factories.make_fact(thread.prompt.film))
        address = f"{reverse('classroom:thread_export', args=[thread.pk])}?as=json&unseen=yes"
        counts.append(count_queries(client, address))
    assert counts[0] == counts[1]
