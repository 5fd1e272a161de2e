"""Doing the part of the work that lives in lessons."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from classroom.assignments.models import Assignment, StepAnswer, Visit
from classroom.lessons.models import Step
from classroom.people.models import User

STEP_ANSWER_MAX = 5000


def record_visit(*, assignment: Assignment, student: User, at: datetime) -> None:
    """Remember that a student has opened an assignment, first and last."""
    _visit, made = Visit.objects.get_or_create(
        assignment=assignment, student=student, defaults={"first_at": at, "last_at": at}
    )
    if not made:
        Visit.objects.filter(assignment=assignment, student=student).update(last_at=at)


def mark_done(*, assignment: Assignment, student: User, done: bool, at: datetime) -> None:
    """The student says that they are through a lesson, or takes it back."""
    record_visit(assignment=assignment, student=student, at=at)
    Visit.objects.filter(assignment=assignment, student=student).update(done_at=at if done else None)


class StaleAnswer(Exception):
    """The answer was changed elsewhere since the page was opened; ``stored`` is what is kept."""

    def __init__(self, stored: StepAnswer) -> None:
        super().__init__()
        self.stored = stored


@transaction.atomic
def save_step_answer(
    *, assignment: Assignment, step: Step, student: User, text: str, revision: int, at: datetime
) -> StepAnswer:
    """Keep what a student wrote. ``revision`` is the one that their page shows, 0 for none. Raises StaleAnswer."""
    answer, made = StepAnswer.objects.get_or_create(
        assignment=assignment, step=step, student=student, defaults={"text": text, "saved_at": at}
    )
    if made or answer.text == text:
        return answer
    changed = StepAnswer.objects.filter(pk=answer.pk, revision=revision).update(
        text=text, revision=F("revision") + 1, saved_at=at
    )
    answer.refresh_from_db()
    if not changed:
        raise StaleAnswer(answer)
    return answer
