"""A lesson before it is set: as a student sees it, and as the teacher's plan."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from classroom.lessons import queries
from classroom.lessons.models import Lesson
from classroom.people.access import Level, SignedInRequest, allow


@allow(Level.TEACHER)
def lesson_preview(request: SignedInRequest, lesson_id: int) -> HttpResponse:
    """The lesson as a student sees it."""
    lesson = queries.get_lesson(request.user, lesson_id)
    page = queries.lesson_page(lesson, lesson.film, for_teacher=False)
    context = {"page": page, "trail": _trail(lesson)}
    return TemplateResponse(request, "classroom/lessons/preview.html", context)


@allow(Level.TEACHER)
def lesson_plan(request: SignedInRequest, lesson_id: int) -> HttpResponse:
    """The teacher's plan, for the screen and for paper."""
    lesson = queries.get_lesson(request.user, lesson_id)
    page = queries.lesson_page(lesson, lesson.film, for_teacher=True)
    context = {"page": page, "trail": _trail(lesson)}
    return TemplateResponse(request, "classroom/lessons/plan.html", context)


def _trail(lesson: Lesson) -> list[tuple[str, str]]:
    return [(reverse("classroom:kit", args=[lesson.film.key]), lesson.film.title), ("", lesson.title)]
