r"""The cells of the table: several entries one a line, with \n, \\ and \= for what would part them.

A cell that a spreadsheet could run is written with an apostrophe in front and read back without it
(``classroom.common.tables``), so that no file of questions is a live one.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from quizzes.grading.registry import QUESTION_TYPES
from quizzes.interchange.records import Refused

COLUMNS: Final = (
    *("key", "type", "question", "text", "right", "wrong", "unit", "rules", "points"),
    *("explanation", "hints", "feedback", "answer_feedback", "facts", "tags", "version"),
)
TYPES: Final = tuple(QUESTION_TYPES)


def escape(text: str, *, also: str = "") -> str:
    """A text as one entry of a cell. ``also`` are marks that would part it."""
    made = text.strip().replace("\\", "\\\\").replace("\r\n", "\n").replace("\n", "\\n").replace("\r", "\\n")
    for mark in also:
        made = made.replace(mark, f"\\{mark}")
    return made


def unescape(text: str) -> str:
    out, place = [], 0
    while place < len(text):
        mark = text[place]
        if mark == "\\" and place + 1 < len(text):
            place += 1
            mark = "\n" if text[place] == "n" else text[place]
        out.append(mark)
        place += 1
    return "".join(out).strip()


def entries(cell: str) -> list[str]:
    """The lines of a cell that say something, still escaped."""
    return [line.strip() for line in cell.split("\n") if line.strip()]


def parted(text: str, mark: str, most: int = 0) -> list[str]:
    """The text parted at a mark that no backslash stands before; the parts still escaped."""
    parts: list[str] = []
    begun = place = 0
    while place < len(text):
        if text[place] == "\\":
            place += 1
        elif text[place] == mark and (not most or len(parts) < most):
            parts.append(text[begun:place])
            begun = place + 1
        place += 1
    return [part.strip() for part in (*parts, text[begun:])]


def rules_text(rules: Mapping[str, Any]) -> list[str]:
    """Rules as lines: "scoring = per-pair", "typos = yes"."""
    return [f"{name} = {escape(_shown(value), also='=')}" for name, value in rules.items()]


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def rules_of(lines: Iterable[str], known: Iterable[str]) -> dict[str, str]:
    """The rules of a cell by name. Raises `Refused` for one that the type does not have."""
    allowed, found = list(known), {}
    for line in lines:
        name, *value = parted(line, "=", most=1)
        if not value or name not in allowed:
            says = ", ".join(allowed) or "none"
            raise Refused(f"“{line[:60]}” is no rule of this type. It has: {says}; a rule is written name = value.")
        found[name] = unescape(value[0])
    return found


def flag(rules: Mapping[str, str], name: str) -> bool:
    """A rule that is yes or no."""
    value = rules[name].casefold()
    if value in {"yes", "true", "1"}:
        return True
    if value in {"no", "false", "0"}:
        return False
    raise Refused(f"The rule {name} is yes or no, not “{rules[name][:40]}”.")
