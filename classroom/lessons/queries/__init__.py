"""Lessons for those who may see them, and as their pages show them."""

from classroom.lessons.queries.desk import (
    LessonDesk,
    PreviewPage,
    lesson_desk,
    other_quiz,
    preview,
    step_preview,
)
from classroom.lessons.queries.pages import FactsMap, LessonPage, NumberedCard, StepView, lesson_page
from classroom.lessons.queries.reaching import (
    OwnLessons,
    get_lesson,
    get_own_lesson,
    get_own_step,
    lessons_citing,
    lessons_with_quiz,
    own_lessons,
)

__all__ = [
    "FactsMap",
    "LessonDesk",
    "LessonPage",
    "NumberedCard",
    "OwnLessons",
    "PreviewPage",
    "StepView",
    "get_lesson",
    "get_own_lesson",
    "get_own_step",
    "lesson_desk",
    "lesson_page",
    "lessons_citing",
    "lessons_with_quiz",
    "other_quiz",
    "own_lessons",
    "preview",
    "step_preview",
]
