"""Addresses in groups lead where they led without."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, URLPattern, URLResolver, path
from django.urls.resolvers import RegexPattern

from classroom.common.routes import grouped


def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


ONE_BY_ONE = [
    path("classes/<int:section_id>/", view, name="section"),
    path("", view, name="welcome"),
    path("classes/new/", view, name="new"),
    path("scores/", view, name="scores"),
    path("classes/", view, {"all": True}, name="classes"),
    path("robots.txt", view, name="robots"),
    path("<slug:key>.ics", view, name="calendar"),
]


def resolver(patterns: list[URLPattern | URLResolver]) -> URLResolver:
    return URLResolver(RegexPattern(r"^/"), patterns)


@pytest.mark.parametrize(
    "address", ["/", "/classes/", "/classes/3/", "/classes/new/", "/scores/", "/robots.txt", "/room-7.ics"]
)
def test_an_address_leads_to_the_same_view_by_the_same_name_and_with_the_same_parts(address: str) -> None:
    found = resolver(grouped(ONE_BY_ONE)).resolve(address)
    meant = resolver([*ONE_BY_ONE]).resolve(address)
    assert (found.func, found.url_name, found.kwargs, found.route) == (
        meant.func,
        meant.url_name,
        meant.kwargs,
        meant.route,
    )


@pytest.mark.parametrize("address", ["/classes", "/classes/x/", "/scores/classes/", "/classesscores/"])
def test_what_leads_nowhere_leads_nowhere(address: str) -> None:
    with pytest.raises(Resolver404):
        resolver(grouped(ONE_BY_ONE)).resolve(address)


def test_names_lead_back_to_their_addresses() -> None:
    found = resolver(grouped(ONE_BY_ONE))
    assert found.reverse("section", 3) == "classes/3/"
    assert found.reverse("classes") == "classes/"
    assert found.reverse("scores") == "scores/"
