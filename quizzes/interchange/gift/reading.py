"""GIFT into records. Whatever the text, the answer is records and faults with their lines, never an error."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from quizzes.interchange import making
from quizzes.interchange.citing import marked
from quizzes.interchange.feedback import fed
from quizzes.interchange.gift.marks import hold, show
from quizzes.interchange.making import Answer, Made
from quizzes.interchange.markup import looks_like_html, plain_text
from quizzes.interchange.reading import Deadline, checked
from quizzes.interchange.records import Fault, Reading, Record, Refused
from quizzes.interchange.ties import untied, with_tagged_facts

GAP: Final = "_____"
_CATEGORY: Final = "$CATEGORY:"
_FORMAT: Final = re.compile(r"\[(html|moodle|plain|markdown)\]")
_WEIGHT: Final = re.compile(r"%(-?\d{1,3}(?:[.,]\d{0,10})?)%")
_ORDERING: Final = re.compile(
    r">\s*(\d{0,4})\s*(?:ALL|EXACT|RANDOM|REL|CONTIGUOUS|CONTIG)?\s*(?:HORIZONTAL|HORI|H|1|VERTICAL|VERT|V|0)?\s*"
    r"(ALL_OR_NOTHING|ABSOLUTE_POSITION|ABSOLUTE|ABS|RELATIVE_[A-Z_]+|RELATIVE|LONGEST_[A-Z_]+)?[^\n]*\n(.*)",
    re.DOTALL,
)
_ID: Final = re.compile(r"\[id:((?:\\\]|[^\]\[]){1,120})\]")
_TAGS: Final = re.compile(r"\[tag:((?:\\\]|[^\]\[]){1,120})\]")
_TRUE: Final = frozenset({"T", "TRUE"})
_FALSE: Final = frozenset({"F", "FALSE"})
ORDER_RULES: Final = {
    "ALL_OR_NOTHING": "all-or-nothing",
    "ABSOLUTE_POSITION": "position",
    "ABSOLUTE": "position",
    "ABS": "position",
    "RELATIVE_NEXT_EXCLUDE_LAST": "adjacent-pairs",
}


def read(text: str, deadline: Deadline | None = None) -> Reading:
    """All questions of a GIFT text. Raises `Unreadable` for what is no text at all, or takes too long."""
    deadline, found = deadline or Deadline(), Reading()
    for block in _blocks(checked(text)):
        deadline.check()
        if block.category:
            told = f"The category “{block.category[:100]}” is not kept: questions here have tags."
            found.told.append(Fault(block.line, "", told))
        if not block.text:
            continue
        name, rest = _named(hold(block.text))
        try:
            found.records.append(marked(_question(block, name, rest)))
        except Refused as fault:
            found.faults.append(Fault(block.line, name or rest[:60].strip(), str(fault)))
    return found


@dataclass(slots=True)
class _Block:
    """The lines of one question: between blank lines, without comments."""

    line: int
    text: str
    comment: str
    category: str


def _blocks(text: str) -> Iterator[_Block]:
    lines: list[str] = []
    comments: list[str] = []
    category, begun = "", 0
    for number, raw in enumerate([*text.split("\n"), ""], 1):
        line = raw.strip()
        if line.startswith("//"):
            comments.append(line)
        elif line.startswith(_CATEGORY) and not lines:
            category, begun = line.removeprefix(_CATEGORY).strip(), begun or number
        elif line:
            begun = begun if lines else number
            lines.append(line)
        elif lines or category:
            yield _Block(begun, "\n".join(lines), "\n".join(comments), category)
            lines, comments, category, begun = [], [], "", 0
        # Comments above a blank line speak of no question.
        elif not line:
            comments = []


def _named(text: str) -> tuple[str, str]:
    """The title between two pairs of colons, and what follows."""
    if text.startswith("::"):
        name, found, rest = text[2:].partition("::")
        if found:
            return show(name)[:200], rest.strip()
    return "", text


def _question(block: _Block, name: str, text: str) -> Record:
    before, answers, after = _parted(text)
    answers, _marks, general = answers.rpartition("####") if "####" in answers else (answers, "", "")
    answers = answers.strip()
    fmt, stem = _formatted(f"{before}{GAP if after else ''}{after}", "moodle")
    lost: list[str] = []
    words = _Words(fmt, lost)
    stem = words.read(stem)
    if not stem:
        raise Refused("It asks nothing: there is no text before the answers.")
    type_, made, explained = _made(answers, words)
    tie = untied(words.piece(general))
    tags = [each.replace("\\]", "]") for each in _TAGS.findall(block.comment)]
    facts, others, wanted = with_tagged_facts(tie.facts, tags)
    type_, (content, key) = making.retyped(type_, wanted, made)
    feedback, left = fed(type_, (content, key), explained, {})
    idnumber = _ID.search(block.comment)
    return Record(
        line=block.line,
        name=name,
        film=tie.film,
        question=tie.question or (idnumber.group(1).replace("\\]", "]").strip() if idnumber else ""),
        version=tie.version,
        type=type_,
        stem=stem,
        content=content,
        key=key,
        explanation=making.with_feedback(tie.text, left),
        feedback=feedback,
        tags=tuple(others),
        facts=facts,
        cited=tie.cited,
        lost=tuple(dict.fromkeys(lost)),
    )


def _parted(text: str) -> tuple[str, str, str]:
    """What stands before, within and after the braces."""
    opens, closes = text.find("{"), text.find("}")
    if opens < 0 and closes < 0:
        raise Refused("It has no answers in braces: a description, which asks nothing, is not kept.")
    if opens < 0 or closes < opens:
        raise Refused("A { or } lacks the other one. A blank line ends a question; write \\{ and \\} for braces meant.")
    before, answers, after = text[:opens], text[opens + 1 : closes], text[closes + 1 :].rstrip()
    if "{" in answers or "{" in after or "}" in after:
        raise Refused("A second { or } stands in it. Write \\{ and \\} for braces that are meant.")
    return before, answers, after


class _Words:
    """Reads pieces of text in the format that the question has."""

    def __init__(self, fmt: str, lost: list[str]) -> None:
        self.format, self.lost = fmt, lost
        if fmt == "markdown":
            lost.append("Markdown is kept as its author typed it, stars and all.")

    def piece(self, text: str) -> str:
        """A piece that may name a format of its own."""
        fmt, rest = _formatted(text.strip(), self.format)
        return self.read(rest, fmt)

    def read(self, text: str, fmt: str = "") -> str:
        shown, fmt = show(text), fmt or self.format
        if fmt == "html" or (fmt == "moodle" and looks_like_html(shown)):
            shown, lost = plain_text(shown)
            self.lost += lost
        return shown

    def answer(self, text: str, share: Decimal, *, raw: bool = False) -> Answer:
        """An answer with its feedback, behind its weight."""
        words, _mark, feedback = text.partition("#")
        return Answer(show(words) if raw else self.piece(words), share, self.piece(feedback))


def _formatted(text: str, default: str) -> tuple[str, str]:
    found = _FORMAT.match(text)
    return (found.group(1), text[found.end() :]) if found else (default, text)


def _made(answers: str, words: _Words) -> tuple[str, Made, list[Answer]]:
    """The type by Moodle's own rules, in their order."""
    if not answers:
        words.lost.append("An essay has no rubric in GIFT: it gets one line for the whole answer.")
        return "essay", making.written(), []
    if answers.startswith(">"):
        return "ordering", _ordering(answers, words), []
    if answers.startswith("#"):
        return _numeric(answers[1:], words)
    if "~" in answers:
        return _choice(answers, words)
    if "=" in answers and "->" in answers:
        return "matching", _matching(answers, words), []
    head = answers.partition("#")[0].strip()
    if head in _TRUE | _FALSE:
        return _true_false(head in _TRUE, answers, words)
    return _short(answers, words)


def _weighted(text: str, share: Decimal) -> tuple[str, Decimal]:
    """What follows a weight such as %50%, and its share; the given one where there is none."""
    found = _WEIGHT.match(text)
    if not found:
        if text.startswith("%") and "%" in text[1:6]:
            raise Refused(f"“{show(text[:12])}” is no weight: write it as %50% or %-33.33333%.")
        return text, share
    worth = making.decimal(found.group(1), "weight") / 100
    if not -1 <= worth <= 1:
        raise Refused(f"A weight of {worth * 100:f}% is outside -100% to 100%.")
    return text[found.end() :], worth


def _listed(answers: str, mark: str) -> list[str]:
    return [each.strip() for place, each in enumerate(answers.split(mark)) if place or each.strip()]


def _choice(answers: str, words: _Words) -> tuple[str, Made, list[Answer]]:
    found = []
    for each in _listed(answers.replace("=", "~="), "~"):
        text, share = (each[1:], Decimal(1)) if each.startswith("=") else _weighted(each, Decimal(0))
        found.append(words.answer(text.strip(), share))
    if "=" in answers:
        return "choice", making.single(found), found
    return "multiple", making.several(found), found


def _matching(answers: str, words: _Words) -> Made:
    pairs = []
    for each in _listed(answers, "="):
        prompt, arrow, option = each.partition("->")
        if not arrow:
            raise Refused(f"“{show(each)[:60]}” lacks its “->”: a pair is written =prompt -> option.")
        pairs.append((words.piece(prompt), show(option)))
    return making.matching(pairs)


def _true_false(correct: bool, answers: str, words: _Words) -> tuple[str, Made, list[Answer]]:
    # The first feedback is for the wrong word, the second for the right one.
    _head, *said = [words.piece(each) for each in answers.split("#", 2)]
    names = ("False", "True") if correct else ("True", "False")
    explained = [Answer(name, feedback=feedback) for name, feedback in zip(names, said, strict=False)]
    return "true-false", making.true_false(correct), explained


def _short(answers: str, words: _Words) -> tuple[str, Made, list[Answer]]:
    if not answers.startswith("="):
        raise Refused("Its answers begin with none of =, ~, #, T and F. A right answer is written =answer.")
    found = []
    for each in _listed(answers, "="):
        text, share = _weighted(each, Decimal(1))
        found.append(words.answer(text.strip(), share))
    made, lost = making.short(found)
    words.lost += lost
    return "short", made, found


def _numeric(answers: str, words: _Words) -> tuple[str, Made, list[Answer]]:
    answers, _tilde, wrong = answers.partition("~")
    found = []
    for each in _listed(answers, "="):
        text, share = _weighted(each, Decimal(1))
        answer = words.answer(text.strip(), share, raw=True)
        number, colon, off = answer.text.partition(":")
        if number.strip() != "*":
            found.append(replace(answer, text=number.strip(), off=off if colon else ""))
    if wrong.strip():
        found.append(words.answer(wrong.strip(), Decimal(0), raw=True))
    made, lost = making.numeric(found)
    words.lost += lost
    return "numeric", made, found


def _ordering(answers: str, words: _Words) -> Made:
    found = _ORDERING.match(answers)
    if not found:
        raise Refused("Its items to be put in order stand one on a line, below {>.")
    items = [words.piece(line) for line in found.group(3).split("\n") if line.strip()]
    count, rule = found.group(1), found.group(2) or ""
    if count and int(count) and int(count) < len(items):
        words.lost.append(f"All {len(items)} items are shown, not {count} of them.")
    if rule and rule not in ORDER_RULES:
        words.lost.append(f"The rule of marking {rule} is not known here: neighbours that are kept count.")
    return making.ordering(items, ORDER_RULES.get(rule, ""))
