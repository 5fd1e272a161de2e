"""The site with two addresses more: one that breaks, and one that an account may not open."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path

from classroom.people.access import Level, allow
from config import urls
from config.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@allow(Level.PUBLIC)
def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("Here to break.")


@allow(Level.PUBLIC)
def refuses(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


urlpatterns = [path("breaks/", breaks), path("refuses/", refuses), *urls.urlpatterns]
