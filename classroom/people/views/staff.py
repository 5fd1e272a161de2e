"""Who teaches a class and who helps in it, with what each may do, and those who have left."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.common import clock, undo
from classroom.people import actions, mail, queries
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.forms import ClassInvitationForm, RoleForm, StaffForm
from classroom.people.models import Membership
from classroom.people.permissions import Permission, granted_to, in_words


@allow(Level.SIGNED_IN, needs=Permission.ROSTER_SEE)
def section_people(request: SignedInRequest, section_id: int) -> HttpResponse:
    membership = queries.get_membership(request.user, section_id, Permission.ROSTER_SEE)
    return _page(request, membership)


@allow(Level.SIGNED_IN, "POST", needs=Permission.STAFF_CHANGE)
def staff_add(request: SignedInRequest, section_id: int) -> HttpResponse:
    """Make a teacher of this site teacher or assistant of the class."""
    membership = queries.get_membership(request.user, section_id, Permission.STAFF_CHANGE)
    form = StaffForm(request.POST)
    if form.is_valid():
        found = queries.find_teacher(form.cleaned_data["who"])
        if found is None:
            form.add_error("who", _("No teacher at this site has this user name or address. You can invite them."))
        else:
            actions.add_staff(
                section=membership.section, user=found, role=form.cleaned_data["role"], by=request.user, at=clock.now()
            )
            messages.success(request, _("%(name)s is added.") % {"name": found.name})
            return redirect("classroom:section_people", section_id)
    return _page(request, membership, staff_form=form)


@allow(Level.SIGNED_IN, "POST", needs=Permission.STAFF_CHANGE)
def staff_invite(request: SignedInRequest, section_id: int) -> HttpResponse:
    """An invitation to this class, by mail or as a link to hand over."""
    membership = queries.get_membership(request.user, section_id, Permission.STAFF_CHANGE)
    form = ClassInvitationForm(request.POST)
    if form.is_valid():
        made = actions.invite_teacher(section=membership.section, by=request.user, at=clock.now(), **form.cleaned_data)
        mail.send_invitation(made, mail.site_of(request))
        messages.success(request, _("The invitation is made. Its link is below."))
        return redirect("classroom:section_people", section_id)
    return _page(request, membership, invitation_form=form)


@allow(Level.SIGNED_IN, "POST", needs=Permission.STAFF_CHANGE)
def staff_uninvite(request: SignedInRequest, section_id: int, invitation_id: int) -> HttpResponse:
    membership = queries.get_membership(request.user, section_id, Permission.STAFF_CHANGE)
    at = clock.now()
    found = queries.get_invitation_to(membership.section, invitation_id, at)
    actions.withdraw_invitation(invitation=found, at=at)
    messages.success(request, _("The invitation is withdrawn."))
    return redirect("classroom:section_people", section_id)


@allow(Level.SIGNED_IN, "POST", needs=Permission.STAFF_CHANGE)
def staff_change(request: SignedInRequest, section_id: int, user_id: int) -> HttpResponse:
    """Another role, and whether this person is a safeguarding contact."""
    membership = queries.get_membership(request.user, section_id, Permission.STAFF_CHANGE)
    place = queries.get_staff_membership(membership.section, user_id)
    form = RoleForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.change_role(membership=place, role=given["role"], by=request.user, at=clock.now())
        except actions.LastTeacher:
            messages.error(request, _("A class needs a teacher. Make somebody else its teacher first."))
        else:
            actions.set_safeguarding(membership=place, is_contact=given["is_contact"], by=request.user, at=clock.now())
            messages.success(request, _("The change is saved."))
    return _after_a_change(request, membership)


@allow(Level.SIGNED_IN, "POST", needs=Permission.STAFF_CHANGE)
def staff_remove(request: SignedInRequest, section_id: int, user_id: int) -> HttpResponse:
    membership = queries.get_membership(request.user, section_id, Permission.STAFF_CHANGE)
    place = queries.get_staff_membership(membership.section, user_id)
    try:
        actions.remove_member(membership=place, by=request.user, at=clock.now())
    except actions.LastTeacher:
        messages.error(request, _("A class needs a teacher. Make somebody else its teacher first."))
    else:
        undo.done(
            request,
            _("%(name)s no longer has a part in the class.") % {"name": place.user.name},
            undo=reverse("classroom:member_return", args=[section_id, user_id]),
        )
    return _after_a_change(request, membership)


def _after_a_change(request: SignedInRequest, membership: Membership) -> HttpResponse:
    """Back to the page, or home for those who have just taken themselves out of it."""
    stays = queries.is_in(request.user, membership.section_id, Permission.ROSTER_SEE)
    return redirect("classroom:section_people", membership.section_id) if stays else redirect("classroom:home")


def _page(
    request: SignedInRequest,
    membership: Membership,
    staff_form: StaffForm | None = None,
    invitation_form: ClassInvitationForm | None = None,
) -> HttpResponse:
    section, at = membership.section, clock.now()
    may = granted_to(membership)
    may_change = Permission.STAFF_CHANGE in may
    site = mail.site_of(request)
    page = {
        "section": section,
        "may": {permission.name: True for permission in may},
        "staff": [
            (
                each,
                RoleForm(
                    initial={"role": each.role, "is_contact": each.is_safeguarding_contact},
                    auto_id=f"staff-{each.user_id}-%s",
                ),
            )
            for each in queries.staff_of(section)
        ],
        "roles": in_words(),
        "past": queries.past_members_of(section) if Permission.ROSTER_CHANGE in may else [],
        "invitations": [(each, mail.invitation_link(each, site)) for each in queries.invitations_to(section, at)]
        if may_change
        else [],
        "staff_form": staff_form or StaffForm(auto_id="add-%s"),
        "invitation_form": invitation_form or ClassInvitationForm(auto_id="invite-%s"),
    }
    status = 422 if staff_form or invitation_form else 200
    return TemplateResponse(request, "classroom/people/section_people.html", page, status=status)
