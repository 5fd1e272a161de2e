"""Scores as a teacher sets them by hand: one, a column of them, or a file of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from classroom.assignments.models import Assignment
from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.gradebook import ledger
from classroom.gradebook.models import Score, ScoreEvent
from classroom.gradebook.news import tell_by_hand
from classroom.people.models import Section, User


@dataclass(frozen=True)
class Entry:
    """What a teacher wants one student's score to be; ``revision`` is of the score that their page showed, 0 for none.

    Without an ``amount`` what was set by hand is taken back, and what was earned counts again. ``feedback`` that is
    None stays as it is.
    """

    student_id: int
    revision: int
    amount: ledger.Amount | None
    feedback: str | None = None


@dataclass(frozen=True)
class Entered:
    """Which students' scores are as entered, and by student those that somebody else has changed since."""

    saved: list[int] = field(default_factory=list)
    stale: dict[int, Score] = field(default_factory=dict)


@transaction.atomic
def enter_scores(
    *, assignment: Assignment, entries: Sequence[Entry], by: User, at: datetime, reason: str = ""
) -> Entered:
    """Set scores by hand, each for itself: one that is stale holds up no other, and nothing is overwritten unseen.

    An entry that is already so, whoever made it so, counts as saved.
    """
    # A row of no revision for those without one, so that first entries are settled by the same lock as later ones.
    Score.objects.bulk_create(
        [Score(assignment=assignment, student_id=each.student_id, revision=0, updated_at=at) for each in entries],
        ignore_conflicts=True,
    )
    locked = Score.objects.select_for_update().filter(
        assignment=assignment, student_id__in=[each.student_id for each in entries]
    )
    scores = {score.student_id: score for score in locked.order_by("pk")}
    entered, events, changed = Entered(), list[ScoreEvent](), list[Score]()
    for entry in entries:
        score = scores[entry.student_id]
        news = _news(score, entry, by=by, at=at, reason=reason)
        if news and score.revision != entry.revision:
            entered.stale[entry.student_id] = score
            continue
        entered.saved.append(entry.student_id)
        if news:
            _apply(score, news, at)
            events += news
            changed.append(score)
    ScoreEvent.objects.bulk_create(events)
    Score.objects.bulk_update(changed, [*Score.STANDING_FIELDS, "revision", "updated_at"], batch_size=100)
    for score in changed:
        detail = {"assignment": assignment.pk, "by_hand": True}
        audit.record(AuditEvent.Kind.SCORE_RECORDED, by=by, subject=score, at=at, detail=detail)
    tell_by_hand(assignment=assignment, students=[score.student_id for score in changed], at=at)
    return entered


def _news(score: Score, entry: Entry, *, by: User, at: datetime, reason: str) -> list[ScoreEvent]:
    """The events that make a score what the entry wants; none where it is so already."""
    common = {"assignment_id": score.assignment_id, "student_id": score.student_id, "by": by, "at": at}
    news = []
    if entry.amount is None and score.by_hand:
        news.append(ScoreEvent(**common, kind=ScoreEvent.Kind.OVERRIDE_REMOVED, reason=reason))
    elif entry.amount is not None and entry.amount != score.counts:
        points, out_of = entry.amount
        kind = ScoreEvent.Kind.OVERRIDDEN
        news.append(ScoreEvent(**common, kind=kind, points=points, out_of=out_of, reason=reason))
    if entry.feedback is not None and entry.feedback != score.feedback:
        news.append(ScoreEvent(**common, kind=ScoreEvent.Kind.FEEDBACK, feedback=entry.feedback))
    return news


def _apply(score: Score, events: Sequence[ScoreEvent], at: datetime) -> None:
    standing = score.standing
    for event in events:
        standing = ledger.after(standing, event)
    score.set_standing(standing)
    score.revision += 1
    score.updated_at = at


class ImportStale(Exception):
    """Somebody has changed a score since the plan was shown; nothing of it was made."""


@transaction.atomic
def import_scores(
    *, entries: Mapping[int, Sequence[Entry]], section: Section, by: User, at: datetime, reason: str
) -> None:
    """Make all changes of an import, by assignment id, or none. Raises ImportStale."""
    for assignment in Assignment.objects.filter(section=section, pk__in=entries).order_by("pk"):
        entered = enter_scores(assignment=assignment, entries=entries[assignment.pk], by=by, at=at, reason=reason)
        if entered.stale:
            raise ImportStale
