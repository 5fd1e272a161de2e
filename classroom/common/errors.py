"""Pages for what went wrong, in the site's own look. Whatever is here must work when nothing else does."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader

from classroom.common.referring import page_before
from classroom.common.text import in_sentences

# A lock that was waited for in vain is gone by then.
RETRY_SECONDS = 5


def bare(template: str, **context: object) -> str:
    """A page that asks neither the database nor who is there. Without its style where the static files are away."""
    try:
        return loader.render_to_string(template, {**context, "is_styled": True})
    except ValueError:
        return loader.render_to_string(template, {**context, "is_styled": False})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(bare("400.html"), status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(loader.render_to_string("403.html", {}, request), status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Shows again what was written, to be copied, where it came from a page of ours: that page keeps nothing itself.

    It is text and no form: what another site sent in somebody's name must not be one press away from being accepted.
    """
    page = {"texts": _texts(request) if _is_from_here(request) else [], "back": page_before(request)}
    return HttpResponse(loader.render_to_string("403_csrf.html", page, request), status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(loader.render_to_string("404.html", {}, request), status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """503 where the database could not be reached, so that whatever stands before the site tries again later."""
    is_away = isinstance(sys.exception(), (OperationalError, InterfaceError))
    # Without the request: its context processors ask the database, which may be what has failed.
    reply = HttpResponse(bare("500.html"), status=503 if is_away else 500)
    if is_away:
        reply["Retry-After"] = str(RETRY_SECONDS)
    return reply


def _is_from_here(request: HttpRequest) -> bool:
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _texts(request: HttpRequest) -> list[str]:
    return in_sentences((name, str(value)) for name, values in request.POST.lists() for value in values)
