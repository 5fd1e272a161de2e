"""Content and key of each type as cells of a row, and back: what both sides of every type are, and those of texts."""

from collections.abc import Callable
from typing import Final

from quizzes.interchange import making
from quizzes.interchange.making import Made
from quizzes.interchange.records import Content, Key, Refused
from quizzes.interchange.table.arranged import read_matching, read_ordering, write_matching, write_ordering
from quizzes.interchange.table.cells import escape, parted, rules_of, rules_text, unescape
from quizzes.interchange.table.row import Cells, number
from quizzes.interchange.table.ticked import (
    read_choice,
    read_multiple,
    read_true_false,
    write_options,
    write_true_false,
)
from quizzes.interchange.table.typed import read_date, read_numeric, read_short, write_date, write_numeric, write_short


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
    "choice": write_options,
    "which-source": write_options,
    "multiple": write_options,
    "true-false": write_true_false,
    "numeric": write_numeric,
    "date": write_date,
    "short": write_short,
    "matching": write_matching,
    "ordering": write_ordering,
    "blanks": _write_blanks,
    "short-text": _write_written,
    "essay": _write_written,
}
READERS: Final[dict[str, Callable[[Cells], Made]]] = {
    "choice": read_choice,
    "which-source": read_choice,
    "multiple": read_multiple,
    "true-false": read_true_false,
    "numeric": read_numeric,
    "date": read_date,
    "short": read_short,
    "matching": read_matching,
    "ordering": read_ordering,
    "blanks": _read_blanks,
    "short-text": _read_written,
    "essay": _read_written,
}
