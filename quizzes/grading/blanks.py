"""A text with gaps, each of which is a small question of its own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

from quizzes.grading.choice import Choice
from quizzes.grading.dates import Date
from quizzes.grading.numeric import Numeric
from quizzes.grading.results import NOTHING, Result, result
from quizzes.grading.shapes import (
    MOST_ID_CHARACTERS,
    BadAnswer,
    BadQuestion,
    Json,
    fields,
    known_id,
    label,
    number,
    text,
)
from quizzes.grading.short import Short
from quizzes.grading.types import Answer, QuestionType

GAP_TYPES: Final[dict[str, QuestionType]] = {
    "choice": Choice(),
    "short": Short(),
    "numeric": Numeric(),
    "date": Date(),
}
MOST_GAPS: Final = 20
MOST_CHARACTERS: Final = 5000
MOST_POINTS: Final = Decimal(1000)
FOR_ALL: Final = "*"
MARKER: Final = re.compile(r"\[\[([A-Za-z0-9_-]{1,40})\]\]")


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap: its rules, and what of the content is its own."""

    type: str
    rules: QuestionType
    content: Json


class Blanks(QuestionType):
    """Each gap gives the share that its own type gives, of its own points; the question gives their sum.

    This is the weighting of Moodle's embedded answers (docs.moodle.org, "Embedded Answers (Cloze) question type"),
    where each gap has a grade of its own. A gap is one of `choice`, `short`, `numeric` and `date`, with the content and
    key of that type. The whole is never below zero.

    Content `{"text": "Held for [[1]] in [[2]].", "gaps": [{"id": "1", "type": "numeric", "content": {"unit": "day"}},
    ...]}`: every gap stands in the text once. Key `{"gaps": {"1": {"key": {"value": 81}, "points": 2}, ...}}`, points
    being 1 where absent. Answer `{"gaps": {"1": {"number": "81"}}}` with those filled so far.
    """

    def validate(self, content: Json, key: Json) -> None:
        """A text in which each gap stands once, and each gap a question that holds together."""
        gaps = gaps_of(content)
        for gap_id, (gap_key, _points) in _keys(key, gaps).items():
            gap = gaps[gap_id]
            try:
                gap.rules.validate(gap.content, gap_key)
            except BadQuestion as fault:
                raise BadQuestion(f"Gap {gap_id}: {fault}") from fault

    def clean(self, content: Json, raw: Json) -> Answer | None:
        """Gaps left empty are left out; no gap filled is no answer."""
        gaps = gaps_of(content)
        cleaned: Answer = {}
        for gap_id, answer in _answers(raw, gaps).items():
            found = gaps[gap_id].rules.clean(gaps[gap_id].content, answer)
            if found is not None:
                cleaned[gap_id] = found
        return {"gaps": cleaned} if cleaned else None

    def grade(self, content: Json, key: Json, answer: Json | None) -> Result:
        """The points that the gaps earn, of all that they could."""
        gaps, given = gaps_of(content), _answers(answer, gaps_of(content)) if answer else {}
        keys = _keys(key, gaps)
        earned, parts = NOTHING, []
        for place, (gap_id, gap) in enumerate(gaps.items(), 1):
            gap_key, points = keys[gap_id]
            graded = gap.rules.grade(gap.content, gap_key, given.get(gap_id))
            earned += graded.fraction * points
            expected = gap.rules.key_text(gap.content, gap_key)
            parts += [replace(part, label=str(place), expected=expected) for part in graded.parts]
        whole = sum((points for _key, points in keys.values()), NOTHING)
        return result(earned / whole, answered=bool(given), parts=parts)

    def unreadable(self, content: Json, answer: Json) -> bool:
        """Whether one of the gaps is filled with what is not read as what it asks for."""
        gaps = gaps_of(content)
        given = _answers(answer, gaps)
        return any(gaps[gap_id].rules.unreadable(gaps[gap_id].content, each) for gap_id, each in given.items())

    def answer_text(self, content: Json, answer: Json) -> str:
        """The text with what was filled in: "Held for [81 days] in […]."."""
        gaps = gaps_of(content)
        given = _answers(answer, gaps)
        shown = {each: gaps[each].rules.answer_text(gaps[each].content, given[each]) for each in given}
        return _filled(content, shown)

    def key_text(self, content: Json, key: Json) -> str:
        """The text with the right answers in it."""
        gaps = gaps_of(content)
        keys = _keys(key, gaps)
        return _filled(content, {each: gap.rules.key_text(gap.content, keys[each][0]) for each, gap in gaps.items()})

    def tie_words(self, content: Json, tie: str) -> str:
        """A tie is a gap's id with a tie of its own type, "1/b" and "2/18", or with a star for all that is wrong."""
        place, gap, rest = _tied_gap(content, tie, "/")
        if _is_for_all(gap, rest):
            return f"{place}: {FOR_ALL}"
        return f"{place}: {gap.rules.tie_words(gap.content, rest)}"

    def tie_of(self, content: Json, words: str) -> str:
        """Words such as "2: 18", where 2 is the place of the gap in the text."""
        place, colon, rest = (part.strip() for part in words.partition(":"))
        gaps = list(gaps_of(content).items())
        if not colon or not place.isascii() or not place.isdigit() or not 1 <= int(place) <= len(gaps):
            raise BadQuestion(f"“{words}” names no gap: write its number first, as in 1: {words}.")
        gap_id, gap = gaps[int(place) - 1]
        if _is_for_all(gap, rest):
            return f"{gap_id}/{FOR_ALL}"
        return f"{gap_id}/{gap.rules.tie_of(gap.content, rest)}"

    def tie_group(self, tie: str) -> str:
        """Each gap is an answer of its own."""
        return tie.partition("/")[0]

    def meets(self, content: Json, key: Json, tie: str, answer: Json) -> bool:
        """Whether what stands in the gap does; a star is met by whatever earns nothing there."""
        gaps = gaps_of(content)
        gap_id, _slash, rest = tie.partition("/")
        given = _answers(answer, gaps).get(gap_id)
        if given is None:
            return False
        gap, gap_key = gaps[gap_id], _keys(key, gaps)[gap_id][0]
        if _is_for_all(gap, rest):
            return gap.rules.grade(gap.content, gap_key, given).fraction == NOTHING
        return gap.rules.meets(gap.content, gap_key, rest, given)


def _is_for_all(gap: Gap, rest: str) -> bool:
    """Options are named one by one; a star may be among them."""
    return rest == FOR_ALL and gap.type != "choice"


def _tied_gap(content: Json, tie: str, mark: str) -> tuple[int, Gap, str]:
    """The place of a gap in the text, the gap, and what of the tie is its own."""
    gap_id, found, rest = tie.partition(mark)
    gaps = gaps_of(content)
    if not found or gap_id not in gaps:
        raise BadQuestion("Feedback is tied to a gap that the question does not have.")
    return list(gaps).index(gap_id) + 1, gaps[gap_id], rest


def gaps_of(content: Json) -> dict[str, Gap]:
    """The gaps by id, in the order in which they stand in the text."""
    held = fields(content, ("text", "gaps"), BadQuestion, what="content")
    markers = MARKER.findall(label(held["text"], BadQuestion, "text", limit=MOST_CHARACTERS))
    listed = held["gaps"]
    if not isinstance(listed, list) or not 1 <= len(listed) <= MOST_GAPS:
        raise BadQuestion(f"“gaps” is a list of 1 to {MOST_GAPS} entries.")
    found = {}
    for entry in listed:
        each = fields(entry, ("id", "type", "content"), BadQuestion, what="gap")
        gap_type, gap_content = each["type"], each["content"]
        if not isinstance(gap_type, str) or gap_type not in GAP_TYPES:
            raise BadQuestion(f"A gap is one of {', '.join(GAP_TYPES)}.")
        if not isinstance(gap_content, Mapping):
            raise BadQuestion("The content of a gap is not an object.")
        gap_id = text(each["id"], BadQuestion, "id", limit=MOST_ID_CHARACTERS)
        found[gap_id] = Gap(gap_type, GAP_TYPES[gap_type], gap_content)
    if sorted(markers) != sorted(found) or len(found) < len(listed):
        raise BadQuestion("Each gap stands in the text once, as [[1]], and the text has no other.")
    return {marker: found[marker] for marker in markers}


def _keys(key: Json, gaps: Mapping[str, Gap]) -> dict[str, tuple[Json, Fraction]]:
    held = fields(key, ("gaps",), BadQuestion, what="key")["gaps"]
    if not isinstance(held, Mapping) or set(held) != set(gaps):
        raise BadQuestion("The key holds something for each gap, and nothing else.")
    found = {}
    for gap_id, entry in held.items():
        each = fields(entry, ("key",), BadQuestion, optional=("points",), what="key of a gap")
        gap_key, points = each["key"], number(each.get("points", 1), "points")
        if not isinstance(gap_key, Mapping):
            raise BadQuestion("The key of a gap is not an object.")
        if not 0 < points <= MOST_POINTS:
            raise BadQuestion(f"A gap is worth more than nothing, and {MOST_POINTS} points at most.")
        found[gap_id] = (gap_key, Fraction(points))
    return found


def _answers(raw: Json, gaps: Mapping[str, Gap]) -> dict[str, Json]:
    held = fields(raw, ("gaps",), BadAnswer)["gaps"]
    if not isinstance(held, Mapping):
        raise BadAnswer("The gaps are not an object.")
    found = {}
    for gap_id, answer in held.items():
        if not isinstance(answer, Mapping):
            raise BadAnswer("The answer to a gap is not an object.")
        found[known_id(gap_id, gaps, BadAnswer)] = answer
    return found


def _filled(content: Json, shown: Mapping[str, str]) -> str:
    return MARKER.sub(lambda found: f"[{shown.get(found.group(1), '…')}]", str(content["text"]))
