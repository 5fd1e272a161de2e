"""What lessons teach: the one rule that the whole kit goes by.

A fact is **taught** by a lesson when the lesson puts it before its students, in a step that they see:

- the step's text for students cites it,
- it belongs to a dispute that the step lays out, or that its text opens by a link,
- it is in use and of a topic whose facts the step shows,
- it is in use and dated, and the step shows the timeline (where that is of one topic, the fact is of that topic).

Steps that are hidden or taken out teach nothing; neither do notes to the teacher, nor what is only asked or discussed.
Two pages ask here: the warning before a quiz is set, and what a class was taught, tested on and given to discuss.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import DateTimeField, F, Q, QuerySet, Value
from django.db.models.expressions import Combinable

from classroom.common.markdown import fact_keys
from classroom.lessons.models import Step
from classroom.library.models import Conflict, Fact

_OPENED = re.compile(r"\]\(\s*conflict:([a-z0-9-]+)")
_DATED = ("date", "period")


class _Shown(NamedTuple):
    """A step that students see, with what of it can teach."""

    lesson_id: int
    film_id: int
    body: str
    show: str
    conflict_id: int | None
    topic_id: int | None


class _Row(NamedTuple):
    """A fact with its topic, or one that a dispute is about: then ``key`` and ``of`` are the dispute's."""

    what: str
    fact_id: int
    film_id: int
    key: str
    of: int
    value_type: str
    retired_at: datetime | None


def taught_by(lesson_ids: Collection[int]) -> dict[int, set[int]]:
    """The facts that each of these lessons teaches, by id; of any films, in two queries however many lessons."""
    found: dict[int, set[int]] = {pk: set() for pk in lesson_ids}
    if not found:
        return found
    fields = ("lesson_id", "lesson__film_id", "body", "show", "conflict_id", "topic_id")
    steps = [_Shown(*row) for row in Step.objects.for_students().filter(lesson__in=found).values_list(*fields)]
    cited: dict[tuple[int, str], int] = {}
    in_use: dict[int, list[_Row]] = defaultdict(list)
    disputed: dict[tuple[int, int | str | None], set[int]] = defaultdict(set)
    for row in _rows(steps):
        if row.what == "fact":
            cited[row.film_id, row.key] = row.fact_id
            if row.retired_at is None:
                in_use[row.film_id].append(row)
        else:
            disputed[row.film_id, row.of].add(row.fact_id)
            disputed[row.film_id, row.key].add(row.fact_id)
    for step in steps:
        taught, film = found[step.lesson_id], step.film_id
        for dispute in (step.conflict_id, *_OPENED.findall(step.body)):
            taught |= disputed[film, dispute]
        taught |= {cited[film, key] for key in fact_keys(step.body) if (film, key) in cited}
        taught |= {row.fact_id for row in in_use[film] if _lays_out(step, row)}
    return found


def _lays_out(step: _Shown, fact: _Row) -> bool:
    of_topic = step.topic_id == fact.of
    if step.show == Step.Show.FACTS:
        return of_topic
    return step.show == Step.Show.TIMELINE and fact.value_type in _DATED and (of_topic or step.topic_id is None)


def _rows(steps: Sequence[_Shown]) -> list[_Row]:
    """The facts that these steps may cite or lay out, and those of the disputes that they lay out or open."""
    films = {step.film_id for step in steps}
    cited = {key for step in steps for key in fact_keys(step.body)}
    topics = {step.topic_id for step in steps if step.show == Step.Show.FACTS} - {None}
    timelines = {step.film_id for step in steps if step.show == Step.Show.TIMELINE}
    facts: QuerySet[Any, Any] = Fact.objects.filter(
        Q(key__in=cited) | Q(topic__in=topics) | Q(film__in=timelines, value_type__in=_DATED), film__in=films
    )
    opened = {key for step in steps for key in _OPENED.findall(step.body)}
    laid_out = {step.conflict_id for step in steps} - {None}
    disputed: QuerySet[Any, Any] = Conflict.facts.through.objects.filter(
        Q(conflict__in=laid_out) | Q(conflict__key__in=opened), conflict__film__in=films
    )
    rows = _named(facts, "fact", "pk", "film_id", "key", "topic_id", F("value_type"), F("retired_at")).union(
        _named(
            *(disputed, "dispute", "fact_id", "conflict__film_id", "conflict__key", "conflict_id"),
            *(Value(""), Value(None, output_field=DateTimeField())),
        )
    )
    return [_Row(*row) for row in rows]


def _named(rows: QuerySet[Any, Any], what: str, *fields: str | Combinable) -> QuerySet[Any, Any]:
    """These fields in the order of ``_Row``, under names of their own, so that the rows of two tables can be joined."""
    values = {f"row_{number}": F(each) if isinstance(each, str) else each for number, each in enumerate(fields)}
    named: QuerySet[Any, Any] = rows.order_by().annotate(row_what=Value(what), **values)
    return named.values_list("row_what", *values)
