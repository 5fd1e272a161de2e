"""The order of a class's work, and a whole unit set at once."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from classroom.assignments import actions, activities, queries
from classroom.assignments.forms.unit import UnitForm
from classroom.assignments.views.notes import say
from classroom.common import clock
from classroom.library import queries as library
from classroom.people import queries as people
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.permissions import Permission

LESSON = "lesson"


@allow(Level.SIGNED_IN, "POST", needs=Permission.ASSIGN)
def move(request: SignedInRequest, assignment_id: int) -> HttpResponse:
    """One place up or down, by a plain form: "to" says which."""
    assignment = queries.get_assignment(request.user, assignment_id, Permission.ASSIGN)
    to = request.POST.get("to")
    if to not in ("up", "down"):
        return HttpResponseBadRequest(_("Up or down?"))
    actions.move(assignment=assignment, up=to == "up", by=request.user, at=clock.now())
    return redirect(f"{redirect('classroom:section', assignment.section_id).url}#assigned")


@allow(Level.TEACHER, needs=Permission.ASSIGN)
def unit_start(request: SignedInRequest, section_id: int) -> HttpResponse:
    """Of which film? Asked only where there are several."""
    membership = people.get_membership(request.user, section_id, Permission.ASSIGN)
    films = library.films()
    if len(films) == 1:
        return redirect("classroom:unit", section_id, films[0].key)
    page = {"section": membership.section, "films": films}
    return TemplateResponse(request, "classroom/assignments/unit_start.html", page)


@allow(Level.TEACHER, "GET", "POST", needs=Permission.ASSIGN)
def unit(request: SignedInRequest, section_id: int, film_key: str) -> HttpResponse:
    """Lessons in order on the days of a week: first shown as a plan, then, once confirmed, set all at once."""
    section = people.get_membership(request.user, section_id, Permission.ASSIGN).section
    film = library.get_film(film_key)
    lessons = activities.kind_of(LESSON).offers(request.user, [film])
    parts = queries.parts_by_lesson(request.user, film, lessons)
    with timezone.override(section.zone):
        form = UnitForm(request.POST or None, lessons=lessons, parts=parts, initial={"with_parts": True})
        valid = request.method == "POST" and form.is_valid()
        if valid and "confirmed" in request.POST:
            key = form.cleaned_data["key"]
            set_now = actions.assign_unit(
                section=section, plan=form.planned(), key=key, by=request.user, at=clock.now()
            )
            text = ngettext("%(count)d lesson is set.", "%(count)d lessons are set.", len(set_now))
            messages.success(request, text % {"count": len(set_now)})
            say(request, form.notes())
            return redirect("classroom:section", section_id)
        page = {"section": section, "film": film, "form": form, "plan": form.planned() if valid else []}
        if valid:
            parts_of = {each.offer.id: each.parts for each in form.planned()}
            asked = queries.untaught_in_unit(request.user, film, parts_of)
            page |= {"notes": form.notes(), "sent": form.as_sent(), "untaught": list(asked.values())}
        status = 422 if form.is_bound and not valid else 200
        # Rendered while the class's time zone is active, so that the plan's times are the class's.
        return TemplateResponse(request, "classroom/assignments/unit.html", page, status=status).render()
