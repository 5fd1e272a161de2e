"""Words of despair and of threat, which call for an adult and for no punishment.

The phrases are in ``lists/concern-*.txt``: a heading ``[self-harm]``, ``[threat]`` or ``[not]`` and below it a phrase a
line. A phrase is a regular expression on the folded text; a space stands for any space, `` ?`` for
one or none, ``~`` for up to three words
between. What fits under ``[not]`` (to die of boredom) is no concern.
"""

import re
from functools import cache
from importlib import resources

from classroom.screening.matching.folding import Folded
from classroom.screening.matching.kinds import Kind, Match

LANGUAGES = ("en", "zh", "es")


def find(folded: Folded) -> list[Match]:
    """Where a text speaks of the writer's or somebody's despair, or threatens, in order."""
    patterns, harmless = _phrases()
    stays = [match.span() for match in harmless.finditer(folded.text)]
    found = []
    for kind, pattern in patterns:
        for match in pattern.finditer(folded.text):
            if any(start <= match.start() and match.end() <= end for start, end in stays):
                continue
            start, end = folded.span(*match.span())
            found.append(Match(start, end, kind))
    return sorted(found)


@cache
def _phrases() -> tuple[list[tuple[Kind, re.Pattern[str]]], re.Pattern[str]]:
    by_heading: dict[str, list[str]] = {"self-harm": [], "threat": [], "not": []}
    for language in LANGUAGES:
        heading = ""
        for line in lines(f"concern-{language}.txt"):
            if line.startswith("[") and line.endswith("]") and line[1:-1] in by_heading:
                heading = line[1:-1]
            else:
                by_heading[heading].append(_regex(line, whole=language != "zh"))
    return (
        [
            (Kind.SELF_HARM, re.compile("|".join(by_heading["self-harm"]))),
            (Kind.THREAT, re.compile("|".join(by_heading["threat"]))),
        ],
        re.compile("|".join(by_heading["not"])),
    )


def _regex(phrase: str, *, whole: bool) -> str:
    pattern = phrase.replace(" ~ ", r"\s+(?:\S+\s+){0,3}?").replace(" ?", r"[\s,]*").replace(" ", r"[\s,]+")
    return rf"(?<![a-z0-9ñ])(?:{pattern})(?![a-z0-9ñ])" if whole else f"(?:{pattern})"


def lines(name: str) -> list[str]:
    """The lines of a list of ours, without comments."""
    text = (resources.files("classroom.screening") / "lists" / name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
