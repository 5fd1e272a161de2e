"""What a kit's ``demo.yaml`` says: what the demo's class is set and writes. See docs/kit-format.md."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Set:
    """One thing that the class is set: a lesson with its parts, a prompt or a quiz, due in so many days."""

    kind: str
    key: str
    days: int


@dataclass(frozen=True)
class Line:
    """One post: what is said, and how it fares."""

    text: str
    state: str
    rule: int
    reason: str
    replies: tuple["Line", ...]


@dataclass(frozen=True)
class Criterion:
    """One line of an essay's rubric; ``levels`` are points with words, for what lies between nothing and all."""

    text: str
    points: Decimal
    levels: tuple[tuple[Decimal, str], ...]


@dataclass(frozen=True)
class EssayAnswer:
    """What a student writes; ``given`` are the points for each criterion, empty where the answer still waits."""

    text: str
    given: tuple[Decimal, ...]
    feedback: str


@dataclass(frozen=True)
class Essay:
    """An essay of the demo teacher's own, set to the class as a quiz, and due in so many days."""

    title: str
    stem: str
    facts: tuple[str, ...]
    days: int
    rubric: tuple[Criterion, ...]
    model: str
    answers: tuple[EssayAnswer, ...]


@dataclass(frozen=True)
class Marking:
    """How many students stand at each place of a position line, and how many of them a fact has moved there."""

    places: tuple[int, ...]
    moved_by: str
    moved: int


@dataclass(frozen=True)
class PositionLine:
    """Where the class stands on the line of a prompt: its markings in order, of which the last is still open."""

    prompt: str
    markings: tuple[Marking, ...]


@dataclass(frozen=True)
class Script:
    sets: tuple[Set, ...]
    posts: tuple[tuple[str, Line], ...]
    answers: tuple[str, ...]
    essay: Essay | None = None
    line: PositionLine | None = None


KINDS = {"lesson": "lesson", "prompt": "thread", "quiz": "quiz"}


def read_script(kit: Path) -> Script | None:
    """The demo of the kit in this folder; None where it has none."""
    path = kit / "demo.yaml"
    if not path.is_file():
        return None
    read = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Script(
        sets=tuple(
            Set(kind, entry[word], entry["days"])
            for entry in read["assign"]
            for word, kind in KINDS.items()
            if word in entry
        ),
        posts=tuple((entry["prompt"], _line(entry)) for entry in read["posts"]),
        answers=tuple(read["answers"]),
        essay=_essay(read["essay"]) if "essay" in read else None,
        line=_position_line(read["position"]) if "position" in read else None,
    )


def _essay(entry: dict[str, Any]) -> Essay:
    return Essay(
        title=entry["title"],
        stem=entry["stem"].strip(),
        facts=tuple(entry["facts"]),
        days=entry["days"],
        rubric=tuple(
            Criterion(
                each["text"],
                Decimal(each["points"]),
                tuple((Decimal(level["points"]), level["text"]) for level in each.get("levels", [])),
            )
            for each in entry["rubric"]
        ),
        model=entry.get("model", "").strip(),
        answers=tuple(
            EssayAnswer(
                each["text"].strip(), tuple(map(Decimal, each.get("points", []))), each.get("feedback", "").strip()
            )
            for each in entry["answers"]
        ),
    )


def _position_line(entry: dict[str, Any]) -> PositionLine:
    return PositionLine(
        prompt=entry["prompt"],
        markings=tuple(
            Marking(tuple(each["places"]), each.get("moved_by", ""), each.get("moved", 0)) for each in entry["markings"]
        ),
    )


def _line(entry: dict[str, Any]) -> Line:
    return Line(
        text=entry["text"],
        state=entry["state"],
        rule=entry.get("rule", 1),
        reason=entry.get("reason", ""),
        replies=tuple(_line(reply) for reply in entry.get("replies", [])),
    )
