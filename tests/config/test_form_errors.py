"""Every form that comes back says at its top what is wrong, with a way to each field, and aloud.

Each address of the permission matrix is sent nothing at all by the first who may: whatever form it has comes back.
"""

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.test_permission_matrix import (  # noqa: F401 - fixtures
    RULES,
    WHO,
    School,
    school_of_all,
    shared_school,
)

pytestmark = pytest.mark.django_db
POSTED = sorted(name for name in WHO if "POST" in RULES[name].methods and WHO[name][1])
SUMMARY = re.compile(r'<div class="error-summary" role="alert" tabindex="-1" autofocus>(.*?)</div>', re.DOTALL)


@pytest.mark.parametrize("name", POSTED)
def test_an_empty_form_comes_back_with_a_summary(name: str, shared_school: School) -> None:  # noqa: F811
    takes, who = WHO[name]
    client = Client()
    person = min(who)
    if person in shared_school.people:
        client.force_login(shared_school.people[person])
    # One word that no form asks for: a form that is sent nothing at all takes itself for a new one.
    reply = client.post(reverse(name, kwargs=shared_school.kwargs.get(takes, {})), {"sent": "yes"})
    if reply.get("Content-Type", "").startswith("text/html"):
        assert_told(reply)


def test_who_cannot_sign_in_is_told_why() -> None:
    reply = Client().post(reverse("account_login"), {"login": "nobody", "password": "wrong"})
    assert b"error-summary" in reply.content
    assert_told(reply)


def assert_told(reply: HttpResponse) -> None:
    """A page that refuses a form, or has an error beside a field, has a summary whose ways lead somewhere."""
    page = reply.content.decode()
    if reply.status_code != 422 and "invalid-feedback" not in page:
        return
    # In some states a page has no form to come back: it says why instead.
    if "<form" not in page.partition("<main")[2].partition("</main>")[0]:
        return
    summaries = SUMMARY.findall(page)
    assert summaries, "no summary"
    ids = set(re.findall(r'\bid="([^"]+)"', page))
    for summary in summaries:
        assert "<li>" in summary
        assert set(re.findall(r'href="#([^"]+)"', summary)) <= ids
