"""Applying a plan: all of it in one transaction, or nothing."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.common.progress import Tell, nobody
from classroom.library.models import Fact, Film
from classroom.people.models import User
from quizzes.bank import actions as bank
from quizzes.bank.models import Question, QuestionVersion
from quizzes.interchange.formats import Format
from quizzes.interchange.planning import MOST_TAG, Plan, PlanLine, plan_import


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
    *,
    film: Film,
    format_: Format,
    text: str,
    digest: str,
    publish: bool,
    by: User,
    at: datetime,
    tell: Tell = nobody,
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
    for done_so_far, line in enumerate(plan.to_do):
        tell(done_so_far, len(plan.to_do))
        question = _question_of(line, film=film, by=by, at=at)
        if "tags" in line.changed or line.is_copy:
            _label(question, line)
        new += line.question is None
        if line.is_relabelled:
            continue
        version = _make(line, question=question, facts=facts, by=by, at=at)
        if publish:
            published += bank.publish(question=version.question, version=version, by=by, at=at)
    tell(len(plan.to_do), len(plan.to_do))
    done = Imported(new, len(plan.to_do) - new, published)
    if plan.to_do:
        audit.record(
            AuditEvent.Kind.QUESTIONS_IMPORTED,
            by=by,
            subject=film,
            at=at,
            detail={"format": format_.name, **asdict(done)},
        )
    return done


def _question_of(line: PlanLine, *, film: Film, by: User, at: datetime) -> Question:
    """The question that a line is of: a new one, one's own, or a copy of the kit's."""
    if line.question is not None and line.question.owner_id is not None:
        return line.question
    return Question.objects.create(film=film, owner=by, key=line.key, created_at=at)


def _label(question: Question, line: PlanLine) -> None:
    """Give a question the difficulty, the standards and the tags that the file names."""
    tags = [tag[:MOST_TAG] for tag in line.record.tags] if line.record else []
    levels = [tag.removeprefix("difficulty:") for tag in tags if tag.startswith("difficulty:")]
    known = [level for level in levels if level in Question.Difficulty.values]
    standards = [tag.removeprefix("standard:").strip() for tag in tags if tag.startswith("standard:")]
    free = [tag for tag in tags if not tag.startswith(("difficulty:", "standard:"))]
    bank.label(
        question=question,
        difficulty=known[0] if known else "",
        standards=list(dict.fromkeys(filter(None, standards))),
        tags=list(dict.fromkeys(free)),
    )


def _make(line: PlanLine, *, question: Question, facts: dict[str, Fact], by: User, at: datetime) -> QuestionVersion:
    record = line.record
    if record is None:
        raise ValueError("A refused question is not made.")
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
        feedback=record.feedback,
    )
