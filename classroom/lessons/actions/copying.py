"""A teacher's own copy of a lesson."""

import secrets
from datetime import datetime

from django.db import transaction

from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.lessons.actions.settling import hold
from classroom.lessons.models import Lesson, Step
from classroom.people.models import User

_OWN_TO_EACH = frozenset(
    {"id", "key", "owner", "copied_from", "shared_at", "created_at", "changed_at", "revision", "retired_at"}
)
_OWN_TO_EACH_STEP = frozenset({"id", "lesson", "changed_at", "revision"})


@transaction.atomic
def copy_lesson(*, lesson: Lesson, title: str, by: User, at: datetime) -> Lesson:
    """Copy a lesson with all its steps, their citations, and what they show and ask; each call makes a new one."""
    original = hold(lesson)
    copy = Lesson(
        **{name: getattr(original, name) for name in _names(Lesson) if name not in _OWN_TO_EACH},
        key=f"own-{secrets.token_hex(6)}",
        owner=by,
        copied_from=original,
        created_at=at,
    )
    copy.title = title
    copy.save()
    steps = list(original.steps.current().order_by("position").prefetch_related("facts"))
    copies = Step.objects.bulk_create(
        Step(lesson=copy, **{name: getattr(step, name) for name in _names(Step) if name not in _OWN_TO_EACH_STEP})
        for step in steps
    )
    Step.facts.through.objects.bulk_create(
        Step.facts.through(step_id=new.pk, fact_id=fact.pk)
        for step, new in zip(steps, copies, strict=True)
        for fact in step.facts.all()
    )
    audit.record(AuditEvent.Kind.LESSON_COPIED, by=by, subject=copy, at=at, detail={"from": original.pk})
    return copy


def _names(model: type[Lesson] | type[Step]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields]
