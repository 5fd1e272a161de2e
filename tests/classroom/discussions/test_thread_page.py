"""A thread's page: cut where it grows long, at one cost, with lasting addresses and marks at what is new."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.urls import reverse

from classroom.common import clock
from classroom.discussions.models import Post, Thread, ThreadVisit
from classroom.discussions.thread_page.contents import OF_A_BRANCH, ON_A_PAGE
from tests import factories

pytestmark = pytest.mark.django_db
PUBLISHED = Post.State.PUBLISHED


def page_of(thread: Thread) -> str:
    return reverse("classroom:thread", args=[thread.pk])


def lasting(post: Post) -> str:
    return reverse("classroom:post", args=[post.pk])


def said(thread, author, number, parent=None, **fields) -> list[Post]:
    return [factories.make_post(thread, author, state=PUBLISHED, parent=parent, **fields) for _each in range(number)]


def ids_on(reply) -> list[int]:
    branches = reply.context["page"].branches
    return [post.id for branch in branches for post in (branch.root, *branch.replies)]


@pytest.fixture
def thread(section) -> Thread:
    return factories.make_thread(section)


def test_a_long_thread_comes_in_pages_of_whole_branches(as_user, alice, bob, thread):
    roots = said(thread, alice, ON_A_PAGE - OF_A_BRANCH + 1)
    replies = said(thread, bob, OF_A_BRANCH + 1, parent=roots[-1])
    client = as_user(alice)
    first, second = client.get(page_of(thread)), client.get(page_of(thread) + "?page=2")
    assert ids_on(first) == [post.pk for post in roots[:-1]]
    assert ids_on(second) == [roots[-1].pk, *(post.pk for post in replies[:OF_A_BRANCH])]
    assert "?page=2" in first.content.decode()
    assert client.get(page_of(thread) + "?page=99").context["page"].links.number == 2
    for nonsense in ("?page=x", "?page=-1", "?page=0", "?page=9999999999999999999999"):
        assert client.get(page_of(thread) + nonsense).context["page"].links.number == 1


def test_a_long_branch_has_pages_of_its_own(as_user, alice, bob, thread):
    [root] = said(thread, alice, 1)
    replies = said(thread, bob, ON_A_PAGE + 3, parent=root)
    client = as_user(alice)
    page = client.get(page_of(thread)).content.decode()
    own = f"{page_of(thread)}?branch={root.pk}"
    assert f'href="{own}">All {ON_A_PAGE + 3} replies to' in page
    assert ids_on(client.get(own)) == [root.pk, *(post.pk for post in replies[:ON_A_PAGE])]
    last = client.get(f"{own}&page=2")
    assert ids_on(last) == [root.pk, *(post.pk for post in replies[ON_A_PAGE:])]
    assert f"?branch={root.pk}&amp;page=1" in last.content.decode()
    for other in (0, replies[0].pk, 999_999):
        assert client.get(f"{page_of(thread)}?branch={other or 999_998}").status_code == 404


def test_each_post_has_a_lasting_address_that_leads_to_its_page(as_user, alice, bob, thread):
    roots = said(thread, alice, ON_A_PAGE + 1)
    replies = said(thread, bob, ON_A_PAGE + 1, parent=roots[0])
    client = as_user(alice)
    assert client.get(lasting(roots[0])).url == f"{page_of(thread)}#post-{roots[0].pk}"
    for post in (roots[-1], replies[0], replies[OF_A_BRANCH], replies[-1]):
        way = client.get(lasting(post)).url
        assert way.endswith(f"#post-{post.pk}")
        assert post.pk in ids_on(client.get(way))
    assert f'href="{lasting(roots[0])}"' in client.get(page_of(thread)).content.decode()


@pytest.mark.parametrize("state", [Post.State.HELD, Post.State.RETURNED, Post.State.HIDDEN])
def test_the_address_of_a_post_that_is_not_theirs_to_read_is_not_there(  # trust 28
    as_user, alice, bob, charlie, teacher, thread, state
):
    post = factories.make_post(thread, alice, state=state)
    for person, status in ((bob, 404), (charlie, 404), (alice, 302), (teacher, 302)):
        assert as_user(person).get(lasting(post)).status_code == status, person


def test_nobody_reaches_a_post_of_a_thread_that_has_not_opened(as_user, alice, thread):
    [post] = said(thread, alice, 1)
    thread.assignment.opens_at = clock.now() + timedelta(days=1)
    thread.assignment.save()
    assert as_user(alice).get(lasting(post)).status_code == 404


def later(minutes: int):
    """So many minutes pass: all that was before lies back further."""
    for model, names in ((ThreadVisit, ("before", "at")), (Post, ("published_at",))):
        passed = {name: F(name) - timedelta(minutes=minutes) for name in names}
        model.objects.filter(**{f"{names[-1]}__isnull": False}).update(**passed)


def test_what_others_had_published_since_the_last_visit_is_marked(as_user, alice, bob, thread):
    said(thread, bob, 1, published_at=clock.now() - timedelta(days=1))
    client = as_user(alice)
    first = client.get(page_of(thread))
    assert first.context["page"].new == 0
    later(60)
    [new] = said(thread, bob, 1, published_at=clock.now())
    said(thread, alice, 1, published_at=clock.now())
    factories.make_post(thread, bob)
    for _look in range(2):
        page = client.get(page_of(thread))
        assert page.context["page"].new == 1
        assert page.content.decode().count('<span class="badge new">new</span>') == 1
        assert f'<a href="{lasting(new)}">1 new post since your last visit' in page.content.decode()
        later(5)
    later(60)
    assert client.get(page_of(thread)).context["page"].new == 0


def test_a_visit_of_a_sealed_thread_is_remembered_by_the_session_alone(as_user, alice, bob, section):
    thread = factories.make_thread(section, names=Thread.Names.SEALED)
    client = as_user(alice)
    client.get(page_of(thread))
    session = client.session
    session["thread-visits"][str(thread.pk)][1] = (clock.now() - timedelta(hours=1)).isoformat()
    session.save()
    said(thread, bob, 1, published_at=clock.now())
    assert client.get(page_of(thread)).context["page"].new == 1
    assert as_user(alice).get(page_of(thread)).context["page"].new == 0
    assert not ThreadVisit.objects.exists()


def test_a_reply_can_begin_with_a_quotation(as_user, alice, bob, thread):
    post = factories.make_post(thread, bob, state=PUBLISHED, body="One.\n\nTwo & three.")
    asked = as_user(alice).get(page_of(thread), {"reply": post.pk, "quote": "1"})
    assert asked.context["form"].values["body"] == "> One.\n> \n> Two & three.\n\n"
    assert "\n&gt; One.\n" in asked.content.decode()
    assert as_user(alice).get(page_of(thread), {"reply": post.pk}).context["form"].values["body"] == ""


@pytest.mark.parametrize("state", [Post.State.HELD, Post.State.HIDDEN, Post.State.DELETED])
def test_what_is_not_shown_cannot_be_quoted(as_user, alice, bob, thread, section, state):  # trust 28
    hidden = factories.make_post(thread, bob, body="CANARY", state=state, published_at=None)
    [foreign] = said(factories.make_thread(section), bob, 1, body="CANARY")
    for post in (hidden, foreign):
        page = as_user(alice).get(page_of(thread), {"reply": post.pk, "quote": "1"})
        assert "CANARY" not in page.content.decode()
        assert page.context["form"].values["parent"] == ""


def test_the_page_asks_the_same_whatever_the_number_of_posts(as_user, alice, bob, teacher, section, count_queries):
    paths = []
    for number in (1, 3, 140):
        thread = factories.make_thread(section)
        for root in said(thread, bob, number):
            said(thread, alice, 1, parent=root)
        paths.append(page_of(thread))
    for person in (alice, teacher):
        client = as_user(person)
        for path in paths:
            client.get(path)
        counts = [count_queries(client, path) for path in paths]
        assert len(set(counts)) == 1, (person, counts)
