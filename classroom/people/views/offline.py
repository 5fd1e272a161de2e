from django.http import HttpRequest, HttpResponse

from classroom.common import offline as page
from classroom.people.access import Level, allow


@allow(Level.PUBLIC)
def offline(request: HttpRequest) -> HttpResponse:
    """The same for everybody: a worker in the browser keeps it, and asks for it without cookies."""
    return HttpResponse(page.page())
