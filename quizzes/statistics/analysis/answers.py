"""What was answered to one question: how often, by whom of the better and the worse, and whether a source says it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from quizzes.bank.models import QuestionVersion
from quizzes.delivery.keys import KeyInForce
from quizzes.grading import QUESTION_TYPES, answer_text
from quizzes.statistics.figures.table import Integers
from quizzes.statistics.limits import ENOUGH
from quizzes.statistics.queries.taken import Answer, Taken, answer_of
from quizzes.statistics.readings import GIVES_A_VALUE, sources_that_say

# Of answers that are typed, arranged or matched, the most given are listed and the others counted.
MOST_LISTED = 8


@dataclass(frozen=True)
class AnswerLine:
    """One answer with how often it was given; ``weak`` and ``strong`` of those, by the lower and the upper third.

    ``said_by`` names the sources that say the same, "" where none does, None where it can't be laid beside them or was
    right. ``words`` are empty for what was left empty. ``others`` counts the different answers of a line that stands
    for several.
    """

    words: str
    count: int
    right: bool = False
    weak: int = 0
    strong: int = 0
    said_by: str | None = None
    others: int = 0

    @property
    def middle(self) -> int:
        return self.count - self.weak - self.strong


@dataclass(frozen=True)
class Thirds:
    """The rows of the lower and the upper third by score; whoever has the same score is in the same."""

    weak: frozenset[int]
    strong: frozenset[int]


def thirds_of(taken: Taken) -> Thirds | None:
    """None where the class is too small for thirds, or where its scores are too much alike to part it."""
    if taken.students < ENOUGH:
        return None
    totals = np.round(taken.table.totals, 6)
    lower, upper = np.percentile(totals, [100 / 3, 200 / 3])
    if lower >= upper:
        return None
    return Thirds(_rows(np.flatnonzero(totals <= lower)), _rows(np.flatnonzero(totals >= upper)))


def _rows(found: Integers) -> frozenset[int]:
    return frozenset(int(row) for row in found)


class Judge:
    """Reads each distinct answer once."""

    def __init__(self, taken: Taken) -> None:
        self._taken = taken
        self._words: dict[tuple[int, str | None], tuple[str, ...]] = {}

    @cached_property
    def _chosen(self) -> dict[int, dict[object, str]]:
        """By version, the texts of its options."""
        return {
            pk: {each["id"]: each["text"] for each in version.content.get("options", [])}
            for pk, version in self._taken.versions.items()
        }

    def words(self, answer: Answer) -> tuple[str, ...]:
        """What was answered; several where several were ticked, none where it was left empty."""
        key = answer.version_id, answer.stored
        if key not in self._words:
            self._words[key] = self._read(*key)
        return self._words[key]

    def _read(self, version_id: int, stored: str | None) -> tuple[str, ...]:
        version, given = self._taken.versions[version_id], answer_of(stored)
        if given is None:
            return ()
        if version.type == "multiple":
            ticked = given.get("options")
            texts = self._chosen[version_id]
            return tuple(texts[each] for each in ticked if each in texts) if isinstance(ticked, list) else ()
        words = answer_text(version.type, version.content, given)
        return (words,) if words else ()

    def said_by(self, version: QuestionVersion, words: str) -> str | None:
        """Which sources say a wrong answer; "" where none does, None where they can't be asked."""
        rests = self._taken.rests.get(version.pk, [])
        if version.type not in GIVES_A_VALUE or len(rests) != 1 or rests[0].film_id not in self._taken.ledgers:
            return None
        ledger = self._taken.ledgers[rests[0].film_id]
        fact = ledger.facts.get(rests[0].key)
        return None if fact is None else sources_that_say(words, fact, ledger)


def answer_lines(taken: Taken, question_id: int, judge: Judge, thirds: Thirds | None) -> list[AnswerLine]:
    """The answers to a question, the right ones first, then the most given; what was left empty comes last.

    Options that nobody chose are among them. Texts that a person reads are not: of those there is nothing to count.
    """
    version = taken.version_of(question_id)
    if QUESTION_TYPES[version.type].by_hand:
        return []
    groups = _grouped(taken.answers[question_id], judge)
    right = _right(version, taken, judge)
    for words in _offered(version):
        groups.setdefault(words, [])
    lines = [_line(words, rows, words in right, thirds) for words, rows in groups.items() if words]
    lines = [
        line if line.right else AnswerLine(**{**vars(line), "said_by": judge.said_by(version, line.words)})
        for line in lines
    ]
    lines.sort(key=lambda each: (not each.right, -each.count, each.words))
    if len(lines) > MOST_LISTED and not _offered(version):
        lines = [*lines[:MOST_LISTED], _together(lines[MOST_LISTED:])]
    if "" in groups:
        lines.append(_line("", groups[""], False, thirds))
    return lines


def _grouped(answers: Iterable[Answer], judge: Judge) -> dict[str, list[int]]:
    """The rows that gave each answer; "" for what was left empty."""
    found: dict[str, list[int]] = defaultdict(list)
    for answer in answers:
        for words in judge.words(answer) or ("",):
            found[words].append(answer.row)
    return found


def _right(version: QuestionVersion, taken: Taken, judge: Judge) -> set[str]:
    """The answers that are right: those of the keys in force, and those that earned full points.

    Where everybody got full points by a decision, nothing was told right from wrong, so no answer is marked right.
    """
    keys = [key for _name, key in taken.keys_of(version)]
    if any(key.ruling.full for key in keys):
        return {words for key in keys for words in _keyed(version, key)}
    if version.type == "multiple":
        return {words for key in keys for words in _keyed(version, key)}
    answers = taken.answers[version.question_id]
    full = {words for answer in answers if answer.share >= 1 for words in judge.words(answer)}
    return full.union(*(_keyed(version, key) for key in keys))


def _keyed(version: QuestionVersion, key: KeyInForce) -> set[str]:
    """The options that a key names."""
    named: set[object] = set()
    for each in key.keys:
        correct = each.get("correct")
        named |= set(correct) if isinstance(correct, list) else {correct}
    if version.type == "true-false":
        return {answer_text("true-false", {}, {"value": each}) for each in named}
    return {each["text"] for each in version.content.get("options", []) if each["id"] in named}


def _offered(version: QuestionVersion) -> list[str]:
    if version.type in {"choice", "which-source", "multiple"}:
        return [each["text"] for each in version.content["options"]]
    if version.type == "true-false":
        return [answer_text("true-false", {}, {"value": value}) for value in (True, False)]
    return []


def _line(words: str, rows: list[int], right: bool, thirds: Thirds | None) -> AnswerLine:
    weak = sum(row in thirds.weak for row in rows) if thirds else 0
    strong = sum(row in thirds.strong for row in rows) if thirds else 0
    return AnswerLine(words, len(rows), right, weak, strong)


def _together(lines: list[AnswerLine]) -> AnswerLine:
    return AnswerLine(
        "",
        sum(each.count for each in lines),
        weak=sum(each.weak for each in lines),
        strong=sum(each.strong for each in lines),
        others=len(lines),
    )
