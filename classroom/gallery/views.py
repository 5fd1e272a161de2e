"""Every part that pages are made of, on one page for whoever changes them; nothing in it comes from the database."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from classroom.gallery import examples
from classroom.people.access import Level, allow
from classroom.people.appearance import appearance_of
from classroom.people.models import Theme


@allow(Level.STAFF)
def gallery(request: HttpRequest) -> HttpResponse:
    """``?theme=light`` and ``?theme=dark`` show it so whatever its reader has chosen."""
    own, asked = appearance_of(request), request.GET.get("theme", "")
    page: dict[str, object] = {
        "parts": [(part.name, part.template, part.drawn) for part in examples.parts()],
        "forms": examples.forms_drawn(),
        "themes": [Theme.LIGHT, Theme.DARK],
        "asked": asked,
    }
    if asked in {Theme.LIGHT, Theme.DARK}:
        page["appearance"] = type(own)(own.language, Theme(asked), own.wide_spacing)
    return TemplateResponse(request, "classroom/gallery/gallery.html", page)
