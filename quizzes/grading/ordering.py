"""Items to put in order."""

from fractions import Fraction
from itertools import pairwise
from typing import Final

from quizzes.grading.results import Part, Result, result
from quizzes.grading.shapes import BadAnswer, BadQuestion, Json, Labels, distinct, fields, known_ids, labels, scoring
from quizzes.grading.types import Answer, QuestionType

RULES: Final = ("adjacent-pairs", "position", "all-or-nothing")


class Ordering(QuestionType):
    """The right order gives full marks. What another gives is the key's `scoring`:

    - `adjacent-pairs` (where none is named): the share of the right order's pairs of neighbours that are neighbours, in
      that order, in the answer too: whoever puts one event too early keeps what is right around it. Of n items in a
      row of which p pairs of neighbours are kept, p / (n - 1).
    - `position`: the share of the items in their right place: of n items of which k stand right, k / n.
    - `all-or-nothing`: nothing.

    These are "relative to the next item (excluding last)", "absolute position" and "all or nothing" of Moodle's
    ordering type (qtype_ordering, in Moodle since 4.4). An answer may still lack items; what it lacks is not right.

    Content `{"items": [{"id", "text"}]}`, key `{"order": [ids], "scoring": "..."}`, answer `{"order": [ids]}`.
    """

    def validate(self, content: Json, key: Json) -> None:
        """Two items or more, of different texts; the key orders them all."""
        items = _items(content)
        distinct(items, "items")
        _order(key, items)

    def clean(self, content: Json, raw: Json) -> Answer | None:
        """No item at all is no answer."""
        order = known_ids(fields(raw, ("order",), BadAnswer)["order"], _items(content), BadAnswer)
        return {"order": order} if order else None

    def grade(self, content: Json, key: Json, answer: Json | None) -> Result:
        """By the key's rule."""
        items = _items(content)
        order = _order(key, items)
        given = known_ids(answer["order"], items, BadAnswer) if answer else []
        parts = [
            Part(str(place + 1), items[found] if found else "", items[expected], found == expected)
            for place, expected in enumerate(order)
            for found in [given[place] if place < len(given) else ""]
        ]
        return result(_share(scoring(key, RULES), order, given), answered=bool(given), parts=parts)

    def answer_text(self, content: Json, answer: Json) -> str:
        """The items in the order given, numbered."""
        items = _items(content)
        return _numbered(items, known_ids(answer["order"], items, BadAnswer))

    def key_text(self, content: Json, key: Json) -> str:
        """The items in the right order, numbered."""
        items = _items(content)
        return _numbered(items, _order(key, items))


def _share(rule: str, order: list[str], given: list[str]) -> Fraction:
    if rule == "all-or-nothing":
        return Fraction(int(order == given))
    if rule == "position":
        return Fraction(sum(one == other for one, other in zip(order, given, strict=False)), len(order))
    return Fraction(len(set(pairwise(order)) & set(pairwise(given))), len(order) - 1)


def _items(content: Json) -> Labels:
    return labels(fields(content, ("items",), BadQuestion, what="content"), "items")


def _order(key: Json, items: Labels) -> list[str]:
    held = fields(key, ("order",), BadQuestion, optional=("scoring",), what="key")
    scoring(held, RULES)
    order = known_ids(held["order"], items, BadQuestion)
    if len(order) < len(items):
        raise BadQuestion("The key leaves an item out of the order.")
    return order


def _numbered(items: Labels, order: list[str]) -> str:
    return "; ".join(f"{place}. {items[item]}" for place, item in enumerate(order, start=1))
