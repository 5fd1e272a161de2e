"""What a browser fetches for the page that it shows where nothing answers."""

import pytest
from django.test import Client

from classroom.common import offline
from classroom.people.models import User

pytestmark = pytest.mark.django_db


def test_the_worker_is_served_at_the_root_so_that_it_sees_to_every_page(client: Client) -> None:
    reply = client.get("/offline-worker.js")
    assert reply.status_code == 200
    assert reply["Content-Type"].startswith("text/javascript")
    reply.close()


def test_its_page_is_the_same_for_everybody(as_user, client: Client, alice: User) -> None:  # type: ignore[no-untyped-def]
    own, strangers = as_user(alice).get("/offline/"), client.get("/offline/")
    assert own.content == strangers.content
    assert not strangers.cookies
    assert "What was shown to you as saved is kept." in strangers.content.decode()


@pytest.mark.parametrize("is_on", [True, False])
def test_pages_name_its_version_unless_it_is_turned_off(client: Client, settings: object, is_on: bool) -> None:
    settings.OFFLINE_PAGE = is_on  # type: ignore[attr-defined]
    version = offline.version()
    assert (len(version) == 12) is is_on
    assert f'data-version="{version}"' in client.get("/").content.decode()
