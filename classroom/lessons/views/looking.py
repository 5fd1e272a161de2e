"""A lesson before it is set: as a student sees it, and as the teacher's plan."""

from django.http import HttpResponse
from django.template.response import TemplateResponse

from classroom.lessons import coverage, queries
from classroom.lessons.views.trails import is_own, to_lesson
from classroom.people.access import Level, SignedInRequest, allow


@allow(Level.TEACHER)
def lesson_preview(request: SignedInRequest, lesson_id: int) -> HttpResponse:
    """The lesson as a student sees it."""
    lesson = queries.get_lesson(request.user, lesson_id)
    found = queries.preview(request.user, lesson)
    context = {
        "page": found.page,
        "steps": found.steps,
        "is_own": is_own(lesson, request.user),
        "trail": to_lesson(lesson),
    }
    return TemplateResponse(request, "classroom/lessons/preview.html", context)


@allow(Level.TEACHER)
def lesson_plan(request: SignedInRequest, lesson_id: int) -> HttpResponse:
    """The teacher's plan, for the screen and for paper."""
    lesson = queries.get_lesson(request.user, lesson_id)
    context = {
        "page": queries.lesson_page(lesson, lesson.film, for_teacher=True),
        "coverage": coverage.of_lesson(request.user, lesson),
        "is_own": is_own(lesson, request.user),
        "trail": to_lesson(lesson),
    }
    return TemplateResponse(request, "classroom/lessons/plan.html", context)
