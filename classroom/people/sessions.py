"""Tablets go from hand to hand: a session that nobody uses ends, and a sign-out leaves nothing for the next."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from classroom.common import clock
from classroom.people.resending import LEFT

SEEN = "seen_at"
# Stored no more often than this: each time is a write.
STORE_EVERY_SECONDS = 60


def stamp(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    """Receives ``user_logged_in``, the one place through which every way of signing in passes."""
    request.session[SEEN] = clock.now().timestamp()
    request.session.pop(LEFT, None)


class SharedTabletsMiddleware:
    """Ends idle sessions, and has the browser forget what the site stored once somebody signs out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        who = request.session.get(SESSION_KEY)
        # A new password ends a session, too: then nobody is signed in with it any more.
        is_over = who is not None and (not request.user.is_authenticated or _is_idle(request))
        if is_over:
            _sign_out(request, who)
        response = self.get_response(request)
        if is_over:
            # What a page had not yet been able to send stays in the browser, for the same student to send.
            response["Cache-Control"] = "no-store, private"
        elif who is not None and SESSION_KEY not in request.session:
            response["Clear-Site-Data"] = '"storage"'
        return response


def _is_idle(request: HttpRequest) -> bool:
    now = clock.now().timestamp()
    idle_for = now - request.session.get(SEEN, now)
    if idle_for > 60 * _minutes(request):
        return True
    if SEEN not in request.session or abs(idle_for) >= STORE_EVERY_SECONDS:
        request.session[SEEN] = now
    return False


def _minutes(request: HttpRequest) -> int:
    user = request.user
    if user.is_authenticated and (user.is_teacher or user.is_staff):
        return int(settings.IDLE_MINUTES_STAFF)
    return int(settings.IDLE_MINUTES)


def _sign_out(request: HttpRequest, who: str | None) -> None:
    is_idle = request.user.is_authenticated
    logout(request)
    request.session[LEFT] = who
    if is_idle:
        messages.info(request, _("You were signed out, because this page was not used for a while."))
