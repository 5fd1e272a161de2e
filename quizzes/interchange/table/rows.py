"""Content and key of each type as cells of a row, and back. The one place that knows both sides."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from classroom.library.values.numbers import plain_number
from quizzes.interchange import making
from quizzes.interchange.making import Made, labelled
from quizzes.interchange.records import Content, Key, Refused
from quizzes.interchange.table.cells import escape, flag, parted, rules_of, rules_text, unescape

_WORTH: Final = re.compile(r"([+-]?\d{1,4}(?:[.,]\d{1,30})?)\s*%\s*:\s*(.+)")


@dataclass(slots=True)
class Cells:
    """What of a row belongs to the type: right and wrong entries, the unit, rules and the text with gaps."""

    right: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    unit: str = ""
    rules: list[str] = field(default_factory=list)
    text: str = ""


def number(text: str, what: str = "answer") -> int | float:
    return plain_number(making.decimal(unescape(text), what))


def one(cells: Cells, what: str) -> str:
    if len(cells.right) != 1:
        raise Refused(f"Under right stands one line: {what}.")
    return cells.right[0]


# --- Options ------------------------------------------------------------------------------------------------------


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


def _write_options(content: Content, key: Key) -> Cells:
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
    found.sort(key=lambda entry: (_natural(entry[0]), entry[0]))
    options = labelled((text for text, _weight, _right in found), "o")
    pairs = list(zip(options, found, strict=True))
    weights = {entry["id"]: weight for entry, (_text, weight, _right) in pairs if weight is not None}
    return {"options": options}, [entry["id"] for entry, (_text, _weight, is_right) in pairs if is_right], weights


def _natural(text: str) -> list[tuple[int, int, str]]:
    parts = re.findall(r"(\d{1,15})|(\D+)", text.casefold())
    return [(0, int(digits), "") if digits else (1, 0, words) for digits, words in parts]


def _read_choice(cells: Cells) -> Made:
    one(cells, "the right option")
    content, right, weights = _options(cells.right, cells.wrong)
    rules = rules_of(cells.rules, ("below_zero",))
    key: Key = {"correct": right[0]} | ({"weights": weights} if weights else {})
    return content, key | {name: flag(rules, name) for name in rules}


def _read_multiple(cells: Cells) -> Made:
    content, right, weights = _options(cells.right, cells.wrong)
    rules = rules_of(cells.rules, ("scoring", "below_zero"))
    key: Key = {"correct": right} | ({"weights": weights} if weights else {})
    key |= {"scoring": rules["scoring"]} if "scoring" in rules else {}
    return content, key | ({"below_zero": flag(rules, "below_zero")} if "below_zero" in rules else {})


def _write_true_false(content: Content, key: Key) -> Cells:
    rules = {"penalty": key["penalty"]} if "penalty" in key else {}
    return Cells(right=["true" if key["correct"] else "false"], rules=rules_text(rules))


def _read_true_false(cells: Cells) -> Made:
    word = one(cells, "true or false").casefold()
    if word not in {"true", "false"}:
        raise Refused("Under right stands true or false.")
    rules = rules_of(cells.rules, ("penalty",))
    return {}, {"correct": word == "true"} | ({"penalty": number(rules["penalty"], "penalty")} if rules else {})


# --- What is typed ------------------------------------------------------------------------------------------------


def _write_numeric(content: Content, key: Key) -> Cells:
    first = str(key["value"]) if "value" in key else f"{key.get('least', '')}..{key.get('most', '')}"
    asks = content.get("asks_unit", False)
    rules: Key = {name: key[name] for name in ("tolerance", "relative", "unit_penalty") if name in key}
    rules |= {"asks_unit": True} if asks else {}
    units = "; ".join(f"{escape(name, also=':;')}: {factor}" for name, factor in key.get("units", {}).items())
    also = [
        f"{entry['value']} {escape(entry['unit'])}".strip() if "unit" in entry else str(entry["value"])
        for entry in key.get("also", [])
    ]
    return Cells(
        right=[first, *also],
        unit=key["unit"] if asks else content["unit"],
        rules=[*rules_text(rules), *([f"units = {escape(units, also='=')}"] if units else [])],
    )


def _read_numeric(cells: Cells) -> Made:
    if not cells.right:
        raise Refused("Under right stands no number.")
    rules = rules_of(cells.rules, ("tolerance", "relative", "units", "asks_unit", "unit_penalty"))
    low, dots, high = unescape(cells.right[0]).partition("..")
    if dots:
        ends = {"least": low.strip(), "most": high.strip()}
        key: Key = {name: number(text, "range") for name, text in ends.items() if text}
    else:
        key = {"value": number(low)}
    key |= {name: number(rules[name], name) for name in ("tolerance", "relative") if name in rules}
    if cells.right[1:]:
        key["also"] = [_also(line) for line in cells.right[1:]]
    if rules.get("units"):
        key["units"] = dict(_unit(each) for each in parted(rules["units"], ";") if each)
    if "asks_unit" in rules and flag(rules, "asks_unit"):
        penalty = {"unit_penalty": number(rules["unit_penalty"], "penalty")} if "unit_penalty" in rules else {}
        return {"unit": "", "asks_unit": True}, key | {"unit": cells.unit} | penalty
    return {"unit": cells.unit}, key


def _also(line: str) -> dict[str, Any]:
    first, _space, unit = line.partition(" ")
    return {"value": number(first)} | ({"unit": unescape(unit)} if unit.strip() else {})


def _unit(text: str) -> tuple[str, int | float]:
    name, *factor = parted(text, ":", most=1)
    if not factor:
        raise Refused(f"“{text[:40]}” is no unit: write units = week: 7; hour: 0.0416667.")
    return unescape(name), number(factor[0], "unit")


def _write_date(content: Content, key: Key) -> Cells:
    return Cells(right=[key["value"]], rules=rules_text({"partial": key["partial"]} if "partial" in key else {}))


def _read_date(cells: Cells) -> Made:
    content, key = making.date(unescape(one(cells, "the date")))
    rules = rules_of(cells.rules, ("partial",))
    return content, key | {name: flag(rules, name) for name in rules}


_SHORT_RULES: Final = ("typos", "wildcards", "case")


def _write_short(content: Content, key: Key) -> Cells:
    rules: Key = {name: key[name] for name in _SHORT_RULES if name in key}
    return Cells(
        right=[escape(each) for each in key["accept"]],
        wrong=[escape(each) for each in key.get("reject", ())],
        rules=rules_text(rules),
    )


def _read_short(cells: Cells) -> Made:
    rules = rules_of(cells.rules, _SHORT_RULES)
    key: Key = {"accept": [unescape(each) for each in cells.right]}
    key |= {"reject": [unescape(each) for each in cells.wrong]} if cells.wrong else {}
    return {}, key | {name: flag(rules, name) for name in rules}


# --- What is arranged ---------------------------------------------------------------------------------------------


def _scoring(key: Key) -> list[str]:
    return rules_text({"scoring": key["scoring"]} if "scoring" in key else {})


def _write_matching(content: Content, key: Key) -> Cells:
    options = {entry["id"]: entry["text"] for entry in content["options"]}
    pairs = [(entry["text"], options[key["pairs"][entry["id"]]]) for entry in content["prompts"]]
    used = set(key["pairs"].values())
    return Cells(
        right=[f"{escape(prompt, also='=')} = {escape(option)}" for prompt, option in pairs],
        wrong=[escape(text) for option, text in options.items() if option not in used],
        rules=_scoring(key),
    )


def _read_matching(cells: Cells) -> Made:
    pairs = []
    for line in cells.right:
        prompt, *option = parted(line, "=", most=1)
        if not prompt or not option or not option[0]:
            raise Refused(f"“{line[:60]}” is no pair: write prompt = option.")
        pairs.append((unescape(prompt), unescape(option[0])))
    content, key = making.matching([*pairs, *(("", unescape(line)) for line in cells.wrong)])
    content["options"].sort(key=lambda entry: (_natural(entry["text"]), entry["text"]))
    return content, key | rules_of(cells.rules, ("scoring",))


def _write_ordering(content: Content, key: Key) -> Cells:
    texts = {entry["id"]: entry["text"] for entry in content["items"]}
    return Cells(right=[escape(texts[item]) for item in key["order"]], rules=_scoring(key))


def _read_ordering(cells: Cells) -> Made:
    content, key = making.ordering([unescape(each) for each in cells.right])
    return content, key | rules_of(cells.rules, ("scoring",))


# --- Texts --------------------------------------------------------------------------------------------------------


def _write_written(content: Content, key: Key) -> Cells:
    lines = [f"{each['points']} = {escape(each['text'])}" for each in key["rubric"]]
    rules = dict(content) | ({"model": key["model"]} if key.get("model") else {})
    return Cells(right=lines, rules=rules_text(rules))


def _read_written(cells: Cells) -> Made:
    rubric = []
    for line in cells.right:
        points, *text = parted(line, "=", most=1)
        if not text or not text[0]:
            raise Refused(f"“{line[:60]}” is no line of a rubric: write 2 = Names a source.")
        rubric.append((making.decimal(points, "points"), unescape(text[0])))
    if not rubric:
        raise Refused("Under right stands the rubric, one line at least: 2 = Names a source.")
    rules = rules_of(cells.rules, ("least_words", "most_words", "model"))
    content: Content = {name: number(rules[name], name) for name in ("least_words", "most_words") if name in rules}
    return content, making.written(rubric, rules.get("model", ""))[1]


def _write_blanks(content: Content, key: Key) -> Cells:
    lines = []
    for gap in content["gaps"]:
        own = key["gaps"][gap["id"]]
        cells = WRITERS[gap["type"]](gap["content"], own["key"])
        rules = [*cells.rules, *([f"points = {own['points']}"] if "points" in own else [])]
        listed = [
            "; ".join(escape(each, also=";") for each in part)
            for part in (cells.right, cells.wrong, [cells.unit] if cells.unit else [], rules)
        ]
        lines.append(" | ".join(escape(each, also="|") for each in (gap["id"], gap["type"], *listed)))
    return Cells(right=lines, text=content["text"])


def _read_blanks(cells: Cells) -> Made:
    content: Content = {"text": cells.text, "gaps": []}
    key: Key = {"gaps": {}}
    for line in cells.right:
        gap_id, type_, *rest = [unescape(part) for part in parted(line, "|")]
        if type_ not in {"choice", "short", "numeric", "date"} or len(rest) > 4:
            raise Refused(f"“{line[:60]}” is no gap: write 1 | short | right answer | wrong one | unit | rules.")
        right, wrong, unit, rules = ([unescape(each) for each in parted(part, ";") if each] for part in _four(rest))
        points = [each for each in rules if each.partition("=")[0].strip() == "points"]
        others = [each for each in rules if each not in points]
        inner, own = READERS[type_](Cells(right, wrong, unit[0] if unit else "", others))
        content["gaps"].append({"id": gap_id, "type": type_, "content": inner})
        key["gaps"][gap_id] = {"key": own} | (
            {"points": number(points[0].partition("=")[2], "points")} if points else {}
        )
    return content, key


def _four(parts: list[str]) -> list[str]:
    return [*parts, "", "", "", ""][:4]


WRITERS: Final[dict[str, Callable[[Content, Key], Cells]]] = {
    "choice": _write_options,
    "which-source": _write_options,
    "multiple": _write_options,
    "true-false": _write_true_false,
    "numeric": _write_numeric,
    "date": _write_date,
    "short": _write_short,
    "matching": _write_matching,
    "ordering": _write_ordering,
    "blanks": _write_blanks,
    "short-text": _write_written,
    "essay": _write_written,
}
READERS: Final[dict[str, Callable[[Cells], Made]]] = {
    "choice": _read_choice,
    "which-source": _read_choice,
    "multiple": _read_multiple,
    "true-false": _read_true_false,
    "numeric": _read_numeric,
    "date": _read_date,
    "short": _read_short,
    "matching": _read_matching,
    "ordering": _read_ordering,
    "blanks": _read_blanks,
    "short-text": _read_written,
    "essay": _read_written,
}
