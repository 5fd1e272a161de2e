"""Axe on every page that a person can open, wide and light, narrow and dark; and none is wider than its window.

The pages are those of the permission matrix, with whom it lets in: a new address is looked at without another word.
"""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.journeys.conftest import Visitor
from tests.test_permission_matrix import RULES, WHO, School, school  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db(transaction=True)
# A page is looked at by the first of these who may see it.
VISITORS = ("nobody", "teacher", "alice", "admin")


def pages_of(person: str, everybody: School) -> list[str]:
    """The addresses that this person is the first to get into, files and what leads elsewhere aside."""
    client = Client()
    if person in everybody.people:
        client.force_login(everybody.people[person])
    addresses = [
        reverse(name, kwargs=everybody.kwargs.get(takes, {}))
        for name, (takes, who) in sorted(WHO.items())
        if person == next((each for each in VISITORS if each in who), None) and "GET" in RULES[name].methods
    ]
    replies = {address: client.get(address) for address in addresses}
    return [
        address
        for address, reply in replies.items()
        if reply.status_code == 200 and reply["Content-Type"].startswith("text/html")
    ]


# Where most goes wrong is looked at each time: the journeys see to the wide and light.
NARROW_AND_DARK = pytest.param(320, "dark")
OTHERS = [pytest.param(*each, marks=pytest.mark.slow) for each in ((320, "light"), (1280, "dark"), (1280, "light"))]


@pytest.mark.parametrize("person", VISITORS)
@pytest.mark.parametrize(("width", "scheme"), [NARROW_AND_DARK, *OTHERS])
def test_axe_finds_nothing(
    person: str,
    width: int,
    scheme: str,
    school: School,  # noqa: F811
    visitor: Callable[..., Visitor],
) -> None:
    someone = visitor(width=width, color_scheme=scheme)
    if person in school.people:
        someone.sign_in_as(school.people[person])
    addresses = pages_of(person, school)
    assert addresses
    for address in addresses:
        someone.go(address)
