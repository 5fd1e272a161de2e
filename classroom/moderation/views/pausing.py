"""Muting students, locking and slowing threads, and freezing those of a class."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.common import clock
from classroom.discussions.bylines import byline
from classroom.discussions.models import Thread, settings_of
from classroom.discussions.pauses import Frozen, frozen
from classroom.moderation import actions, queries, wording
from classroom.moderation.forms import MuteForm, PauseForm
from classroom.moderation.views.common import Trail, back_to
from classroom.people import queries as people
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.models import Membership, Section
from classroom.people.permissions import Permission

PAUSES = "pauses"


@allow(Level.SIGNED_IN, needs=Permission.TALK_PAUSE)
def pauses(request: SignedInRequest, section_id: int) -> HttpResponse:
    """What of a class's talk stands still: its threads when frozen, locked or slow, and the students who are muted."""
    section = people.get_membership(request.user, section_id, Permission.TALK_PAUSE, "section__talk").section
    at = clock.now()
    page = {
        "section": section,
        "by_hand": frozen(section, at) == Frozen.BY_HAND,
        "by_quiz": frozen(section, at) == Frozen.BY_QUIZ,
        "settings": settings_of(section),
        "muted": queries.mutes_of(section, at),
        "threads": [(thread, thread.is_locked(at)) for thread in queries.threads_of(section)],
        "students": people.students_of(section),
        "trail": _trail(section),
    }
    return TemplateResponse(request, "classroom/moderation/pauses.html", page)


@allow(Level.SIGNED_IN, "POST", needs=Permission.TALK_PAUSE)
def freeze(request: SignedInRequest, section_id: int) -> HttpResponse:
    """Freeze all threads of a class, open them again, or say whether a quiz that runs freezes them."""
    section = people.get_membership(request.user, section_id, Permission.TALK_PAUSE).section
    at, act = clock.now(), request.POST.get("act", "")
    if act in ("freeze", "open"):
        actions.freeze(section=section, frozen=act == "freeze", by=request.user, at=at)
    elif act in ("in-quiz", "not-in-quiz"):
        actions.freeze_in_quiz(section=section, wanted=act == "in-quiz", by=request.user, at=at)
    if words := wording.frozen(act):
        messages.success(request, words)
    return redirect("classroom:pauses", section.pk)


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.TALK_PAUSE)
def thread_pause(request: SignedInRequest, thread_id: int) -> HttpResponse:
    """Lock a thread or slow it."""
    thread = queries.get_thread_to_pause(request.user, thread_id)
    at = clock.now()
    form, status = PauseForm(request.POST or None, thread=thread, at=at, back=request.GET.get("back", "")), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                if not form.saw(thread):
                    raise actions.ThreadChanged(thread)
                actions.pause_thread(
                    thread=thread,
                    locked=form.cleaned_data["locked"],
                    slow_minutes=form.cleaned_data["slow_minutes"],
                    by=request.user,
                    at=at,
                )
            except actions.ThreadChanged as changed:
                form.show_what_is_kept(changed.stored)
                status = 409
            else:
                messages.success(request, _("Saved."))
                return redirect(_back_to_thread(thread, form.cleaned_data["back"]))
    section = thread.assignment.section
    page = {
        "form": form,
        "thread": thread,
        "title": thread.assignment.title,
        "cancel": _back_to_thread(thread, str(form["back"].value() or "")),
        "trail": [*_trail(section, linked=True), ("", _("Lock or slow a thread"))],
    }
    return TemplateResponse(request, "classroom/moderation/thread_pause.html", page, status=status)


# --- Muting -------------------------------------------------------------------------------------------------------


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.TALK_PAUSE)
def student_mute(request: SignedInRequest, section_id: int) -> HttpResponse:
    """Mute a student of the class, whom ``?student=`` names."""
    section = people.get_membership(request.user, section_id, Permission.TALK_PAUSE).section
    student = request.GET.get("student", "")
    if not (student.isascii() and student.isdigit() and len(student) < 18):
        raise Http404
    membership = people.get_student_membership(section, int(student))
    return _mute(request, membership, None, membership.user.name)


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.TALK_PAUSE)
def post_mute(request: SignedInRequest, post_id: int) -> HttpResponse:
    """Mute the author of a post: in the class, or, under a sealed name, by that name in its thread alone."""
    post = queries.get_post_to_moderate(request.user, post_id)
    people.get_membership(request.user, post.thread.assignment.section_id, Permission.TALK_PAUSE)
    membership = queries.get_author_to_mute(post)
    if post.thread.names == Thread.Names.SEALED:
        return _mute(request, membership, post.thread, byline(post, post.thread.names, for_staff=True).name)
    return _mute(request, membership, None, membership.user.name)


def _mute(request: SignedInRequest, membership: Membership, thread: Thread | None, name: str) -> HttpResponse:
    at: datetime = clock.now()
    section = membership.section
    standing = queries.standing_mute(membership, thread, at)
    form = MuteForm(request.POST or None, section=section, standing=standing, at=at, back=request.GET.get("back", ""))
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("until", "reason", "replaces")}
        try:
            actions.mute_student(membership=membership, thread=thread, by=request.user, at=at, **chosen)
        except actions.AlreadyMuted as earlier:
            standing, status = earlier.mute, 409
            form.show_the_other(earlier.mute)
        else:
            messages.success(request, _("Muted, and told until when and why."))
            return redirect(_back_to_pauses(section, form.cleaned_data["back"]))
    page = {
        "form": form,
        "name": name,
        "thread": thread,
        "title": thread.assignment.title if thread else "",
        "section": section,
        "standing": standing,
        "cancel": _back_to_pauses(section, str(form["back"].value() or "")),
        "trail": [*_trail(section, linked=True), ("", _("Mute a student"))],
    }
    return TemplateResponse(request, "classroom/moderation/mute_form.html", page, status=status)


@allow(Level.SIGNED_IN, needs=Permission.THREAD_READ)
def mute(request: SignedInRequest, mute_id: int) -> HttpResponse:
    """A mute, for the student whom it is about and for those who moderate."""
    found = queries.get_mute(request.user, mute_id)
    page = {
        "mute": found.mute,
        "name": found.name,
        "own": found.mute.user_id == request.user.pk,
        "runs": found.mute.runs(clock.now()),
        "title": found.mute.thread.assignment.title if found.mute.thread else "",
        "section": found.mute.section,
        "trail": [(reverse("classroom:home"), _("Home")), ("", _("A mute"))],
    }
    return TemplateResponse(request, "classroom/moderation/mute.html", page)


@allow(Level.SIGNED_IN, "POST", needs=Permission.TALK_PAUSE)
def mute_lift(request: SignedInRequest, mute_id: int) -> HttpResponse:
    """Let the student post again before its time."""
    found = queries.get_mute_to_lift(request.user, mute_id)
    if actions.lift_mute(mute=found, by=request.user, at=clock.now()):
        messages.success(request, _("Lifted: they can post again, and are told so."))
    else:
        messages.info(request, _("This mute had ended already."))
    return redirect("classroom:pauses", found.section_id)


def _back_to_pauses(section: Section, back: str) -> str:
    if back == PAUSES:
        return reverse("classroom:pauses", args=[section.pk])
    return back_to(None, back)


def _back_to_thread(thread: Thread, back: str) -> str:
    if back == "thread":
        return reverse("classroom:thread", args=[thread.pk])
    return _back_to_pauses(thread.assignment.section, back)


def _trail(section: Section, *, linked: bool = False) -> Trail:
    pauses_page = reverse("classroom:pauses", args=[section.pk]) if linked else ""
    return [
        (reverse("classroom:home"), _("Home")),
        (reverse("classroom:section", args=[section.pk]), section.name),
        (pauses_page, _("Mute, lock and freeze")),
    ]
