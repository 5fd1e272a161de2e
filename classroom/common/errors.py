"""Pages for what went wrong, in the site's own look. Whatever is here must work when nothing else does."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(loader.render_to_string("403.html", {}, request), status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(loader.render_to_string("404.html", {}, request), status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """503 where the database could not be reached, so that whatever stands before the site tries again later."""
    status = 503 if isinstance(sys.exception(), (OperationalError, InterfaceError)) else 500
    # Without the request: its context processors ask the database, which may be what has failed.
    return HttpResponse(loader.render_to_string("500.html"), status=status)
