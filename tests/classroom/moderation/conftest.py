"""A thread, its rule, and a post that waits in it."""

import pytest

from classroom.discussions.models import Guideline, Post, Thread
from classroom.people.models import Role, Section, User
from tests import factories


@pytest.fixture
def thread(section: Section) -> Thread:
    film = factories.make_film()
    passage = factories.make_source(film).passages.first()
    prompt = factories.make_prompt(film, attribution="Harbour News", passage=passage)
    return factories.make_thread(section, prompt=prompt)


@pytest.fixture
def rule(thread: Thread) -> Guideline:
    return factories.make_guideline(thread.prompt.film)


@pytest.fixture
def held(thread: Thread, alice: User) -> Post:
    return factories.make_post(thread, alice, body="A rude word.")


@pytest.fixture
def ravi(section: Section) -> User:
    """A second moderator."""
    found = factories.make_user("Ravi")
    factories.add_member(section, found, Role.ASSISTANT)
    return found
