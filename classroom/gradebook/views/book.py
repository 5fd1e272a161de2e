"""The gradebook of a class, its rules, and its files."""

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from classroom.common import clock, tables
from classroom.common.around import PageAround
from classroom.gradebook import actions, files, imports, queries, restated
from classroom.gradebook.forms import MOST_BYTES, CategoryFormSet, ImportForm, PolicyForm, wanted_of
from classroom.gradebook.models import Category
from classroom.people import queries as people
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.models import Section
from classroom.people.permissions import Permission, granted_to


@allow(Level.SIGNED_IN, needs=Permission.GRADES_SEE)
def gradebook(request: SignedInRequest, section_id: int) -> HttpResponse:
    membership = people.get_membership(request.user, section_id, Permission.GRADES_SEE, "section__grading_policy")
    table = queries.grade_table(membership.section)
    may = granted_to(membership)
    may_change = Permission.GRADES_CHANGE in may
    page = {
        "section": membership.section,
        "table": table,
        "heads": table.head_html(linked=may_change),
        "foot": table.foot_html(linked=may_change),
        "may_change": may_change,
        "may_assign": Permission.ASSIGN in may,
    }
    return PageAround(request, "classroom/gradebook/gradebook.html", page, table.body)


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
    sent = request.POST if request.method == "POST" else None
    policy, stored = queries.policy_of(section), queries.categories_of(section)
    basis = queries.rules_basis(policy, stored)
    form = PolicyForm(sent, instance=policy, basis=basis, prefix="policy")
    categories = CategoryFormSet(sent, queryset=Category.objects.filter(section=section), prefix="categories")
    if sent is None:
        return _rules_page(request, section, form, categories, status=200)
    is_valid = form.is_valid() and categories.is_valid()
    if is_valid:
        shown, wanted = form.cleaned_data["basis"], wanted_of(categories)
        try:
            actions.save_policy(policy=form.policy(), categories=wanted, basis=shown, by=request.user, at=clock.now())
        except actions.StaleRules:
            return _restated_rules(request, section, sent, form)
        messages.success(request, _("The rules are saved."))
        return redirect("classroom:gradebook", section_id)
    if sent.get("policy-basis") != basis:
        # A category that went meanwhile is no mistake of whoever sent it.
        return _restated_rules(request, section, sent, form)
    return _rules_page(request, section, form, categories, status=422)


def _restated_rules(request: SignedInRequest, section: Section, sent: QueryDict, form: PolicyForm) -> HttpResponse:
    policy, stored = queries.policies_of([section])[section.pk], queries.categories_of(section)
    stale = [*restated.policy_differences(form, policy), *restated.category_differences(sent, stored)]
    basis = queries.rules_basis(policy, stored)
    again = restated.rules_again(sent, stored, basis)
    form = PolicyForm(again, instance=policy, basis=basis, prefix="policy")
    categories = CategoryFormSet(again, queryset=Category.objects.filter(section=section), prefix="categories")
    # Here and not while the page is rendered, when nothing may be asked of the database.
    form.is_valid()
    categories.is_valid()
    return _rules_page(request, section, form, categories, status=409, stale=stale)


def _rules_page(
    request: SignedInRequest,
    section: Section,
    form: PolicyForm,
    categories: CategoryFormSet,  # type: ignore[valid-type]  # made by a factory
    status: int,
    stale: list[restated.Difference] | None = None,
) -> HttpResponse:
    page = {"section": section, "form": form, "categories": categories, "category_forms": categories.forms}  # type: ignore[attr-defined]
    page["stale"] = stale
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
            done = ngettext("%(count)d score is set.", "%(count)d scores are set.", len(plan.changes))
            messages.success(request, done % {"count": len(plan.changes)})
            return redirect("classroom:gradebook", section.pk)
    messages.error(request, _("Scores have changed since. Nothing was imported; this is what would change now."))
    return _plan_page(request, section, text, status=409)


def _plan_page(request: SignedInRequest, section: Section, text: str, status: int) -> HttpResponse:
    page = {"section": section, "plan": imports.plan_of(text, files.known(section)), "text": text}
    return TemplateResponse(request, "classroom/gradebook/import_plan.html", page, status=status)


def _import_form(request: SignedInRequest, section: Section, form: ImportForm, status: int) -> HttpResponse:
    page = {"section": section, "form": form}
    return TemplateResponse(request, "classroom/gradebook/import.html", page, status=status)
