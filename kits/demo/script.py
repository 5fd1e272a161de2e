"""What a kit's ``demo.yaml`` says: what the demo's class is set and writes. See docs/kit-format.md."""

from dataclasses import dataclass
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
class Script:
    sets: tuple[Set, ...]
    posts: tuple[tuple[str, Line], ...]
    answers: tuple[str, ...]


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
    )


def _line(entry: dict[str, Any]) -> Line:
    return Line(
        text=entry["text"],
        state=entry["state"],
        rule=entry.get("rule", 1),
        reason=entry.get("reason", ""),
        replies=tuple(_line(reply) for reply in entry.get("replies", [])),
    )
