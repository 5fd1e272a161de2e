"""Applying a plan: all of it in one transaction, or nothing."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from classroom.library.models import Fact, Film
from classroom.people.models import User
from quizzes.bank import actions as bank
from quizzes.bank.models import Question, QuestionVersion
from quizzes.interchange.formats import Format
from quizzes.interchange.planning import Plan, PlanLine, plan_import


class PlanChanged(Exception):
    """What the import would do is not what was shown; ``plan`` is what it would do now."""

    def __init__(self, plan: Plan) -> None:
        super().__init__("The plan has changed since it was shown.")
        self.plan = plan


@dataclass(frozen=True)
class Imported:
    """What an import did."""

    new: int
    changed: int
    published: int


@transaction.atomic
def import_questions(
    *, film: Film, format_: Format, text: str, digest: str, publish: bool, by: User, at: datetime
) -> Imported:
    """Make the new and the changed questions of a plan that was shown, as this teacher's own.

    They are drafts unless ``publish``. Refused ones are left out. Raises ``PlanChanged`` where ``digest`` is not that
    of the plan as it would be now, and ``Unreadable``.
    """
    # The teacher's row is the lock: of two imports at once, the second plans on what the first has made.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    plan = plan_import(film=film, user=by, format_=format_, text=text)
    if plan.digest != digest:
        raise PlanChanged(plan)
    facts = {fact.key: fact for fact in Fact.objects.current().filter(film=film)}
    new = published = 0
    for line in plan.to_do:
        version = _make(line, film=film, facts=facts, by=by, at=at)
        new += line.question is None
        if publish:
            published += bank.publish(question=version.question, version=version, by=by, at=at)
    return Imported(new, len(plan.to_do) - new, published)


def _make(line: PlanLine, *, film: Film, facts: dict[str, Fact], by: User, at: datetime) -> QuestionVersion:
    record, question = line.record, line.question
    if record is None:
        raise ValueError("A refused question is not made.")
    if question is None or question.owner_id is None:
        question = Question.objects.create(film=film, owner=by, key=line.key, created_at=at)
    return bank.add_version(
        question=question,
        type=record.type,
        stem=record.stem,
        content=record.content,
        key=record.key,
        explanation=record.explanation,
        points=record.points,
        facts=[facts[key] for key in line.facts],
        by=by,
        at=at,
        hints=record.hints,
    )
