"""The gradebook of a class, its rules, and its files."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from classroom.common import clock, tables
from classroom.gradebook import actions, files, imports, queries
from classroom.gradebook.forms import MOST_BYTES, CategoryFormSet, ImportForm, PolicyForm
from classroom.gradebook.models import Category
from classroom.people import queries as people
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.models import Section
from classroom.people.permissions import Permission, granted_to


@allow(Level.SIGNED_IN, needs=Permission.GRADES_SEE)
def gradebook(request: SignedInRequest, section_id: int) -> HttpResponse:
    membership = people.get_membership(request.user, section_id, Permission.GRADES_SEE, "section__grading_policy")
    table = queries.grade_table(membership.section)
    may_change = Permission.GRADES_CHANGE in granted_to(membership)
    page = {
        "section": membership.section,
        "table": table,
        "heads": table.head_html(linked=may_change),
        "may_change": may_change,
    }
    return TemplateResponse(request, "classroom/gradebook/gradebook.html", page)


@allow(Level.SIGNED_IN, needs=Permission.GRADES_SEE)
def gradebook_file(request: SignedInRequest, section_id: int, form: str) -> HttpResponse:
    """What the page shows, as a file."""
    section = people.get_membership(request.user, section_id, Permission.GRADES_SEE).section
    head, rows = files.grades(queries.grade_table(section))
    name = _("Gradebook %(name)s") % {"name": section.name}
    if form == "csv":
        return tables.csv_response(name, head, rows)
    if form == "xlsx":
        return tables.xlsx_response(name, [(_("Gradebook"), head, rows)])
    raise Http404


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.GRADES_CHANGE)
def gradebook_settings(request: SignedInRequest, section_id: int) -> HttpResponse:
    """Scale, late rule and categories."""
    section = people.get_membership(request.user, section_id, Permission.GRADES_CHANGE).section
    data = request.POST if request.method == "POST" else None
    form = PolicyForm(data, instance=queries.policy_of(section), prefix="policy")
    categories = CategoryFormSet(data, queryset=Category.objects.filter(section=section), prefix="categories")
    taken = ""
    if data is not None and form.is_valid() and categories.is_valid():
        kept = categories.save(commit=False)
        try:
            actions.save_policy(
                policy=form.policy(), kept=kept, gone=categories.deleted_objects, by=request.user, at=clock.now()
            )
        except actions.CategoryTaken as error:
            taken = error.args[0]
        else:
            messages.success(request, _("The rules are saved."))
            return redirect("classroom:gradebook", section_id)
    page = {"section": section, "form": form, "categories": categories, "category_forms": categories.forms}
    page["taken"] = taken
    status = 409 if taken else 200 if data is None else 422
    return TemplateResponse(request, "classroom/gradebook/settings.html", page, status=status)


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.GRADES_CHANGE)
def gradebook_import(request: SignedInRequest, section_id: int) -> HttpResponse:
    """A file of scores: first its plan, then, once that very plan is confirmed, all of it at once."""
    section = people.get_membership(request.user, section_id, Permission.GRADES_CHANGE).section
    if request.method == "GET":
        return _import_form(request, section, ImportForm(), status=200)
    if "fingerprint" in request.POST:
        return _import(request, section)
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _import_form(request, section, form, status=422)
    return _plan_page(request, section, form.cleaned_data["file"], status=200)


def _import(request: SignedInRequest, section: Section) -> HttpResponse:
    text = request.POST.get("text", "")[:MOST_BYTES]
    plan = imports.plan_of(text, files.known(section))
    if plan.fingerprint == request.POST["fingerprint"]:
        try:
            reason = _("Imported from a file.")
            actions.import_scores(
                entries=plan.entries(), section=section, by=request.user, at=clock.now(), reason=reason
            )
        except actions.ImportStale:
            pass
        else:
            messages.success(request, _("%(count)d scores are set.") % {"count": len(plan.changes)})
            return redirect("classroom:gradebook", section.pk)
    messages.error(request, _("Scores have changed since. Nothing was imported; this is what would change now."))
    return _plan_page(request, section, text, status=409)


def _plan_page(request: SignedInRequest, section: Section, text: str, status: int) -> HttpResponse:
    page = {"section": section, "plan": imports.plan_of(text, files.known(section)), "text": text}
    return TemplateResponse(request, "classroom/gradebook/import_plan.html", page, status=status)


def _import_form(request: SignedInRequest, section: Section, form: ImportForm, status: int) -> HttpResponse:
    page = {"section": section, "form": form}
    return TemplateResponse(request, "classroom/gradebook/import.html", page, status=status)
