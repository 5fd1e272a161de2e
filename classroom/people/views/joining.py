"""The front door: joining with a code, and a teacher's invitation."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from classroom.common import clock
from classroom.common.layout import status_of
from classroom.people import actions, limits, queries
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.forms import JoinForm, NewAccountForm
from classroom.people.models import Section, User

# Where the code that has opened a class is remembered, between the code's page and the account's.
JOINING = "joining_code"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@allow(Level.PUBLIC)
def welcome(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("classroom:home")
    return TemplateResponse(request, "classroom/people/welcome.html")


@allow(Level.PUBLIC, "GET", "POST")
def join(request: HttpRequest) -> HttpResponse:
    """The code first; then an account, for those who have none."""
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        at = clock.now()
        code = form.cleaned_data["code"]
        section = None
        try:
            section = limits.guarded(_buckets(request), lambda: queries.section_by_code(code, at), at=at)
        except limits.NoTriesLeft:
            form.add_error("code", _("Too many wrong codes from here. Wait an hour, or ask your teacher to add you."))
        if section is None:
            # A code that is wrong and one that is over get the same words.
            if not form.errors:
                form.add_error(
                    "code", _("No class has this code. Look at it once more, or ask your teacher for a new one.")
                )
        elif request.user.is_authenticated:
            return _enter(request, section, request.user)
        else:
            request.session[JOINING] = form.cleaned_data["code"]
            return redirect("classroom:join_account")
    return TemplateResponse(request, "classroom/people/join.html", {"form": form}, status=status_of(form))


@sensitive_post_parameters("password")
@allow(Level.PUBLIC, "GET", "POST")
def join_account(request: HttpRequest) -> HttpResponse:
    """A new student's account, in the class that their code has opened."""
    # Asked again: a teacher may have stopped the code since.
    section = queries.section_by_code(str(request.session.get(JOINING, "")), clock.now())
    if section is None:
        return redirect("classroom:join")
    if request.user.is_authenticated:
        return _enter(request, section, request.user)
    form = NewAccountForm(request.POST or None, button=_("Join the class"))
    if request.method == "POST" and form.is_valid():
        try:
            student = actions.sign_up_student(section=section, at=clock.now(), **form.cleaned_data)
        except actions.NameTaken:
            form.name_is_taken()
        else:
            login(request, student, backend=BACKEND)
            request.session.pop(JOINING, None)
            messages.success(request, _("You are in %(section)s.") % {"section": section.name})
            return redirect("classroom:home")
    page = {"form": form, "section": section}
    return TemplateResponse(request, "classroom/people/join_account.html", page, status=status_of(form))


@sensitive_post_parameters("password")
@allow(Level.PUBLIC, "GET", "POST")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """A teacher's sign-up by the link that an admin has made."""
    at = clock.now()
    found = queries.get_open_invitation(token, at)
    form = NewAccountForm(request.POST or None, initial={"name": found.name}, button=_("Make my account"))
    if request.method == "POST" and form.is_valid():
        try:
            teacher = actions.accept_invitation(invitation=found, at=at, **form.cleaned_data)
        except actions.NameTaken:
            form.name_is_taken()
        except actions.AlreadyUsed:
            messages.error(request, _("This invitation has been used. Sign in with the account that it made."))
            return redirect("account_login")
        else:
            login(request, teacher, backend=BACKEND)
            if found.section is None:
                messages.success(request, _("Welcome. Make your first class, then choose something for it to do."))
            return redirect("classroom:home")
    page = {"form": form, "section": found.section, "role": found.get_role_display()}
    return TemplateResponse(request, "classroom/people/invitation.html", page, status=status_of(form))


@allow(Level.SIGNED_IN)
def account(request: SignedInRequest) -> HttpResponse:
    memberships = queries.memberships_of(request.user)
    contacts = queries.safeguarding_contacts(memberships)
    page = {"memberships": [(each, contacts.get(each.section_id, [])) for each in memberships]}
    return TemplateResponse(request, "classroom/people/account.html", page)


def _enter(request: HttpRequest, section: Section, user: User) -> HttpResponse:
    request.session.pop(JOINING, None)
    try:
        actions.join_section(section=section, user=user, at=clock.now())
    except actions.TakenOut:
        messages.error(request, _("You were taken out of this class. Ask its teacher to put you back."))
    else:
        messages.success(request, _("You are in %(section)s.") % {"section": section.name})
    return redirect("classroom:home")


def _buckets(request: HttpRequest) -> list[tuple[limits.Limit, str]]:
    # The library's own way of reading it believes a header from a proxy only where the settings name one.
    buckets = [(limits.WRONG_CODES_FROM_ADDRESS, limits.network_of(get_adapter(request).get_client_ip(request)))]
    if request.user.is_authenticated:
        buckets.append((limits.WRONG_CODES_BY_ACCOUNT, str(request.user.pk)))
    return buckets
