"""Pages for a class's groups."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.common import clock, undo
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.groups import actions, queries
from classroom.people.groups.forms import DrawForm, GroupForm, UndrawForm
from classroom.people.models import Section
from classroom.people.permissions import Permission
from classroom.people.queries import get_membership


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.ROSTER_CHANGE)
def groups(request: SignedInRequest, section_id: int) -> HttpResponse:
    """All groups of a class; POST makes one."""
    section = get_membership(request.user, section_id, Permission.ROSTER_CHANGE).section
    form = GroupForm(request.POST or None, places=queries.places_of(section))
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        try:
            actions.make_group(
                section=section,
                name=name,
                members=form.members(),
                draw=form.cleaned_data["draw"],
                by=request.user,
                at=clock.now(),
            )
        except actions.NameTaken:
            form.name_is_taken()
        else:
            messages.success(request, _("The group “%(name)s” is made.") % {"name": name})
            return redirect("classroom:groups", section_id)
    return _groups_page(request, section, group=form)


@allow(Level.SIGNED_IN, "POST", needs=Permission.ROSTER_CHANGE)
def groups_draw(request: SignedInRequest, section_id: int) -> HttpResponse:
    """The groups of a draw are shown; with ``who`` was in what was shown, they are made as they were shown.

    Where others are in the class by then, 409 and the groups as they would be now.
    """
    section = get_membership(request.user, section_id, Permission.ROSTER_CHANGE).section
    places = queries.places_of(section)
    form = DrawForm(request.POST, places=places)
    if form.is_valid():
        name, number, seed = form.cleaned_data["name"], form.number_of_groups(), form.drawn()
        if request.POST.get("who") != form.who() and not queries.is_taken(section, form.names()):
            return _draw_page(request, section, form, seed)
        try:
            drawn = actions.draw_groups(
                section=section, name=name, number=number, members=places, seed=seed, by=request.user, at=clock.now()
            )
        except actions.NameTaken:
            form.name_is_taken()
        else:
            undo.done(
                request,
                _("The groups are drawn. The number of this draw is %(seed)d.") % {"seed": seed},
                undo=reverse("classroom:groups_undraw", args=[section_id]),
                draw=str(drawn[0].draw),
            )
            return redirect("classroom:groups", section_id)
    return _groups_page(request, section, draw=form)


@allow(Level.SIGNED_IN, "POST", needs=Permission.ROSTER_CHANGE)
def groups_undraw(request: SignedInRequest, section_id: int) -> HttpResponse:
    """Groups that were drawn together are deleted together, unless one of them has work or times of its own."""
    section = get_membership(request.user, section_id, Permission.ROSTER_CHANGE).section
    form = UndrawForm(request.POST)
    if form.is_valid():
        try:
            gone = actions.undraw_groups(
                section=section, draw=form.cleaned_data["draw"], by=request.user, at=clock.now()
            )
        except actions.InUse:
            messages.error(request, _("One of these groups has work or times of its own, so all of them stay."))
        else:
            if gone:
                messages.success(request, _("The groups of this draw are deleted."))
    return redirect("classroom:groups", section_id)


def _draw_page(request: SignedInRequest, section: Section, form: DrawForm, seed: int) -> HttpResponse:
    is_other = "who" in request.POST
    hands = actions.deal(form.places, number=form.number_of_groups(), seed=seed)
    sizes = [len(hand) for hand in hands]
    page = {
        "section": section,
        "hands": list(zip(form.names(), [sorted(place.user.name for place in hand) for hand in hands], strict=True)),
        "fits": min(sizes) >= actions.LEAST_TALKING and max(sizes) <= actions.MOST_TALKING,
        "is_other": is_other,
        "again": {"name": form.cleaned_data["name"], "number": form.number_of_groups()},
        "sent": {"seed": seed, "who": form.who()},
    }
    return TemplateResponse(request, "classroom/people/groups_draw.html", page, status=409 if is_other else 200)


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.ROSTER_CHANGE)
def group(request: SignedInRequest, group_id: int) -> HttpResponse:
    """A group's name and members."""
    found = queries.get_group(request.user, group_id)
    initial = {"name": found.name, "members": [str(pk) for pk in found.members.values_list("pk", flat=True)]}
    form = GroupForm(request.POST or None, places=queries.places_of(found.section), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.fill_group(
                group=found, name=form.cleaned_data["name"], members=form.members(), by=request.user, at=clock.now()
            )
        except actions.NameTaken:
            form.name_is_taken()
        else:
            messages.success(request, _("The group is saved."))
            return redirect("classroom:groups", found.section_id)
    page = {"group_name": initial["name"], "group_id": found.pk, "section": found.section, "form": form}
    return TemplateResponse(request, "classroom/people/group.html", page, status=422 if form.is_bound else 200)


@allow(Level.SIGNED_IN, "POST", needs=Permission.ROSTER_CHANGE)
def group_delete(request: SignedInRequest, group_id: int) -> HttpResponse:
    found = queries.get_group(request.user, group_id)
    name = {"name": found.name}
    members = [str(place.pk) for place in queries.places_in(found)]
    try:
        actions.delete_group(group=found, by=request.user, at=clock.now())
    except actions.InUse:
        messages.error(
            request,
            _("“%(name)s” has work or times of its own. Set that to others, or take it back, before you delete it.")
            % name,
        )
    else:
        undo.done(
            request,
            _("The group “%(name)s” is deleted.") % name,
            undo=reverse("classroom:groups", args=[found.section_id]),
            members=members,
            # With it, it takes in late comers again, beside those that it was drawn with.
            draw=str(found.draw or ""),
            **name,
        )
    return redirect("classroom:groups", found.section_id)


def _groups_page(
    request: SignedInRequest, section: Section, *, group: GroupForm | None = None, draw: DrawForm | None = None
) -> HttpResponse:
    bound = any(form is not None and form.is_bound for form in (group, draw))
    places = queries.places_of(section)
    page = {
        "section": section,
        "lines": queries.group_lines(section),
        "has_students": bool(places),
        "group_form": group or GroupForm(places=places),
        "draw_form": draw or DrawForm(places=places),
    }
    return TemplateResponse(request, "classroom/people/groups.html", page, status=422 if bound else 200)
