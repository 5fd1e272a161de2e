"""Every address of ours has a declared rule, and every reply to somebody signed in is kept by no cache."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from classroom.people.access import DeclaredAccessMiddleware, Level, allow, is_guarded_by_library, rule_of

OURS = {"classroom", "quizzes", "kits"}


def patterns(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, entry.namespace or namespace)
        else:
            yield namespace, entry


def ours() -> list[tuple[str, URLPattern]]:
    return [(space, each) for space, each in patterns(get_resolver()) if space in OURS]


def test_every_address_of_ours_declares_who_may_come() -> None:
    # trust 14
    undeclared = [f"{space}:{each.name}" for space, each in ours() if rule_of(each.callback) is None]
    assert undeclared == []


def test_every_address_has_a_name_of_its_own() -> None:
    names = [f"{space}:{each.name}" for space, each in ours()]
    assert len(names) == len(set(names))


def test_everything_else_is_guarded_by_its_library() -> None:
    others = [(space, each) for space, each in patterns(get_resolver()) if space not in OURS | {"admin"}]
    assert others
    assert [each.name for _space, each in others if not is_guarded_by_library(each.callback)] == []


def test_a_view_without_a_rule_answers_nobody() -> None:
    def careless(request: HttpRequest) -> HttpResponse:
        return HttpResponse("secret")

    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    request.resolver_match = None
    with pytest.raises(ImproperlyConfigured):
        DeclaredAccessMiddleware(lambda _request: HttpResponse()).process_view(request, careless, (), {})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("level", "who", "expected"),
    [
        (Level.PUBLIC, None, "in"),
        (Level.PUBLIC, "student", "in"),
        (Level.SIGNED_IN, None, "sign in"),
        (Level.SIGNED_IN, "student", "in"),
        (Level.TEACHER, None, "sign in"),
        (Level.TEACHER, "student", "not there"),
        (Level.TEACHER, "teacher", "in"),
        (Level.STAFF, "teacher", "not there"),
        (Level.STAFF, "admin", "in"),
    ],
)
def test_levels_let_in_whom_they_name(level: Level, who: str | None, expected: str) -> None:
    from tests import factories

    @allow(level)
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("in")

    request = RequestFactory().get("/somewhere/")
    request.resolver_match = None
    request.user = factories.make_user(is_teacher=who == "teacher", is_staff=who == "admin") if who else AnonymousUser()
    gate = DeclaredAccessMiddleware(lambda _request: HttpResponse())
    if expected == "not there":
        with pytest.raises(Http404):
            gate.process_view(request, view, (), {})
        return
    reply = gate.process_view(request, view, (), {})
    assert ("in" if reply is None else "sign in") == expected


@pytest.mark.django_db
def test_a_method_that_is_not_declared_is_refused(client: Client) -> None:
    assert client.delete("/join/").status_code == 405


def simple_pages() -> list[str]:
    return sorted(reverse(f"{space}:{each.name}") for space, each in ours() if "<" not in str(each.pattern))


@pytest.mark.django_db
def test_what_a_signed_in_person_sees_is_kept_by_no_cache(as_user, teacher, alice) -> None:  # type: ignore[no-untyped-def]
    # trust 39
    pages = [*simple_pages(), "/accounts/password/change/", "/nowhere/"]
    assert "/home/" in pages
    for person in (teacher, alice):
        client = as_user(person)
        for page in pages:
            reply = client.get(page)
            assert "no-store" in reply.headers.get("Cache-Control", ""), f"{page} for {person.name}"


@pytest.mark.django_db
def test_pages_carry_a_strict_content_security_policy(client: Client) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert not re.search(r"unsafe|https?:|\*", policy)


HOSTS = ["evil.example", "//evil.example", "///evil.example", "https:evil.example", "https:///evil.example"]
SCHEMES = ["http://", "https://", "//", "\\\\", "/\\", "\\/", "http:\\\\", "javascript:", "data:text/html,", "ftp://"]
TRICKS = ["", " ", "\t", "\n", "%0d%0a", "\x00", "/%09/", "/%2f", "@", "testserver@", "testserver.", "\u3002", "\ufe52"]


def payloads() -> list[str]:
    made = [f"{trick}{scheme}evil.example/{ending}" for trick in TRICKS for scheme in SCHEMES for ending in ("", "x")]
    return [*made, *HOSTS][:260]


def landing_host(location: str) -> str:
    """Where a browser would go: it drops tabs and line ends, and takes a backslash for a slash (WHATWG URL, 4.4)."""
    seen = re.sub(r"[\t\r\n]", "", location).strip("".join(map(chr, range(33)))).replace("\\", "/")
    seen = re.sub(r"^(https?):/*", r"\1://", seen, flags=re.IGNORECASE)
    return urljoin("http://testserver/accounts/login/", re.sub(r"^/{2,}", "//", seen)).split("/")[2]


def test_the_browser_of_these_tests_is_fooled_as_real_ones_are() -> None:
    for location in (
        "//evil.example",
        "/\\evil.example",
        "\\/evil.example/x",
        "https:evil.example",
        "/\t/evil.example",
    ):
        assert landing_host(location) == "evil.example"


@pytest.mark.django_db
def test_no_sign_in_sends_anybody_to_another_site(alice) -> None:  # type: ignore[no-untyped-def]
    # trust 19
    assert len(payloads()) >= 200
    for payload in payloads():
        client = Client()
        client.force_login(alice)
        for method, address in (("get", "/accounts/login/"), ("post", "/accounts/logout/")):
            reply = getattr(client, method)(address, {"next": payload})
            assert landing_host(reply.headers.get("Location", "/")) == "testserver", (payload, method)


@pytest.mark.django_db
def test_a_number_that_no_row_can_have_is_not_there(as_user, teacher) -> None:  # type: ignore[no-untyped-def]
    assert as_user(teacher).get(f"/classes/{'9' * 40}/").status_code == 404
