"""The steps of a teacher's own lesson: their order, hiding them, taking them out. Plain forms, without scripts."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.common import clock, undo
from classroom.lessons import actions, queries
from classroom.lessons.forms.steps import PlacesForm
from classroom.lessons.views.editing import desk_response
from classroom.people.access import Level, SignedInRequest, allow


@allow(Level.TEACHER, "POST")
def steps_order(request: SignedInRequest, lesson_id: int) -> HttpResponse:
    """A typed place for every step at once."""
    lesson = queries.get_own_lesson(request.user, lesson_id)
    desk = queries.lesson_desk(lesson)
    form = PlacesForm(request.POST, steps=desk.steps)
    seen_now = request.POST.get("seen", "") == desk.seen
    if seen_now and not form.is_valid():
        return desk_response(request, lesson, places=form, status=422)
    try:
        if not seen_now:
            raise actions.StaleOrder
        actions.order_steps(
            lesson=lesson, seen=form.seen_ids(), wanted=form.wanted_ids(), by=request.user, at=clock.now()
        )
    except actions.StaleOrder:
        messages.error(
            request,
            _("The steps were changed elsewhere since you opened the page. Nothing was moved: here they are as they "
              "are now."),
        )  # fmt: skip
        return desk_response(request, lesson, status=409)
    messages.success(request, _("The order is saved."))
    return redirect(_steps(lesson_id))


@allow(Level.TEACHER, "POST")
def step_move(request: SignedInRequest, lesson_id: int, step_id: int) -> HttpResponse:
    """One place up or down: "to" says which."""
    step = queries.get_own_step(request.user, lesson_id, step_id)
    to = request.POST.get("to")
    if to not in ("up", "down"):
        return HttpResponseBadRequest(_("Up or down?"))
    actions.move_step(step=step, up=to == "up", by=request.user, at=clock.now())
    return redirect(_steps(lesson_id))


@allow(Level.TEACHER, "POST")
def step_hide(request: SignedInRequest, lesson_id: int, step_id: int) -> HttpResponse:
    """Hide a step from students, or show it again: "hide" says which."""
    step = queries.get_own_step(request.user, lesson_id, step_id)
    wanted = request.POST.get("hide")
    if wanted not in ("yes", "no"):
        return HttpResponseBadRequest(_("Hide it, or show it?"))
    actions.hide_step(step=step, hidden=wanted == "yes", by=request.user, at=clock.now())
    words = _("Students no longer see “%(title)s”.") if wanted == "yes" else _("Students see “%(title)s” again.")
    messages.success(request, words % {"title": step.title})
    return redirect(_steps(lesson_id))


@allow(Level.TEACHER, "POST")
def step_remove(request: SignedInRequest, lesson_id: int, step_id: int) -> HttpResponse:
    """Take a step out, or put it back: "remove" says which."""
    lesson = queries.get_own_lesson(request.user, lesson_id)
    step = queries.get_own_step(request.user, lesson_id, step_id)
    wanted = request.POST.get("remove")
    if wanted == "yes":
        actions.remove_step(step=step, by=request.user, at=clock.now())
        words = _("“%(title)s” is taken out. What students wrote in it is kept, and you can put it back below.")
        address = reverse("classroom:step_remove", args=[lesson_id, step_id])
        undo.done(request, words % {"title": step.title}, undo=address, remove="no")
        return redirect(_steps(lesson_id))
    if wanted == "no":
        try:
            actions.put_step_back(step=step, by=request.user, at=clock.now())
        except actions.TooManySteps:
            words = _("A lesson has at most %(most)d steps. Take another one out, and put “%(title)s” back then.")
            messages.error(request, words % {"most": actions.MOST_STEPS, "title": step.title})
            return desk_response(request, lesson, status=409)
        words = _("“%(title)s” is back, behind the other steps.")
    else:
        return HttpResponseBadRequest(_("Take it out, or put it back?"))
    messages.success(request, words % {"title": step.title})
    return redirect(_steps(lesson_id))


def _steps(lesson_id: int) -> str:
    return f"{reverse('classroom:lesson_edit', args=[lesson_id])}#steps"
