"""Questions with options to tick, and true or false, as cells and back."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from classroom.library.values.numbers import plain_number
from quizzes.interchange import making
from quizzes.interchange.making import Made, labelled
from quizzes.interchange.records import Content, Key, Refused
from quizzes.interchange.table.cells import escape, flag, rules_of, rules_text, unescape
from quizzes.interchange.table.row import Cells, number, one

_WORTH: Final = re.compile(r"([+-]?\d{1,4}(?:[.,]\d{1,30})?)\s*%\s*:\s*(.+)")


def _with_worth(text: str, weight: Any) -> str:
    shown = escape(text)
    if weight is None:
        return f"\\{shown}" if _WORTH.fullmatch(shown) else shown
    return f"{(Decimal(str(weight)) * 100).normalize():f}%: {shown}"


def _worth(line: str) -> tuple[str, int | float | None]:
    found = _WORTH.fullmatch(line)
    if not found:
        return unescape(line), None
    worth = plain_number(making.decimal(found.group(1), "worth") / 100)
    return unescape(found.group(2)), worth


def write_options(content: Content, key: Key) -> Cells:
    correct, weights = key["correct"], key.get("weights", {})
    right = set(correct) if isinstance(correct, list) else {correct}
    shown = [
        (entry["id"] in right, _with_worth(entry["text"], weights.get(entry["id"]))) for entry in content["options"]
    ]
    rules: Key = {name: key[name] for name in ("scoring", "below_zero") if name in key}
    return Cells(
        right=[text for is_right, text in shown if is_right],
        wrong=[text for is_right, text in shown if not is_right],
        rules=rules_text(rules),
    )


def _options(right: Sequence[str], wrong: Sequence[str]) -> tuple[Content, list[str], dict[str, Any]]:
    """Options in an order that tells nothing, by number or alphabet; the right ones' ids, and the weights."""
    found = [(*_worth(line), True) for line in right] + [(*_worth(line), False) for line in wrong]
    found.sort(key=lambda entry: (natural(entry[0]), entry[0]))
    options = labelled((text for text, _weight, _right in found), "o")
    pairs = list(zip(options, found, strict=True))
    weights = {entry["id"]: weight for entry, (_text, weight, _right) in pairs if weight is not None}
    return {"options": options}, [entry["id"] for entry, (_text, _weight, is_right) in pairs if is_right], weights


def natural(text: str) -> list[tuple[int, int, str]]:
    parts = re.findall(r"(\d{1,15})|(\D+)", text.casefold())
    return [(0, int(digits), "") if digits else (1, 0, words) for digits, words in parts]


def read_choice(cells: Cells) -> Made:
    one(cells, "the right option")
    content, right, weights = _options(cells.right, cells.wrong)
    rules = rules_of(cells.rules, ("below_zero",))
    key: Key = {"correct": right[0]} | ({"weights": weights} if weights else {})
    return content, key | {name: flag(rules, name) for name in rules}


def read_multiple(cells: Cells) -> Made:
    content, right, weights = _options(cells.right, cells.wrong)
    rules = rules_of(cells.rules, ("scoring", "below_zero"))
    key: Key = {"correct": right} | ({"weights": weights} if weights else {})
    key |= {"scoring": rules["scoring"]} if "scoring" in rules else {}
    return content, key | ({"below_zero": flag(rules, "below_zero")} if "below_zero" in rules else {})


def write_true_false(content: Content, key: Key) -> Cells:
    rules = {"penalty": key["penalty"]} if "penalty" in key else {}
    return Cells(right=["true" if key["correct"] else "false"], rules=rules_text(rules))


def read_true_false(cells: Cells) -> Made:
    word = one(cells, "true or false").casefold()
    if word not in {"true", "false"}:
        raise Refused("Under right stands true or false.")
    rules = rules_of(cells.rules, ("penalty",))
    return {}, {"correct": word == "true"} | ({"penalty": number(rules["penalty"], "penalty")} if rules else {})
