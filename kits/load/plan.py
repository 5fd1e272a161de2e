"""What a load would do: records of the kit beside records of the database."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kits.records.shapes import KINDS, Record, Records

# Rows of these kinds are never retired: facts that are retired still rest on them.
LASTING = frozenset({"film", "topic", "source"})
EMPTY: Mapping[str, Record] = {}


class State(StrEnum):
    """What becomes of one element."""

    NEW = "new"
    CHANGED = "changed"
    BACK = "back again"
    SAME = "same"
    RETIRED = "retired"


@dataclass(frozen=True)
class Change:
    """What becomes of one element; `fields` names what differs, and `quiet` tells that only its place or look does."""

    kind: str
    key: str
    state: State
    fields: tuple[str, ...] = ()
    quiet: bool = False

    @property
    def is_written(self) -> bool:
        """Whether anything has to be written for it."""
        return self.state is not State.SAME or self.quiet


@dataclass(frozen=True)
class Plan:
    """All changes, in the order in which they are made, and what rests on each fact."""

    changes: tuple[Change, ...]
    questions_on: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lessons_on: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # How many questions of teachers' own rest on a fact: the kit does not touch them, so somebody should look.
    own_questions_on: Mapping[str, int] = field(default_factory=dict)

    @property
    def changes_anything(self) -> bool:
        """False where a load would write nothing at all."""
        return any(change.is_written for change in self.changes)

    @property
    def digest(self) -> str:
        """By which a plan that was shown is known again."""
        told = [[each.kind, each.key, each.state, each.fields, each.quiet] for each in self.changes]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

    @property
    def keeps_its_version(self) -> bool:
        """Whether a kit that was loaded before has changed without a new version."""
        film = self.of("film", State.CHANGED, State.SAME)
        changed = any(change.state is not State.SAME for change in self.changes)
        return bool(film) and changed and "version" not in film[0].fields

    def of(self, kind: str, *states: State) -> list[Change]:
        """The changes of one kind in any of the states."""
        return [change for change in self.changes if change.kind == kind and change.state in states]

    def written(self, kind: str) -> list[Change]:
        """The changes of one kind for which something is written, those to retire aside."""
        return [
            change
            for change in self.changes
            if change.kind == kind and change.is_written and change.state is not State.RETIRED
        ]


def make_plan(wanted: Records, stored: Records, own_questions_on: Mapping[str, int] | None = None) -> Plan:
    """Compare the kit's records with those of the database (empty for a film that is not there yet)."""
    changes = [change for kind in KINDS for change in _compare(kind, wanted.get(kind, EMPTY), stored.get(kind, EMPTY))]
    return Plan(
        tuple(changes),
        questions_on=_resting("question", wanted, stored, lambda record: record.data.get("facts", [])),
        lessons_on=_resting(
            "lesson", wanted, stored, lambda record: [key for step in record.data["steps"] for key in step["facts"]]
        ),
        own_questions_on=own_questions_on or {},
    )


def _compare(kind: str, wanted: Mapping[str, Record], stored: Mapping[str, Record]) -> Iterator[Change]:
    for key, record in wanted.items():
        held = stored.get(key)
        if held is None:
            yield Change(kind, key, State.NEW)
            continue
        fields = tuple(name for name in record.data if record.data[name] != held.data.get(name))
        if held.retired:
            yield Change(kind, key, State.BACK, fields)
        elif fields:
            yield Change(kind, key, State.CHANGED, fields)
        else:
            yield Change(kind, key, State.SAME, quiet=record.quiet != held.quiet)
    for key, record in stored.items():
        if key not in wanted and not record.retired and kind not in LASTING:
            yield Change(kind, key, State.RETIRED)


def _resting(
    kind: str, wanted: Records, stored: Records, facts_of: Callable[[Record], list[str]]
) -> dict[str, tuple[str, ...]]:
    """For each fact, the elements of a kind that rest on it, in the kit or, where they are not yet retired, before."""
    found: dict[str, dict[str, None]] = {}
    for records in (wanted, stored):
        for key, record in records.get(kind, EMPTY).items():
            for fact in () if record.retired else facts_of(record):
                found.setdefault(fact, {})[key] = None
    return {fact: tuple(keys) for fact, keys in found.items()}


def told(plan: Plan, *, planned_only: bool) -> Iterator[str]:
    """The plan as lines of text: a line for each kind, then each change, and what rests on each changed fact."""
    for kind in KINDS:
        states = Counter(change.state for change in plan.changes if change.kind == kind)
        if states:
            spread = ", ".join(f"{states[state]} {state}" for state in State if states[state])
            yield f"{kind + ':':<10} {spread}"
    for change in plan.changes:
        if change.state in {State.CHANGED, State.BACK, State.RETIRED}:
            yield from _told(change, plan)
    if plan.keeps_its_version:
        yield "The kit's version is what it was before: raise it in film.yaml with every change."
    if not plan.changes_anything:
        yield "Nothing would change." if planned_only else "Nothing has changed."


def _told(change: Change, plan: Plan) -> Iterator[str]:
    fields = f" ({', '.join(change.fields)})" if change.fields else ""
    yield f"{change.kind} {change.key}: {change.state}{fields}"
    if change.kind == "fact":
        for name, resting in (("questions", plan.questions_on), ("lessons", plan.lessons_on)):
            keys = resting.get(change.key, ())
            if keys:
                yield f"    {name} that rest on it: {', '.join(keys)}"
        if own := plan.own_questions_on.get(change.key):
            yield f"    teachers' own questions that rest on it: {own}"
