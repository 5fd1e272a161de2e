"""On the wall stand the prompt and what was said, and nobody's name anywhere in the page."""

import pytest
from django.contrib.messages import constants
from django.urls import reverse

from classroom.discussions.models import Post, Pseudonym, Thread
from tests import factories

pytestmark = pytest.mark.django_db
PUBLISHED = Post.State.PUBLISHED


def wall_of(thread: Thread) -> str:
    return reverse("classroom:thread_projector", args=[thread.pk])


@pytest.mark.parametrize("names", Thread.Names.values)
def test_it_shows_what_was_said_and_no_name(as_user, alice, bob, teacher, section, names):
    thread = factories.make_thread(section, names=names)
    for user, name in ((alice, "Calm Heron"), (bob, "Brave Otter")):
        Pseudonym.objects.create(thread=thread, user=user, name=name)
    root = factories.make_post(thread, alice, state=PUBLISHED, body_html="<p>I <strong>would</strong> dare.</p>")
    factories.make_post(thread, bob, state=PUBLISHED, body="I would not.", parent=root)
    factories.make_post(thread, teacher, state=PUBLISHED, body="What would help?")
    page = as_user(teacher).get(wall_of(thread)).content.decode()
    assert "I <strong>would</strong> dare." in page
    assert "I would not." in page
    assert "in reply to 1" in page
    assert thread.prompt.text in page
    for person in (alice, bob, teacher):
        assert person.name not in page
        assert person.username not in page
    for pseudonym in ("Calm Heron", "Heron", "Otter", "A classmate"):
        assert pseudonym not in page


@pytest.mark.parametrize("state", [each for each in Post.State if each != PUBLISHED])
def test_what_the_class_cannot_read_is_not_on_the_wall(as_user, alice, teacher, section, state):  # trust 28
    thread = factories.make_thread(section)
    published_at = factories.NOW if state in (Post.State.HIDDEN, Post.State.DELETED) else None
    hidden = factories.make_post(thread, alice, state=state, body="canary", published_at=published_at)
    factories.make_post(thread, alice, state=PUBLISHED, body="An answer.", parent=hidden)
    page = as_user(teacher).get(wall_of(thread)).content.decode()
    assert "canary" not in page
    assert "An answer." in page
    assert "in reply to" not in page


def test_no_message_that_waits_is_shown_there(as_user, alice, teacher, section):
    thread = factories.make_thread(section, policy=Thread.Policy.HOLD_ALL)
    client = as_user(teacher)
    held = factories.make_post(thread, alice, state=Post.State.HELD)
    client.post(reverse("classroom:post_approve", args=[held.pk]), {"revision": held.revision})
    page = client.get(wall_of(thread))
    assert 'class="messages"' not in page.content.decode()
    assert constants.SUCCESS in [each.level for each in page.context["messages"]]


def test_it_is_for_those_who_teach(as_user, alice, section):
    assert as_user(alice).get(wall_of(factories.make_thread(section))).status_code == 404


def test_what_is_said_to_a_teacher_alone_is_for_no_wall(as_user, alice, teacher, section):
    thread = factories.make_thread(section, student=alice, together=Thread.Together.ALONE)
    client = as_user(teacher)
    assert client.get(wall_of(thread)).status_code == 404
    for page in ("classroom:thread", "classroom:thread_talk"):
        assert wall_of(thread) not in client.get(reverse(page, args=[thread.pk])).content.decode()


def test_it_comes_in_pages_at_one_cost(as_user, alice, teacher, section, count_queries):
    thread, short = factories.make_thread(section), factories.make_thread(section)
    for number in range(13):
        factories.make_post(thread, alice, state=PUBLISHED, body=f"Post number {number:02}.")
    factories.make_post(short, alice, state=PUBLISHED)
    client = as_user(teacher)
    first, second = (client.get(f"{wall_of(thread)}?page={number}").content.decode() for number in (1, 2))
    assert "Post number 09." in first
    assert "Post number 10." not in first
    assert "Post number 12." in second
    assert 'href="?page=2"' in first
    for nonsense in ("x", "0", "-1", "99999999999999999999"):
        assert client.get(f"{wall_of(thread)}?page={nonsense}").status_code == 200
    assert count_queries(client, wall_of(thread)) == count_queries(client, wall_of(short))


def test_the_thread_leads_there_and_back(as_user, alice, teacher, section):
    thread = factories.make_thread(section)
    address = reverse("classroom:thread", args=[thread.pk])
    assert f'href="{wall_of(thread)}"' in as_user(teacher).get(address).content.decode()
    assert f'href="{wall_of(thread)}"' not in as_user(alice).get(address).content.decode()
    assert f'href="{address}"' in as_user(teacher).get(wall_of(thread)).content.decode()
