"""Scores as they come in: pushed down by what earned them (a quiz, a thread), or set by a teacher's hand."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from classroom.assignments.models import Assignment
from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.gradebook import ledger, news
from classroom.gradebook.models import Category, ColumnSettings, GradingPolicy, Score, ScoreEvent
from classroom.gradebook.queries.rules import categories_of, column_basis, policies_of, rules_basis
from classroom.people.models import Section, User


@transaction.atomic
def record_score(
    *,
    assignment: Assignment,
    student: User,
    points: Decimal,
    out_of: Decimal,
    source: str,
    by: User | None,
    at: datetime,
    done_at: datetime | None = None,
    kind: ScoreEvent.Kind = ScoreEvent.Kind.GRADED,
    reason: str = "",
) -> bool:
    """Add what counts for an assignment from now on, in points. ``by`` is None where no person decided it.

    ``source`` names what was graded, such as "attempt:12": the same grading recorded twice makes one event, and then
    the answer is False. A score set by hand stays in force, and this goes beneath it. ``done_at`` is when the student
    handed in, for the late rule; a grading that leaves it out changes nothing about being late.
    """
    event, made = ScoreEvent.objects.get_or_create(
        kind=kind,
        source=source,
        defaults={
            "assignment": assignment,
            "student": student,
            "points": points,
            "out_of": out_of,
            "by": by,
            "at": at,
            "done_at": done_at,
            "reason": reason,
        },
    )
    if not made:
        return False
    first = {"points": points, "out_of": out_of, "earned_points": points, "earned_out_of": out_of, "done_at": done_at}
    # Under the row's lock, so that of two events at once the later one finds both.
    score, is_first = Score.objects.select_for_update().get_or_create(
        assignment=assignment, student=student, defaults={**first, "updated_at": at}
    )
    if not is_first:
        at = _last(event, score)
        recompute_score(score, at=at)
    audit.record(AuditEvent.Kind.SCORE_RECORDED, by=by, subject=score, at=at, detail={"assignment": assignment.pk})
    return True


def _last(event: ScoreEvent, score: Score) -> datetime:
    """Let a new event be the last of a score whose row is held, and say when that is.

    Of two requests at once the one that waited may have come first, and what it has found is nevertheless the newer.
    """
    if event.at < score.updated_at:
        event.at = score.updated_at
        event.save(update_fields=["at"])
    return event.at


@transaction.atomic
def withdraw_score(*, assignment: Assignment, student: User, source: str, by: User | None, at: datetime) -> bool:
    """Take back what was earned, since it waits to be graded again; what was set by hand stays in force.

    ``source`` names what made it wait: the same one twice makes one event. False where nothing is taken back.
    """
    score = Score.objects.select_for_update().filter(assignment=assignment, student=student).first()
    if score is None or score.earned is None:
        return False
    event, made = ScoreEvent.objects.get_or_create(
        kind=ScoreEvent.Kind.WITHDRAWN,
        source=source,
        defaults={"assignment": assignment, "student": student, "by": by, "at": at},
    )
    if made:
        at = _last(event, score)
        recompute_score(score, at=at)
        audit.record(
            AuditEvent.Kind.SCORE_RECORDED,
            by=by,
            subject=score,
            at=at,
            detail={"assignment": assignment.pk, "withdrawn": True},
        )
    return made


def recompute_score(score: Score, *, at: datetime) -> bool:
    """Set a score to what its events say, and tell whether that changed it. The caller holds the row's lock."""
    events = ScoreEvent.objects.filter(assignment_id=score.assignment_id, student_id=score.student_id)
    standing = ledger.standing_of(events.order_by("at", "pk"))
    if standing == score.standing:
        return False
    score.set_standing(standing)
    score.revision += 1
    score.updated_at = at
    score.save(update_fields=[*Score.STANDING_FIELDS, "revision", "updated_at"])
    return True


# --- By hand ------------------------------------------------------------------------------------------------------


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


# --- How a class is graded ----------------------------------------------------------------------------------------


class StaleRules(Exception):
    """Somebody else has changed the rules since this page was shown; nothing was saved."""


_OF_POLICY = ("scale", "letters", "late_percent", "late_floor")
_OF_COLUMN = ("category_id", "out_of", "counts", "extra_credit", "hidden")


@transaction.atomic
def save_policy(*, policy: GradingPolicy, categories: Sequence[Category], basis: str, by: User, at: datetime) -> None:
    """Keep a class's policy with all its categories; assignments of a category that is not named are in none.

    ``basis`` is of the rules that the page showed. Raises StaleRules where it is not of those that are kept now, unless
    they are just as wanted, as after a second click.
    """
    # The class's row is the lock: two who save its first policy at once leave one.
    section = Section.objects.select_for_update().get(pk=policy.section_id)
    stored = policies_of([section])[section.pk]
    known = {each.pk: each for each in categories_of(section)}
    if rules_basis(stored, known.values()) != basis:
        if _are_so_already(policy, stored, categories, known):
            return
        raise StaleRules
    GradingPolicy.objects.update_or_create(
        section=section, defaults={each: getattr(policy, each) for each in _OF_POLICY}
    )
    Category.objects.filter(section=section).exclude(pk__in=[each.pk for each in categories if each.pk]).delete()
    for category in categories:
        if category.pk:
            # Two may take each other's names.
            Category.objects.filter(pk=category.pk).update(name=f"category {category.pk} {secrets.token_hex(8)}")
    for category in categories:
        category.section = section
        category.save()
    audit.record(AuditEvent.Kind.GRADING_CHANGED, by=by, subject=section, at=at)


def _are_so_already(
    policy: GradingPolicy, stored: GradingPolicy, categories: Sequence[Category], known: Mapping[int, Category]
) -> bool:
    if (policy.scale, policy.letter_list) != (stored.scale, stored.letter_list):
        return False
    if (policy.late_percent, policy.late_floor) != (stored.late_percent, stored.late_floor):
        return False
    kept = {(each.pk, each.name, each.weight, each.drop_lowest) for each in known.values()}
    # A new category has no id yet: its name says which one it would be.
    by_name = {each.name: each.pk for each in known.values()}
    wanted = {(each.pk or by_name.get(each.name), each.name, each.weight, each.drop_lowest) for each in categories}
    return wanted == kept and len(categories) == len(kept)


@transaction.atomic
def save_column(*, settings: ColumnSettings, basis: str, by: User, at: datetime) -> None:
    """Keep how one assignment counts, and whether its students see their scores.

    ``basis`` is of the settings that the page showed. Raises StaleRules where it is not of those that are kept now,
    unless they are just as wanted, as after a second click.
    """
    stored = _held_column(settings.assignment)
    if column_basis(stored) != basis:
        if column_basis(stored) == column_basis(settings):
            return
        raise StaleRules
    ColumnSettings.objects.filter(pk=stored.pk).update(**{each: getattr(settings, each) for each in _OF_COLUMN})
    detail = {"hidden": settings.hidden, "counts": settings.counts}
    audit.record(AuditEvent.Kind.GRADING_CHANGED, by=by, subject=settings.assignment, at=at, detail=detail)
    if stored.hidden and not settings.hidden:
        news.tell_released(assignment=settings.assignment, at=at)


def _held_column(assignment: Assignment) -> ColumnSettings:
    """An assignment's settings, locked; a row where there was none, so that the same lock settles the first save."""
    ColumnSettings.objects.bulk_create([ColumnSettings(assignment=assignment)], ignore_conflicts=True)
    return ColumnSettings.objects.select_for_update().get(assignment=assignment)


@transaction.atomic
def set_own_late_rule(*, assignment: Assignment, has_one: bool) -> None:
    """Say whether what is recorded for an assignment has lost its share for being late already. Never both rules."""
    if has_one:
        ColumnSettings.objects.update_or_create(assignment=assignment, defaults={"has_own_late_rule": True})
    else:
        ColumnSettings.objects.filter(assignment=assignment).update(has_own_late_rule=False)


@transaction.atomic
def set_hidden(*, assignment: Assignment, hidden: bool, basis: str, by: User, at: datetime) -> None:
    """Hide an assignment's scores and feedback from students, or release them.

    ``basis`` is of the settings that the page showed. Raises StaleRules where others are kept now: whoever releases
    scores has seen how they count. What is so already, as after a second click, is left alone.
    """
    stored = _held_column(assignment)
    if stored.hidden == hidden:
        return
    if column_basis(stored) != basis:
        raise StaleRules
    ColumnSettings.objects.filter(pk=stored.pk).update(hidden=hidden)
    audit.record(AuditEvent.Kind.GRADING_CHANGED, by=by, subject=assignment, at=at, detail={"hidden": hidden})
    if not hidden:
        news.tell_released(assignment=assignment, at=at)


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
