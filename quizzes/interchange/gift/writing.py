"""Records as GIFT, and what of them it does not carry."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Final

from quizzes.interchange.citing import numbered
from quizzes.interchange.feedback import sayings_of
from quizzes.interchange.gift.marks import escape
from quizzes.interchange.records import Record, Refused, Writing
from quizzes.interchange.sharing import (
    Shared,
    choice_shares,
    date_wordings,
    numeric_answers,
    order_rule,
    short_answers,
    storable,
)
from quizzes.interchange.ties import tags_of, tied

HEAD: Final = "// Questions of Lights Up in Moodle's GIFT format, UTF-8.\n"
_TAGGED: Final = frozenset({"date", "which-source", "short-text"})


def write(records: Iterable[Record]) -> Writing:
    """A file of those questions that GIFT can hold."""
    made = Writing()
    made.text = "\n".join((HEAD, *made.each_of(map(numbered, records), _question)))
    return made


def _question(record: Record, lost: list[str]) -> str:
    if record.type not in _WRITERS:
        raise Refused("GIFT has no text with gaps: take Moodle XML or CSV for it.")
    answers = _WRITERS[record.type](record, lost)
    if record.points != 1:
        lost.append(f"Its {record.points.normalize():f} points: a question in GIFT has one.")
    if record.hints:
        lost.append("Its hints.")
    lost += sayings_of(record).lost(record, whole=False)
    tags = [*tags_of(record), *([f"type:{record.type}"] if record.type in _TAGGED else [])]
    marks = [f"[id:{_bracketed(record.question)}]"] if record.question else []
    marks += [f"[tag:{_bracketed(tag)}]" for tag in tags]
    general = tied(record)
    lines = [
        *([f"// {' '.join(marks)}"] if marks else []),
        f"::{_text(record.name or record.question)}::[plain]{_text(record.stem)} {{{answers}"
        + (f"####{_piece(general)}" if general else "")
        + "}",
    ]
    return "\n".join(lines) + "\n"


def _bracketed(text: str) -> str:
    return " ".join(text.split()).replace("[", "(").replace("]", "\\]")


def _text(text: str) -> str:
    return escape(storable(text))


def _piece(text: str) -> str:
    """A piece of text that cannot be taken for one that names its format."""
    escaped = _text(text)
    return f"[plain]{escaped}" if escaped.startswith("[") else escaped


def _lines(answers: Iterable[str]) -> str:
    return "\n" + "".join(f"\t{answer}\n" for answer in answers)


def _percent(share: Decimal) -> str:
    """A share as Moodle writes it: 33.33333."""
    return f"{round(share * 100, 5).normalize():f}"


def _option(answer: Shared, *, single: bool) -> str:
    if single and answer.share == 1:
        return f"={_piece(answer.text)}{_said(answer.said)}"
    return f"~{f'%{_percent(answer.share)}%' if answer.share else ''}{_guarded(answer.text)}{_said(answer.said)}"


def _said(text: str) -> str:
    return f"#{_piece(text)}" if text else ""


def _guarded(text: str) -> str:
    """A text that cannot be taken for a weight."""
    piece = _piece(text)
    return f"[plain]{piece}" if piece.startswith("%") else piece


def _choice(record: Record, lost: list[str]) -> str:
    answers = choice_shares(record, lost)
    return _lines(_option(answer, single=record.type != "multiple") for answer in answers)


def _true_false(record: Record, lost: list[str]) -> str:
    if record.key.get("penalty"):
        lost.append("What a wrong answer takes away.")
    right, other = ("true", "false") if record.key["correct"] else ("false", "true")
    said = sayings_of(record).by
    # What is said to the wrong word stands first.
    parts = [right.upper(), *(_piece(said[each]) if each in said else "" for each in (other, right))]
    return "#".join(parts).rstrip("#") if not said.get(right) else "#".join(parts)


def _numeric(record: Record, lost: list[str]) -> str:
    if record.content["unit"] or record.key.get("unit"):
        lost.append("Its unit: students write the number alone.")
    if record.key.get("units"):
        lost.append("Its other units.")
    first, *others = numeric_answers(record, lost)
    said = sayings_of(record)
    wrong = [f"%0%{number}{_said(text)}" for number, text in said.wrong.items()]
    return "#" + _lines(f"={answer}" for answer in (first + _said(said.to_right), *others, *wrong))


def _short(record: Record, lost: list[str]) -> str:
    if record.key.get("case"):
        lost.append("That capitals make a difference.")
    return _wordings(short_answers(record, lost))


def _date(record: Record, lost: list[str]) -> str:
    return _wordings(date_wordings(record, lost))


def _wordings(answers: Iterable[Shared]) -> str:
    return _lines(
        f"={'' if answer.share == 1 else '%0%'}{_guarded(answer.text)}{_said(answer.said)}" for answer in answers
    )


def _matching(record: Record, lost: list[str]) -> str:
    if record.key.get("scoring") == "all-or-nothing":
        lost.append("That only all pairs together give marks: each gives its share.")
    options = {entry["id"]: entry["text"] for entry in record.content["options"]}
    pairs = [(entry["text"], options[record.key["pairs"][entry["id"]]]) for entry in record.content["prompts"]]
    used = set(record.key["pairs"].values())
    extra = [("", text) for option, text in options.items() if option not in used]
    if any("->" in prompt for prompt, _option in pairs):
        raise Refused("A prompt holds “->”, which parts a pair in GIFT.")
    return _lines(f"={_piece(prompt)} -> {_text(option)}" for prompt, option in (*pairs, *extra))


def _ordering(record: Record, lost: list[str]) -> str:
    texts = {entry["id"]: entry["text"] for entry in record.content["items"]}
    items = [texts[item] for item in record.key["order"]]
    return f">{len(items)} ALL VERTICAL {order_rule(record)} SHOW none" + _lines(map(_piece, items))


def _written(record: Record, lost: list[str]) -> str:
    lost.append("Its rubric.")
    if record.key.get("model"):
        lost.append("What a good answer may say.")
    if record.content.get("least_words") or record.content.get("most_words"):
        lost.append("Its limits of length.")
    return ""


_WRITERS: Final[dict[str, Callable[[Record, list[str]], str]]] = {
    "choice": _choice,
    "which-source": _choice,
    "multiple": _choice,
    "true-false": _true_false,
    "numeric": _numeric,
    "short": _short,
    "date": _date,
    "matching": _matching,
    "ordering": _ordering,
    "essay": _written,
    "short-text": _written,
}
