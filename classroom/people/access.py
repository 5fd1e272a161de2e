"""Who may come to a view at all: declared on it, and refused where nothing is declared.

The declaration is the first gate, by sign-in and site role. The second is in the queries: to fetch is to authorise.
A view of one of our own rooms without a declaration answers nobody; a test lists every URL with its rule.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import ResolverMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from classroom.common.referring import page_before
from classroom.people.models import User
from classroom.people.permissions import Permission
from classroom.people.resending import keep


class Level(Enum):
    """How far into the site a person must be."""

    PUBLIC = "anyone"
    SIGNED_IN = "anyone signed in"
    TEACHER = "teachers"
    STAFF = "admins"


@dataclass(frozen=True)
class Rule:
    """Who may call a view and how; ``needs`` names the permission that its queries ask for in the class concerned."""

    level: Level
    methods: frozenset[str]
    needs: Permission | None = None


class SignedInRequest(HttpRequest):
    """A request that the middleware has let through to a view for people who have signed in."""

    user: User


LARGEST_ID = 2**63 - 1

View = TypeVar("View", bound=Callable[..., HttpResponse])

# Views of the libraries that guard themselves: the accounts' own pages, and the admin panel behind its own check.
GUARDED_BY_LIBRARY = (
    "allauth.",
    "django.contrib.admin.",
    "django.contrib.staticfiles.",
    "django.views.i18n",
    "django.views.defaults",
)


def allow(level: Level, *methods: str, needs: Permission | None = None) -> Callable[[View], View]:
    """Declare who may call a view, with which methods (GET alone where none is named)."""
    named = frozenset(methods or {"GET"})
    rule = Rule(level, named | {"HEAD"} if "GET" in named else named, needs)

    def declare(view: View) -> View:
        view.access_rule = rule  # type: ignore[attr-defined]  # functions carry attributes; Callable has no word for it
        return view

    return declare


def rule_of(view: Callable[..., Any]) -> Rule | None:
    """The rule declared on a view, or None."""
    found = getattr(view, "access_rule", None)
    return found if isinstance(found, Rule) else None


def is_guarded_by_library(view: Callable[..., Any]) -> bool:
    module = getattr(getattr(view, "view_class", view), "__module__", "")
    return module.startswith(GUARDED_BY_LIBRARY)


class DeclaredAccessMiddleware:
    """Refuses what no rule allows: nothing declared is an error of ours, not a way in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        # Asked here for every page, so that no template is the first to ask who is signed in.
        user = request.user if request.user.is_authenticated else None
        rule = rule_of(view)
        if rule is None:
            return _of_a_library(request, view, user)
        reply = _refuse(request, rule, user)
        if any(isinstance(value, int) and value > LARGEST_ID for value in kwargs.values()) and reply is None:
            # No row has it, and the database would not take the question.
            raise Http404
        if reply is None and request.method not in rule.methods:
            return HttpResponseNotAllowed(sorted(rule.methods))
        return reply


def _of_a_library(request: HttpRequest, view: Callable[..., Any], user: User | None) -> HttpResponse | None:
    if _of_the_admin(request.resolver_match):
        return _second_factor(request, user) if user is not None else None
    if is_guarded_by_library(view):
        return None
    raise ImproperlyConfigured(f"{view!r} declares no access rule: see classroom.people.access.allow.")


def _refuse(request: HttpRequest, rule: Rule, user: User | None) -> HttpResponse | None:
    if rule.level is Level.PUBLIC:
        return None
    if user is None:
        return keep(request) or redirect_to_login(_back(request))
    if not _reaches(user, rule.level):
        raise Http404
    return _second_factor(request, user) if rule.level is Level.STAFF else None


def _back(request: HttpRequest) -> str:
    """Where somebody goes on once they have signed in: what only takes a form has no page to show."""
    return request.get_full_path() if request.method in {"GET", "HEAD"} else page_before(request) or "/"


def _second_factor(request: HttpRequest, user: User) -> HttpResponse | None:
    """Where an admin has to go before an admin's page: to set a second factor up, or to show it in this session."""
    if not (settings.ADMIN_MFA and user.is_staff):
        return None
    if not is_mfa_enabled(user):
        messages.warning(request, _("Admins need a second factor. Set it up here, and keep the recovery codes."))
        return redirect("mfa_activate_totp")
    if any(record.get("method") == "mfa" for record in get_authentication_records(request, user)):
        return None
    return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})}")


def _reaches(user: User, level: Level) -> bool:
    return {Level.TEACHER: user.is_teacher, Level.STAFF: user.is_staff}.get(level, True)


def _of_the_admin(match: ResolverMatch | None) -> bool:
    # Model admins come from our own modules, and each of their views passes AdminSite.admin_view.
    return match is not None and "admin" in match.app_names
