"""Tablets go from hand to hand: a session that nobody uses ends, and a sign-out leaves nothing for the next."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from classroom.common import clock

SEEN = "seen_at"
# Stored no more often than this: each time is a write.
STORE_EVERY_SECONDS = 60


def stamp(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    """Receives ``user_logged_in``, the one place through which every way of signing in passes."""
    request.session[SEEN] = clock.now().timestamp()


class SharedTabletsMiddleware:
    """Ends idle sessions, and has the browser forget what the site stored once somebody signs out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        was_signed_in = SESSION_KEY in request.session
        if was_signed_in and _is_idle(request):
            # What a page had not yet been able to send stays in the browser, for the same student to send.
            return _signed_out(request)
        response = self.get_response(request)
        if was_signed_in and SESSION_KEY not in request.session:
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


def _signed_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.info(request, _("You were signed out, because this page was not used for a while."))
    back_to = request.get_full_path() if request.method == "GET" else "/"
    response = redirect_to_login(back_to)
    response["Cache-Control"] = "no-store, private"
    return response
