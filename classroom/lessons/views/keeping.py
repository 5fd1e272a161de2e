"""A teacher's own lessons: making one, sharing it, putting it away."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.common import clock, undo
from classroom.common.layout import status_of
from classroom.lessons import actions, queries
from classroom.lessons.forms.lessons import CopyForm
from classroom.lessons.views.trails import to_lesson
from classroom.people.access import Level, SignedInRequest, allow

TITLE_LENGTH = 200


@allow(Level.TEACHER)
def own_lessons(request: SignedInRequest) -> HttpResponse:
    page = {"lessons": queries.own_lessons(request.user)}
    return TemplateResponse(request, "classroom/lessons/own.html", page)


@allow(Level.TEACHER, "GET", "POST")
def lesson_copy(request: SignedInRequest, lesson_id: int) -> HttpResponse:
    """Name a copy of one's own, and go on to change it."""
    lesson = queries.get_lesson(request.user, lesson_id)
    suggested = (_("%(title)s (my copy)") % {"title": lesson.title})[:TITLE_LENGTH]
    form = CopyForm(request.POST if request.method == "POST" else None, initial={"title": suggested})
    if request.method == "POST" and form.is_valid():
        copy = actions.copy_lesson(lesson=lesson, title=form.cleaned_data["title"], by=request.user, at=clock.now())
        messages.success(request, _("This copy is yours: change what you like. The lesson it comes from stays."))
        return redirect("classroom:lesson_edit", copy.pk)
    page = {"lesson": lesson, "form": form, "trail": to_lesson(lesson)}
    return TemplateResponse(request, "classroom/lessons/copy.html", page, status=status_of(form))


@allow(Level.TEACHER, "POST")
def lesson_share(request: SignedInRequest, lesson_id: int) -> HttpResponse:
    """Share a lesson with the site's other teachers, or no more: "share" says which."""
    lesson = queries.get_own_lesson(request.user, lesson_id)
    wanted = request.POST.get("share")
    if wanted == "yes":
        actions.share(lesson=lesson, by=request.user, at=clock.now())
        messages.success(request, _("Colleagues can look at this lesson now, set it to their classes and copy it."))
    elif wanted == "no":
        actions.unshare(lesson=lesson, by=request.user, at=clock.now())
        messages.success(request, _("The lesson is shared no more. Classes that have it keep it."))
    else:
        return HttpResponseBadRequest(_("Share it, or not?"))
    return redirect("classroom:lesson_edit", lesson.pk)


@allow(Level.TEACHER, "POST")
def lesson_retire(request: SignedInRequest, lesson_id: int) -> HttpResponse:
    """Put a lesson away, or take it up again: "retire" says which."""
    lesson = queries.get_own_lesson(request.user, lesson_id)
    wanted = request.POST.get("retire")
    if wanted == "yes":
        actions.retire(lesson=lesson, by=request.user, at=clock.now())
        words = _("“%(title)s” is put away. Classes that have it keep it, and you can take it up again.")
        address = reverse("classroom:lesson_retire", args=[lesson_id])
        undo.done(request, words % {"title": lesson.title}, undo=address, retire="no")
    elif wanted == "no":
        actions.restore(lesson=lesson, by=request.user, at=clock.now())
        messages.success(request, _("“%(title)s” is back among your lessons.") % {"title": lesson.title})
    else:
        return HttpResponseBadRequest(_("Put it away, or take it up again?"))
    return redirect("classroom:own_lessons")
