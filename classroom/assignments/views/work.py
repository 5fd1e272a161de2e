"""Home pages, and a student's way through a lesson."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from classroom.assignments import actions, activities, queries, terms
from classroom.assignments.forms.work import StepAnswerForm
from classroom.assignments.pages import lesson_page_for
from classroom.common import clock
from classroom.library import queries as library
from classroom.people import queries as people
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.models import Role
from classroom.people.permissions import Permission

_STALE = gettext_lazy(
    "You changed this answer in another window, and that one is kept: “%(text)s”. Nothing was overwritten. To keep "
    "this one instead, save it again."
)


@allow(Level.SIGNED_IN)
def home(request: SignedInRequest) -> HttpResponse:
    """What waits for this person: a teacher's classes, a student's work."""
    at = clock.now()
    memberships = people.memberships_of(request.user)
    page: dict[str, object] = {"attention": activities.attention_for(request.user)}
    if request.user.is_teacher or any(m.role != Role.STUDENT for m in memberships):
        page["sections"] = queries.section_lines(memberships, at)
        page["films"] = library.films()
        template = "classroom/assignments/home_teacher.html"
        if any(m.role == Role.STUDENT for m in memberships):
            page["home"] = queries.student_home(request.user, memberships, at)
    else:
        page["home"] = queries.student_home(request.user, memberships, at)
        template = "classroom/assignments/home_student.html"
    return TemplateResponse(request, template, page)


@allow(Level.SIGNED_IN, needs=Permission.WORK_DO)
def lesson_work(request: SignedInRequest, assignment_id: int) -> HttpResponse:
    """An assigned lesson as its student reads and answers it."""
    at = clock.now()
    assignment = queries.get_assignment_to_do(request.user, assignment_id, "lesson", at)
    actions.record_visit(assignment=assignment, student=request.user, at=at)
    return _lesson_response(request, lesson_page_for(assignment, request.user, at))


@allow(Level.SIGNED_IN, "POST", needs=Permission.WORK_DO)
def step_answer(request: SignedInRequest, assignment_id: int, step_id: int) -> HttpResponse:
    at = clock.now()
    assignment = queries.get_assignment_to_do(request.user, assignment_id, "lesson", at)
    step = queries.get_step_to_answer(assignment, step_id)
    form = StepAnswerForm(request.POST)
    if not terms.dates_for(assignment, request.user).is_open(at):
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
            page = lesson_page_for(assignment, request.user, at, unsaved={step.pk: form})
            return _lesson_response(request, page, status=409)
        messages.success(request, _("Saved."))
        return redirect(f"{activities.kind_of('lesson').student_url(assignment)}#step-{step.position}")
    return _lesson_response(request, lesson_page_for(assignment, request.user, at, unsaved={step.pk: form}), status=422)


@allow(Level.SIGNED_IN, "POST", needs=Permission.WORK_DO)
def lesson_done(request: SignedInRequest, assignment_id: int) -> HttpResponse:
    at = clock.now()
    assignment = queries.get_assignment_to_do(request.user, assignment_id, "lesson", at)
    done = request.POST.get("done") == "yes"
    actions.mark_done(assignment=assignment, student=request.user, done=done, at=at)
    if done:
        messages.success(request, _("“%(title)s” is marked as done.") % {"title": assignment.title})
        return redirect("classroom:home")
    return redirect("classroom:lesson_work", assignment.pk)


def _lesson_response(request: HttpRequest, page: object, status: int = 200) -> HttpResponse:
    return TemplateResponse(request, "classroom/assignments/lesson_work.html", {"page": page}, status=status)
