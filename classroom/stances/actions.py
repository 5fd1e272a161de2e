"""Marking one's place, and closing a marking. Both take the line's row first: no mark comes after the figures."""

from collections import Counter

from django.db import transaction

from classroom.discussions.models import Thread
from classroom.people.models import User
from classroom.stances import figures
from classroom.stances.models import AFTER, Line, Mark, Moment

Moved = tuple[str, int]


class Closed(Exception):
    """The marking that the page showed is not the one that is open."""


@transaction.atomic
def mark(*, thread: Thread, student: User, moment: Moment, place: int, moved_by: Moved | None) -> None:
    """Put a student's mark on the line, or move it: as often as they like, until the marking closes.

    ``moved_by`` is ("post", 7) or ("fact", 3), which the caller has found among what the student can read; before
    reading it is not asked. Raises Closed.
    """
    if _locked(thread).moment != moment:
        raise Closed
    kind, number = moved_by if moved_by and moment != Moment.BEFORE else ("", None)
    Mark.objects.update_or_create(
        thread=thread,
        student=student,
        moment=moment,
        defaults={
            "place": place,
            "moved_by_post_id": number if kind == "post" else None,
            "moved_by_fact_id": number if kind == "fact" else None,
        },
    )


@transaction.atomic
def close(*, thread: Thread, moment: Moment) -> None:
    """Close the open marking, make its figures, and open the next one. It is never opened again. Raises Closed."""
    line = _locked(thread)
    if line.moment != moment:
        raise Closed
    line.figures = {**line.figures, moment.value: _figures(thread, moment)}
    line.moment = AFTER[moment]
    line.save(update_fields=["figures", "moment"])


def _locked(thread: Thread) -> Line:
    Line.objects.get_or_create(thread=thread)
    return Line.objects.select_for_update().get(thread=thread)


def _figures(thread: Thread, moment: Moment) -> dict[str, object]:
    """What may be shown, and nothing else: the row outlives the marks."""
    marks = list(
        Mark.objects.filter(thread=thread, moment=moment).values_list("place", "moved_by_post", "moved_by_fact")
    )
    places = Counter(place for place, _post, _fact in marks)
    moved: Counter[Moved] = Counter()
    for _place, post, fact in marks:
        if post is not None:
            moved["post", post] += 1
        elif fact is not None:
            moved["fact", fact] += 1
    counts = places[1] + places[2], places[3], places[4] + places[5]
    shown = figures.named(moved, len(marks))
    return {
        "cells": list(figures.cells(counts)),
        "moved": [[kind, number, count] for (kind, number), count in shown.items()],
    }
