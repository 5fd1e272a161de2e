"""The look and the language of the pages."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from classroom.common.layout import status_of
from classroom.people.access import Level, allow
from classroom.people.appearance import appearance_of, keep
from classroom.people.forms.appearance import AppearanceForm


@allow(Level.PUBLIC, "GET", "POST")
def appearance(request: HttpRequest) -> HttpResponse:
    """Choose them; then back to the page that one came from."""
    now = appearance_of(request)
    initial = {"language": now.language, "theme": now.theme, "wide_spacing": now.wide_spacing}
    form = AppearanceForm(request.POST or None, initial={**initial, "next": request.GET.get("next", "")})
    if request.method == "POST" and form.is_valid():
        chosen = form.chosen()
        reply = HttpResponseRedirect(_way_back(request, form.cleaned_data["next"]))
        keep(request, reply, chosen)
        # Said in the language that was just chosen.
        with translation.override(chosen.language or translation.get_language_from_request(request)):
            messages.success(request, _("Your choice is kept."))
        return reply
    return TemplateResponse(request, "classroom/people/appearance.html", {"form": form}, status=status_of(form))


def _way_back(request: HttpRequest, wanted: str) -> str:
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return reverse("classroom:home" if request.user.is_authenticated else "classroom:welcome")
