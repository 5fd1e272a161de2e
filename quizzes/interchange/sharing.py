"""What both of Moodle's formats write alike: answers with their shares of the marks."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from classroom.library.values.dates import display_date
from quizzes.interchange.feedback import sayings_of
from quizzes.interchange.records import Record, Refused

# XML 1.0 holds no other control characters, and no text needs them.
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
ORDER_NAMES: Final = {
    "adjacent-pairs": "RELATIVE_NEXT_EXCLUDE_LAST",
    "position": "ABSOLUTE_POSITION",
    "all-or-nothing": "ALL_OR_NOTHING",
}
AS_SHORT: Final = "That it is a date: it is a short answer there, which takes the date in two wordings alone."


@dataclass(frozen=True, slots=True)
class Shared:
    """An answer, the share of the marks that it gives, and what is said to it."""

    text: str
    share: Decimal
    said: str = ""


def storable(text: str) -> str:
    """The text without characters that no file may hold."""
    return _CONTROLS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def exact(number: Any) -> Decimal:
    """A number of a key, as it was written."""
    return Decimal(str(number))


def shown(number: Decimal) -> str:
    return f"{number.normalize():f}" if number else "0"


def choice_shares(record: Record, lost: list[str]) -> list[Shared]:
    """The options in their order with their shares, for one or for several to be chosen."""
    shares = _several(record, lost) if record.type == "multiple" else _single(record)
    said = sayings_of(record).by
    return [
        Shared(entry["text"], shares.get(entry["id"], Decimal(0)), said.get(entry["id"], ""))
        for entry in record.content["options"]
    ]


def _single(record: Record) -> dict[str, Decimal]:
    weights = {option: exact(weight) for option, weight in record.key.get("weights", {}).items()}
    return {**weights, record.key["correct"]: Decimal(1)}


def _several(record: Record, lost: list[str]) -> dict[str, Decimal]:
    right, rule = set(record.key["correct"]), record.key.get("scoring", "right-minus-wrong")
    if record.key.get("below_zero"):
        lost.append("That marks may go below zero.")
    if rule == "weights":
        weights = {option: exact(weight) for option, weight in record.key.get("weights", {}).items()}
        full = sum((weights[option] for option in right), Decimal(0))
        if any(weight / full < -1 for weight in weights.values()):
            raise Refused("A wrong option takes away more than all the marks, which Moodle does not know.")
        return {option: weight / full for option, weight in weights.items()}
    if rule != "right-minus-wrong":
        words = {"all-or-nothing": "All or nothing", "per-option": "Each option by itself"}[rule]
        lost.append(f"Its rule of marking ({words}): right options add and wrong ones take away.")
    each = Decimal(1) / len(right)
    return {entry["id"]: each if entry["id"] in right else -each for entry in record.content["options"]}


def short_answers(record: Record, lost: list[str]) -> list[Shared]:
    """Right wordings, then wrong ones; a star is a wildcard there, and is escaped where it is none here."""
    if record.key.get("typos"):
        lost.append("That a slip of the pen is passed over.")
    stars = bool(record.key.get("wildcards"))
    wordings = [(each, Decimal(1)) for each in record.key["accept"]]
    wordings += [(each, Decimal(0)) for each in record.key.get("reject", ())]
    said = sayings_of(record)
    found = [(each, share, said.by.get(each, "")) for each, share in wordings]
    found += [(each, Decimal(0), text) for each, text in said.wrong.items()]
    return [Shared(each if stars else each.replace("*", "\\*"), share, text) for each, share, text in found]


def date_wordings(record: Record, lost: list[str]) -> list[Shared]:
    """A date in words and in ISO form."""
    lost.append(AS_SHORT)
    value = record.key["value"]
    said = sayings_of(record)
    right = [Shared(each, Decimal(1), said.by.get(value, "")) for each in dict.fromkeys((display_date(value), value))]
    # What is said once is not said to both wordings: the first alone brings it back.
    right[1:] = [Shared(each.text, each.share) for each in right[1:]]
    return [*right, *(Shared(each, Decimal(0), text) for each, text in said.wrong.items())]


def numeric_answers(record: Record, lost: list[str]) -> list[str]:
    """The number with its tolerance, "81:5", or a range, "5..10"; then what else is right."""
    value, off = centre_of(record, lost)
    first = f"{shown(value)}:{shown(off)}" if "value" in record.key else _range(record)
    return [first, *(shown(each) for each in also_of(record, lost))]


def _range(record: Record) -> str:
    return f"{shown(exact(record.key['least']))}..{shown(exact(record.key['most']))}"


def centre_of(record: Record, lost: list[str]) -> tuple[Decimal, Decimal]:
    """The number and its tolerance; of a range its middle and half its width."""
    key = record.key
    if "value" in key:
        value = exact(key["value"])
        if key.get("relative"):
            lost.append("That its tolerance is a share of the number: it is a fixed one there.")
            return value, abs(value) * exact(key["relative"])
        return value, exact(key.get("tolerance", 0))
    if "least" not in key or "most" not in key:
        raise Refused("Its range has one end, which Moodle does not know.")
    least, most = exact(key["least"]), exact(key["most"])
    return (least + most) / 2, (most - least) / 2


def also_of(record: Record, lost: list[str]) -> list[Decimal]:
    """Other numbers in the question's own unit; those in other units are not carried."""
    own = record.key.get("unit", record.content["unit"])
    also = record.key.get("also", [])
    if any(each.get("unit", own) != own for each in also):
        lost.append("Other readings that are right in a unit of their own.")
    return [exact(each["value"]) for each in also if each.get("unit", own) == own]


def order_rule(record: Record) -> str:
    return ORDER_NAMES[record.key.get("scoring", "adjacent-pairs")]
