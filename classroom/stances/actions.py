"""Marking one's place, and closing a marking. Both take the line's row first: no mark comes after the figures."""

from collections import Counter
from datetime import datetime

from django.db import transaction

from classroom.assignments.models import Assignment
from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.people.models import User
from classroom.stances import figures
from classroom.stances.models import AFTER, MOVED_BY, Line, Mark, Moment, Moved


class Closed(Exception):
    """The marking that the page showed is not the one that is open."""


@transaction.atomic
def mark(
    *,
    assignment: Assignment,
    student: User,
    moment: Moment,
    place: int,
    moved_by: Moved | None = None,
    is_told: bool = True,
) -> None:
    """Put a student's mark on the line, or move it: as often as they like, until the marking closes.

    ``moved_by`` is such as ("post", 7), which the caller has found among what the student can read; before reading it
    is not asked. Where the form did not ask (``is_told`` is false), what was said before stands. Raises Closed.
    """
    if _locked(assignment).moment != moment:
        raise Closed
    fields: dict[str, int | None] = {"place": place}
    if is_told:
        kind, number = moved_by if moved_by and moment != Moment.BEFORE else ("", None)
        fields |= {f"{column}_id": number if name == kind else None for name, column in MOVED_BY.items()}
    Mark.objects.update_or_create(assignment=assignment, student=student, moment=moment, defaults=fields)


@transaction.atomic
def close(*, assignment: Assignment, moment: Moment, by: User, at: datetime) -> None:
    """Close the open marking, make its figures, and open the next one. It is never opened again. Raises Closed."""
    line = _locked(assignment)
    if line.moment != moment:
        raise Closed
    line.figures = {**line.figures, moment.value: _figures(assignment, moment)}
    line.moment = AFTER[moment]
    line.save(update_fields=["figures", "moment"])
    audit.record(AuditEvent.Kind.MARKING_CLOSED, by=by, subject=assignment, at=at, detail={"moment": moment.value})


def _locked(assignment: Assignment) -> Line:
    Line.objects.get_or_create(assignment=assignment)
    return Line.objects.select_for_update().get(assignment=assignment)


def _figures(assignment: Assignment, moment: Moment) -> dict[str, object]:
    """What may be shown, and nothing else: the row outlives the marks."""
    marks = list(Mark.objects.filter(assignment=assignment, moment=moment))
    places = Counter(each.place for each in marks)
    moved: Counter[Moved] = Counter(moved_by for each in marks if (moved_by := each.moved_by))
    counts = places[1] + places[2], places[3], places[4] + places[5]
    shown = figures.named(moved, len(marks))
    return {
        "cells": list(figures.cells(counts)),
        "moved": [[kind, number, count] for (kind, number), count in shown.items()],
    }
