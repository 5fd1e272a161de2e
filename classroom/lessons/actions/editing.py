"""The words of a lesson and of its steps."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import F, Max

from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.common.markdown import fact_keys
from classroom.lessons.actions.settling import check_room, hold, settle
from classroom.lessons.models import DROPPED_STEPS_FROM, Lesson, Step
from classroom.library.models import Fact
from classroom.people.models import User

LESSON_FIELDS: Final = (
    "title",
    "essential_question",
    "summary",
    "grade_band",
    "minutes",
    "subjects",
    "objectives",
    "standards",
    "materials",
    "overview",
    "content_note",
    "missing",
    "alternative_task",
)
STEP_FIELDS: Final = (
    "kind",
    "title",
    "minutes",
    "body",
    "teacher_note",
    "show",
    "conflict",
    "topic",
    "answer",
    "completion",
    "quiz_key",
    "prompt_key",
)


class StaleLesson(Exception):
    """The lesson was changed elsewhere since the page was opened; ``stored`` is what is kept."""

    def __init__(self, stored: Lesson) -> None:
        super().__init__()
        self.stored = stored


class StaleStep(Exception):
    """The step was changed elsewhere since the page was opened; ``stored`` is what is kept."""

    def __init__(self, stored: Step) -> None:
        super().__init__()
        self.stored = stored


@transaction.atomic
def change_lesson(*, lesson: Lesson, values: Mapping[str, Any], revision: int, by: User, at: datetime) -> None:
    """Change what a lesson says of itself: ``values`` by LESSON_FIELDS. Raises StaleLesson, with nothing changed."""
    held = hold(lesson)
    if all(getattr(held, name) == values[name] for name in LESSON_FIELDS):
        return
    if held.revision != revision:
        raise StaleLesson(held)
    own = {name: values[name] for name in LESSON_FIELDS}
    Lesson.objects.filter(pk=held.pk).update(**own, revision=F("revision") + 1)
    settle(lesson, at)
    audit.record(AuditEvent.Kind.LESSON_CHANGED, by=by, subject=lesson, at=at)


@transaction.atomic
def add_step(*, lesson: Lesson, values: Mapping[str, Any], by: User, at: datetime) -> Step:
    """Put a new step behind the others; ``values`` by STEP_FIELDS. Raises TooManySteps."""
    hold(lesson)
    places = lesson.steps.filter(position__lt=DROPPED_STEPS_FROM).aggregate(last=Max("position"))
    check_room(lesson)
    step = Step(lesson=lesson, position=(places["last"] or 0) + 1, changed_at=at)
    for name in STEP_FIELDS:
        setattr(step, name, values[name])
    step.save()
    _cite(step)
    settle(lesson, at)
    audit.record(AuditEvent.Kind.LESSON_CHANGED, by=by, subject=lesson, at=at, detail={"step": step.pk})
    return step


@transaction.atomic
def change_step(*, step: Step, values: Mapping[str, Any], revision: int, by: User, at: datetime) -> None:
    """Change a step: ``values`` by STEP_FIELDS. Raises StaleStep, with nothing changed."""
    hold(step.lesson)
    stored = Step.objects.select_related("lesson", "conflict", "topic").get(pk=step.pk)
    if all(getattr(stored, name) == values[name] for name in STEP_FIELDS):
        return
    if stored.revision != revision:
        raise StaleStep(stored)
    let_go = {stored.quiz_key, stored.prompt_key}
    for name in STEP_FIELDS:
        setattr(stored, name, values[name])
    stored.revision, stored.changed_at = stored.revision + 1, at
    stored.save()
    _cite(stored)
    settle(step.lesson, at, dropped=let_go)
    audit.record(AuditEvent.Kind.LESSON_CHANGED, by=by, subject=step.lesson, at=at, detail={"step": step.pk})


def _cite(step: Step) -> None:
    """Let the step rest on the facts whose marks stand in its texts, as a kit's do."""
    keys = fact_keys(f"{step.body}\n{step.teacher_note}")
    step.facts.set(Fact.objects.filter(film=step.lesson.film_id, key__in=keys))
