"""Home pages, and a student's way through a lesson."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from classroom.assignments import actions, activities, queries, terms
from classroom.assignments.forms.work import StepAnswerForm, StepTimeForm
from classroom.assignments.models import Assignment
from classroom.assignments.pages import Desk, desk_of, step_url
from classroom.assignments.pages import lesson_work as lesson_work_page
from classroom.common import clock
from classroom.lessons.models import Step
from classroom.library import queries as library
from classroom.people import queries as people
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.models import Membership, Role
from classroom.people.permissions import Permission

_STALE = gettext_lazy(
    "You changed this answer in another window, and that one is kept: “%(text)s”. Nothing was overwritten. To keep "
    "this one instead, save it again."
)


@allow(Level.SIGNED_IN)
def home(request: SignedInRequest) -> HttpResponse:
    """What waits for this person: a teacher's classes, a student's work, what an admin has to set up."""
    at = clock.now()
    user = request.user
    memberships = people.memberships_of(user)
    page: dict[str, object] = {"attention": activities.attention_for(user, memberships)}
    if user.is_staff and not user.welcome_closed:
        page["matters"] = queries.set_up(library.films(), at)
    if user.is_teacher or any(m.role != Role.STUDENT for m in memberships):
        return _teachers_home(request, memberships, page, at)
    if user.is_staff and not memberships:
        return TemplateResponse(request, "classroom/assignments/home_admin.html", page)
    home = queries.student_home(user, memberships, at)
    page |= {"home": home, "is_new": queries.is_new_student(user, home)}
    return TemplateResponse(request, "classroom/assignments/home_student.html", page)


def _teachers_home(
    request: SignedInRequest, memberships: list[Membership], page: dict[str, object], at: datetime
) -> HttpResponse:
    lines, films = queries.section_lines(memberships, at), library.films()
    page |= {"sections": lines, "films": films, "welcome": queries.teacher_welcome(request.user, lines, films)}
    if any(m.role == Role.STUDENT for m in memberships):
        page["home"] = queries.student_home(request.user, memberships, at)
    return TemplateResponse(request, "classroom/assignments/home_teacher.html", page)


@allow(Level.SIGNED_IN, needs=Permission.WORK_DO)
def lesson_work(request: SignedInRequest, assignment_id: int) -> HttpResponse:
    """An assigned lesson as its student reads and answers it: from where they left off, one step at a time."""
    at = clock.now()
    assignment = queries.get_assignment_to_do(request.user, assignment_id, "lesson", at)
    desk = desk_of(assignment, request.user, at)
    place = desk.place(request.GET)
    actions.record_visit(assignment=assignment, student=request.user, at=at)
    if desk.is_open:
        shown = desk.shown(place)
        actions.open_steps(
            assignment=assignment,
            student=request.user,
            asked=desk.asked,
            shown=shown,
            timed=shown[0] if place is not None else None,
            at=at,
        )
        actions.settle_lesson(assignment=assignment, student=request.user, at=at)
    return _lesson_response(request, desk, place)


@allow(Level.SIGNED_IN, "POST", needs=Permission.WORK_DO)
def step_answer(request: SignedInRequest, assignment_id: int, step_id: int) -> HttpResponse:
    at = clock.now()
    assignment = queries.get_assignment_to_do(request.user, assignment_id, "lesson", at)
    step = queries.get_step_to_answer(assignment, step_id)
    desk = desk_of(assignment, request.user, at)
    form = StepAnswerForm(request.POST)
    whole = "all" in request.POST
    place = None if whole else desk.place_of(step)
    if not desk.is_open:
        form.add_error(None, _("This lesson has closed. What you saved before is kept; this was not saved."))
    if form.is_valid():
        try:
            actions.save_step_answer(
                assignment=assignment,
                step=step,
                student=request.user,
                text=form.cleaned_data["text"],
                revision=form.cleaned_data["revision"],
                at=at,
            )
        except actions.StaleAnswer as stale:
            # Shown again at the stored revision, so that whoever has read the message can save theirs instead.
            form = StepAnswerForm({"text": form.cleaned_data["text"], "revision": stale.stored.revision})
            form.add_error("text", _STALE % {"text": stale.stored.text})
            return _lesson_response(request, desk, place, unsaved={step.pk: form}, status=409)
        _note_answered(assignment, request, step)
        messages.success(request, _("Saved."))
        if desk.place_of(step) is None:
            # Taken out of the lesson while the student wrote: what they wrote is kept, and there is no page of it.
            return redirect("classroom:lesson_work", assignment.pk)
        return redirect(step_url(assignment, step, whole=whole))
    return _lesson_response(request, desk, place, unsaved={step.pk: form}, status=422)


def _note_answered(assignment: Assignment, request: SignedInRequest, step: Step) -> None:
    at = clock.now()
    actions.record_visit(assignment=assignment, student=request.user, at=at)
    actions.note_answered(assignment=assignment, student=request.user, step_id=step.pk, at=at)
    actions.settle_lesson(assignment=assignment, student=request.user, at=at)


@allow(Level.SIGNED_IN, "POST", needs=Permission.WORK_DO)
def step_time(request: SignedInRequest, assignment_id: int, step_id: int) -> HttpResponse:
    """For the page's script: how long the step was visible. Answers whether it is done now."""
    at = clock.now()
    assignment = queries.get_assignment_to_do(request.user, assignment_id, "lesson", at)
    table = queries.step_table(assignment, [request.user])
    asked = {each.step_id: each for each in table.asked_of(request.user.pk)}
    if step_id not in asked:
        raise Http404
    form = StepTimeForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    if table.holding[assignment.pk, request.user.pk].dates.is_open(at):
        actions.tell_time(
            assignment=assignment,
            student=request.user,
            asked=list(asked.values()),
            step_id=step_id,
            seconds=form.cleaned_data["seconds"],
            away=form.cleaned_data["away"],
            at=at,
        )
        actions.settle_lesson(assignment=assignment, student=request.user, at=at)
    progress = queries.progress_of(assignment, [request.user]).get((step_id, request.user.pk))
    is_done = progress is not None and progress.done_at is not None
    return JsonResponse({"done": is_done, "words": _("done") if is_done else _("opened")})


@allow(Level.SIGNED_IN, "POST", needs=Permission.WORK_DO)
def lesson_done(request: SignedInRequest, assignment_id: int) -> HttpResponse:
    at = clock.now()
    assignment = queries.get_assignment_to_do(request.user, assignment_id, "lesson", at)
    if not terms.dates_for(assignment, request.user).is_open(at):
        messages.error(request, _("This lesson has closed. What you did before is kept."))
        return redirect("classroom:lesson_work", assignment.pk)
    done = request.POST.get("done") == "yes"
    actions.mark_done(assignment=assignment, student=request.user, done=done, at=at)
    if done:
        messages.success(request, _("“%(title)s” is marked as done.") % {"title": assignment.title})
        return redirect("classroom:home")
    return redirect("classroom:lesson_work", assignment.pk)


def _lesson_response(
    request: SignedInRequest,
    desk: Desk,
    place: int | None,
    *,
    unsaved: dict[int, StepAnswerForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    page = lesson_work_page(
        desk,
        place,
        progress=queries.progress_of(desk.assignment, [request.user]),
        visit=queries.visit_of(desk.assignment, request.user),
        at=clock.now(),
        unsaved=unsaved,
    )
    return TemplateResponse(request, "classroom/assignments/lesson_work.html", {"page": page}, status=status)
