"""Texts with gaps as Moodle writes them: {1:SHORTANSWER:=Beijing~%0%Nanjing#No} (docs.moodle.org, "Embedded Answers").

A gap has a weight, a type and alternatives parted by ~, each with = or %50% before it and #feedback behind it.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from classroom.library.values.numbers import plain_number
from quizzes.grading.blanks import FOR_ALL, MARKER, MOST_GAPS
from quizzes.interchange import making
from quizzes.interchange.feedback import centred, of_gap, sayings_of
from quizzes.interchange.making import Answer, Made
from quizzes.interchange.records import Content, Key, Record, Refused
from quizzes.interchange.sharing import (
    Shared,
    also_of,
    centre_of,
    choice_shares,
    date_wordings,
    exact,
    short_answers,
    shown,
)

_OPENS: Final = re.compile(r"\{(\d{0,4}):([A-Z_]{2,20}):")
_WEIGHT: Final = re.compile(r"(=|%(-?\d{1,3}(?:[.,]\d{0,10})?)%)")
# The ways in which a choice may be laid out: down, across, shuffled.
_WAYS: Final = (("MULTICHOICE_", ("V", "H", "S", "VS", "HS")), ("MC", ("V", "H", "S", "VS", "HS")))
_SHORT: Final = frozenset({"SHORTANSWER", "SA", "MW"})
_SHORT_CASE: Final = frozenset({"SHORTANSWER_C", "SAC", "MWC"})
_CHOICE: Final = frozenset({"MULTICHOICE", "MC"} | {f"{name}{way}" for name, ways in _WAYS for way in ways})
_NUMERIC: Final = frozenset({"NUMERICAL", "NM"})
_UNESCAPED: Final = re.compile(r"\\([}#~/\"\\])")
_TO_ESCAPE: Final = re.compile(r"[}#~/\"\\]")


@dataclass(frozen=True, slots=True)
class _Gap:
    weight: Decimal
    kind: str
    alternatives: tuple[Answer, ...]


def split_stem(text: str) -> tuple[str, str]:
    """A first paragraph without a gap, which says what is asked, and the text with the gaps."""
    stem, blank, rest = text.partition("\n\n")
    return (stem.strip(), rest.strip()) if blank and not _OPENS.search(stem) else ("", text)


def read_cloze(text: str, lost: list[str]) -> tuple[Made, list[Answer]]:
    """Content and key of a text with gaps, and the answers with what is said to them. Raises `Refused`."""
    pieces, gaps, place = [], [], 0
    while found := _OPENS.search(text, place):
        end = _end(text, found.end())
        gaps.append(_gap(found.group(1), found.group(2), text[found.end() : end]))
        pieces += [text[place : found.start()], f"[[{len(gaps)}]]"]
        place = end + 1
        if len(gaps) > MOST_GAPS:
            raise Refused(f"It has more than {MOST_GAPS} gaps.")
    if not gaps:
        raise Refused("It has no gap that could be read, such as {1:SHORTANSWER:=answer}.")
    if MARKER.search("".join(pieces[::2]) + text[place:]):
        raise Refused("Its text holds [[1]] or the like, which would be taken for a gap.")
    content: Content = {"text": "".join(pieces) + text[place:], "gaps": []}
    key: Key = {"gaps": {}}
    for number, gap in enumerate(gaps, 1):
        type_, (gap_content, gap_key) = _made(gap, number, lost)
        content["gaps"].append({"id": str(number), "type": type_, "content": gap_content})
        key["gaps"][str(number)] = {"key": gap_key, "points": plain_number(gap.weight)}
    return (content, key), [each for number, gap in enumerate(gaps, 1) for each in _explained(gap, number)]


def _end(text: str, start: int) -> int:
    """Where the closing brace of a gap stands, passing over escaped ones."""
    place = start
    while True:
        place = text.find("}", place)
        if place < 0:
            raise Refused("A gap lacks its closing brace }.")
        if not _is_escaped(text, place, start):
            return place
        place += 1


def _is_escaped(text: str, place: int, start: int) -> bool:
    slashes = place
    while slashes > start and text[slashes - 1] == "\\":
        slashes -= 1
    return (place - slashes) % 2 == 1


def _parts(text: str, mark: str, most: int = 0) -> list[str]:
    """The text parted at a mark that is not escaped."""
    parts: list[str] = []
    begun = 0
    for place, each in enumerate(text):
        if each == mark and not _is_escaped(text, place, begun) and (not most or len(parts) < most):
            parts.append(text[begun:place])
            begun = place + 1
    return [*parts, text[begun:]]


def _gap(weight: str, kind: str, inner: str) -> _Gap:
    worth = Decimal(weight or 1)
    if not worth:
        raise Refused("A gap is worth nothing.")
    return _Gap(worth, kind, tuple(_alternative(each) for each in _parts(inner, "~") if each.strip()))


def _alternative(text: str) -> Answer:
    share = Decimal(0)
    if found := _WEIGHT.match(text.strip()):
        share = making.decimal(found.group(2), "weight") / 100 if found.group(2) else Decimal(1)
        text = text.strip()[found.end() :]
    words, *said = _parts(text, "#", most=1)
    return Answer(_shown(words), share, _shown(said[0]) if said else "")


def _shown(text: str) -> str:
    return " ".join(_UNESCAPED.sub(r"\1", text).split())


def _made(gap: _Gap, number: int, lost: list[str]) -> tuple[str, Made]:
    try:
        if gap.kind in _CHOICE:
            return "choice", making.single(gap.alternatives)
        if gap.kind in _SHORT | _SHORT_CASE:
            made, more = making.short(gap.alternatives, case=gap.kind in _SHORT_CASE)
        elif gap.kind in _NUMERIC:
            made, more = making.numeric([_with_tolerance(each) for each in gap.alternatives if each.text != "*"])
        else:
            raise Refused(f"gaps of the type {gap.kind} are not known here.")
    except Refused as fault:
        raise Refused(f"Gap {number}: {fault}") from fault
    lost += [f"Gap {number}: {each}" for each in more]
    return ("numeric" if gap.kind in _NUMERIC else "short"), made


def _explained(gap: _Gap, number: int) -> list[Answer]:
    """The answers of a gap as feedback is tied to them."""
    read = _with_tolerance if gap.kind in _NUMERIC else lambda each: each
    return [replace(read(each), gap=number) for each in gap.alternatives]


def _with_tolerance(answer: Answer) -> Answer:
    number, _colon, off = answer.text.partition(":")
    return replace(answer, text=number, off=off)


# --- Writing ------------------------------------------------------------------------------------------------------


def cloze_text(record: Record, lost: list[str]) -> str:
    """The text of a question with gaps as Moodle holds it, its stem in front as a paragraph of its own."""
    gaps = {gap["id"]: gap for gap in record.content["gaps"]}
    places = {gap_id: place for place, gap_id in enumerate(MARKER.findall(record.content["text"]), 1)}
    written = {}
    for gap_id, gap in gaps.items():
        own = record.key["gaps"][gap_id]
        points = exact(own.get("points", 1))
        if points != points.to_integral_value():
            raise Refused(f"Gap {places[gap_id]} is worth {points:f}: a gap in Moodle is worth a whole number.")
        about: list[str] = []
        feedback, to_all = of_gap(record, gap_id)
        asked = Record(type=gap["type"], stem="", content=gap["content"], key=own["key"], feedback=feedback)
        written[gap_id] = _gap_text(asked, int(points), to_all, about)
        lost += [f"Gap {places[gap_id]}: {each}" for each in about]
    if _OPENS.search(record.content["text"]):
        raise Refused("Its text holds what Moodle would take for a gap.")
    stem = re.sub(r"\n\s*\n", "\n", record.stem.strip())
    if stem != record.stem.strip():
        lost.append("The blank lines of what is asked.")
    return f"{stem}\n\n{MARKER.sub(lambda found: written[found.group(1)], record.content['text'].strip())}"


def _gap_text(record: Record, points: int, to_all: str, lost: list[str]) -> str:
    """A gap as Moodle has it; ``to_all`` is said to whatever is wrong in it."""
    if record.type == "choice":
        kind, alternatives = "MULTICHOICE", choice_shares(record, lost)
    elif record.type == "numeric":
        kind, alternatives = "NUMERICAL", _numbers(record, lost)
    elif record.type == "date":
        kind, alternatives = "SHORTANSWER", date_wordings(record, lost)
    else:
        kind = "SHORTANSWER_C" if record.key.get("case") else "SHORTANSWER"
        alternatives = short_answers(record, lost)
    if to_all:
        alternatives = [*alternatives, Shared(FOR_ALL, Decimal(0), to_all)]
    lost += sayings_of(record).lost(record, whole=True)
    texts = [text for each in alternatives for text in (each.text, each.said)]
    if any(" ".join(text.split()) != text.strip() for text in texts):
        lost.append("The line ends and wide spaces of its answers.")
    return f"{{{points}:{kind}:{'~'.join(map(_written, alternatives))}}}"


def _numbers(record: Record, lost: list[str]) -> list[Shared]:
    if record.content["unit"] or record.key.get("unit"):
        lost.append("Its unit: students write the number alone.")
    value, off = centre_of(record, lost)
    if "value" not in record.key:
        lost.append("That it is a range: it is its middle with a tolerance there.")
    said = sayings_of(record)
    first = Shared(f"{shown(value)}:{shown(off)}", Decimal(1), said.to_right)
    also = [Shared(f"{shown(each)}:0", Decimal(1)) for each in also_of(record, lost)]
    wrong = [(*centred(words), text) for words, text in said.wrong.items()]
    return [
        first,
        *also,
        *(Shared(f"{shown(number)}:{shown(off)}", Decimal(0), text) for number, off, text in wrong),
    ]


def _written(answer: Shared) -> str:
    return f"{_mark(answer.share)}{_escaped(answer.text)}{f'#{_escaped(answer.said)}' if answer.said else ''}"


def _mark(share: Decimal) -> str:
    if share == 1:
        return "="
    return f"%{shown(round(share * 100, 5))}%"


def _escaped(text: str) -> str:
    return _TO_ESCAPE.sub(lambda found: f"\\{found.group()}", " ".join(text.split()))
