"""Pages for what went wrong, in the site's own look. Whatever is here must work when nothing else does."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader

# A lock that was waited for in vain is gone by then.
RETRY_SECONDS = 5


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(loader.render_to_string("403.html", {}, request), status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(loader.render_to_string("404.html", {}, request), status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """503 where the database could not be reached, so that whatever stands before the site tries again later."""
    is_away = isinstance(sys.exception(), (OperationalError, InterfaceError))
    # Without the request: its context processors ask the database, which may be what has failed.
    reply = HttpResponse(loader.render_to_string("500.html"), status=503 if is_away else 500)
    if is_away:
        reply["Retry-After"] = str(RETRY_SECONDS)
    return reply
