"""Questions whose answer is typed, a number, a date or a few words, as cells and back."""

from typing import Any, Final

from quizzes.interchange import making
from quizzes.interchange.making import Made
from quizzes.interchange.records import Content, Key, Refused
from quizzes.interchange.table.cells import escape, flag, parted, rules_of, rules_text, unescape
from quizzes.interchange.table.row import Cells, number, one


def write_numeric(content: Content, key: Key) -> Cells:
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


def read_numeric(cells: Cells) -> Made:
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


def write_date(content: Content, key: Key) -> Cells:
    return Cells(right=[key["value"]], rules=rules_text({"partial": key["partial"]} if "partial" in key else {}))


def read_date(cells: Cells) -> Made:
    content, key = making.date(unescape(one(cells, "the date")))
    rules = rules_of(cells.rules, ("partial",))
    return content, key | {name: flag(rules, name) for name in rules}


_SHORT_RULES: Final = ("typos", "wildcards", "case")


def write_short(content: Content, key: Key) -> Cells:
    rules: Key = {name: key[name] for name in _SHORT_RULES if name in key}
    return Cells(
        right=[escape(each) for each in key["accept"]],
        wrong=[escape(each) for each in key.get("reject", ())],
        rules=rules_text(rules),
    )


def read_short(cells: Cells) -> Made:
    rules = rules_of(cells.rules, _SHORT_RULES)
    key: Key = {"accept": [unescape(each) for each in cells.right]}
    key |= {"reject": [unescape(each) for each in cells.wrong]} if cells.wrong else {}
    return {}, key | {name: flag(rules, name) for name in rules}
