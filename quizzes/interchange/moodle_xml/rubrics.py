"""A rubric as lines of Moodle's "information for graders": "2 = Names a source", then what a good answer may say."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from quizzes.interchange.records import Key

_LINE: Final = re.compile(r"(\d{1,4}(?:\.\d{1,4})?) = (.+)")
_MODEL: Final = "A good answer may say:"


def rubric_text(key: Key) -> str:
    """The rubric and the model answer of a key, as lines."""
    lines = [f"{criterion['points']} = {' '.join(criterion['text'].split())}" for criterion in key["rubric"]]
    return "\n".join([*lines, *([_MODEL, key["model"].strip()] if key.get("model", "").strip() else [])])


def read_rubric(text: str) -> tuple[Sequence[tuple[Decimal, str]], str]:
    """The criteria and the model answer; where the lines are no rubric of ours, all of it is the model answer."""
    rubric: list[tuple[Decimal, str]] = []
    head, _mark, model = text.partition(_MODEL)
    for line in filter(None, map(str.strip, head.split("\n"))):
        found: Any = _LINE.fullmatch(line)
        if not found or not Decimal(found.group(1)):
            return [], text.strip()
        rubric.append((Decimal(found.group(1)), found.group(2)))
    return rubric, model.strip()
