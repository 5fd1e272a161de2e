"""Looking for the facts that a hand-written question rests on, while it is being written: without a script.

The search's fields belong to the question's own form (by its id), so that each of its buttons sends all that is typed;
nothing is judged or kept until the question itself is saved.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from classroom.library import queries as library
from classroom.library.models import Fact, Film, Topic
from classroom.library.queries import FactCard, FactFilter
from quizzes.authoring.writing import SHEETS, Sheet
from quizzes.authoring.writing.lines import lines_of

FACTS_SHOWN = 20


@dataclass(frozen=True)
class Picker:
    """The facts that the question rests on, and those found for it; ``total`` is None where nothing is looked for."""

    chosen: list[FactCard]
    found: list[FactCard]
    total: int | None
    topics: list[Topic]
    standings: list[tuple[str, Any]]
    wanted: FactFilter


def sheet_for(question_type: str, sent: QueryDict, given: dict[str, Any], *, is_sent: bool) -> tuple[Sheet, bool]:
    """The form of a type with what was sent, and whether its writer goes on with it: then nothing is judged yet.

    They go on where they looked for a fact, and where what they typed asks for more. ``given`` is what the form is made
    with beside what was sent.
    """
    form = SHEETS[question_type](sent if is_sent else None, question_type=question_type, **given)
    note = form.asks_more() if is_sent else ""
    if not note and not (is_sent and is_picking(sent)):
        return form, False
    initial = with_picked(sent, form.typed_so_far())
    going_on = SHEETS[question_type](question_type=question_type, **given | {"initial": initial})
    going_on.note = note
    return going_on, True


def is_picking(sent: QueryDict) -> bool:
    """Whether a search or a fact was asked for, and not that the question be saved.

    Enter in the field of the search presses the form's first button, which saves: words that were not looked for yet
    are looked for instead. Where the words were taken out, nothing is looked for.
    """
    words = sent.get("find", "").strip()
    return bool(sent.get("do")) or (bool(words) and words != sent.get("found", "").strip())


def with_picked(sent: QueryDict, typed: dict[str, Any]) -> dict[str, Any]:
    """What was typed, with the fact that a button puts in or takes out."""
    do, _colon, key = sent.get("do", "").partition(":")
    keys = lines_of(typed["facts"] or "")
    if do == "take" and key not in keys:
        keys.append(key)
    return typed | {"facts": "\n".join(each for each in keys if do != "drop" or each != key)}


def picker(film: Film, sent: Mapping[str, Any], facts: str) -> Picker:
    """In a fixed number of queries; only what the film's ledger holds is shown."""
    standing = sent.get("find_standing", "")
    wanted = FactFilter(
        sent.get("find", "").strip()[:100],
        standing if standing in Fact.Standing.values else "",
        topic=sent.get("find_topic", ""),
    )
    keys = lines_of(facts)[: FACTS_SHOWN * 2]
    own = list(Fact.objects.current().filter(film=film, key__in=keys).select_related("topic"))
    matching = library.find_facts(film, wanted).exclude(key__in=keys) if wanted != FactFilter() else None
    found = list(matching[:FACTS_SHOWN]) if matching is not None else []
    cards = library.fact_cards([*own, *found], for_teacher=True)
    return Picker(
        chosen=cards[: len(own)],
        found=cards[len(own) :],
        total=matching.count() if matching is not None else None,
        topics=list(library.topics_of(film)),
        standings=list(Fact.Standing.choices),
        wanted=wanted,
    )
