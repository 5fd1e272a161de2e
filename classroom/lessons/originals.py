"""The marks of lessons and steps as they stand: a translation is shown while the mark that it was made from holds.

The kit's check works out the same marks from a kit's files (`kits.originals`).
"""

from typing import TYPE_CHECKING

from classroom.common.translated import mark_of

if TYPE_CHECKING:
    from classroom.lessons.models import Lesson, Step


def mark_of_lesson(lesson: "Lesson") -> str:
    """The mark of what a lesson says of itself."""
    texts = (
        lesson.title,
        lesson.essential_question,
        lesson.summary,
        lesson.content_note,
        lesson.alternative_task,
        lesson.missing,
        lesson.overview,
        *lesson.objectives,
        *lesson.materials,
    )
    return mark_of(*(text for text in texts if text))


def mark_of_step(step: "Step") -> str:
    """The mark of a step's texts."""
    return mark_of(*(text for text in (step.title, step.body, step.teacher_note) if text))
