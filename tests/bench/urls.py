from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from classroom.people.access import Level, allow


@allow(Level.SIGNED_IN)
def bare(request: HttpRequest) -> HttpResponse:
    """The floor: a signed-in page that does nothing."""
    return HttpResponse(f"<!doctype html><title>bare</title><p>{request.user.pk}</p>")


urlpatterns = [path("bare/", bare), path("", include("config.urls"))]
