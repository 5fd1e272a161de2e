"""What is said to answers, between the answers of Moodle's formats and the ties of the bank (``grading.feedback``).

A file says something to each of its answers; the bank says it to options by their ids, and to what is typed. What a
format has no answer for is not carried, and that is said.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Final

from classroom.library.values.dates import display_date, read_date
from quizzes.grading import BadQuestion, GradingError, check_feedback, ties_in_words
from quizzes.grading.amounts import amount_of
from quizzes.grading.blanks import FOR_ALL
from quizzes.grading.feedback import MARKS, MOST_CHARACTERS, MOST_TIE_CHARACTERS, tie_of
from quizzes.grading.folding import fold_answer, has_wildcard
from quizzes.grading.shapes import MOST_ITEMS
from quizzes.interchange.making import Answer, decimal
from quizzes.interchange.records import Content, Feedback, Key, Record, Refused

_WHOLE_LOST: Final = "What is said to a right, a partly right or a wrong answer as a whole."
_SINGLE_LOST: Final = "What is said to “{to}”."


# --- Reading ------------------------------------------------------------------------------------------------------


def fed(
    type_: str, made: tuple[Content, Key], explained: Iterable[Answer], whole: Mapping[str, str]
) -> tuple[Feedback, list[Answer]]:
    """Feedback from what a file says to its answers, and the answers that a question here cannot answer one by one."""
    content, _key = made
    feedback: Feedback = {mark: text for mark, text in whole.items() if text and len(text) <= MOST_CHARACTERS}
    left = [Answer("", feedback=text) for text in whole.values() if len(text) > MOST_CHARACTERS]
    answers: dict[str, str] = {}
    for answer in (each for each in explained if each.feedback):
        tie = _tie(type_, content, answer)
        if not answer.gap and not answer.text.strip("* ") and answer.share <= 0 and "wrong" not in feedback:
            feedback["wrong"] = answer.feedback
        elif tie and tie not in answers and len(answers) < MOST_ITEMS and len(answer.feedback) <= MOST_CHARACTERS:
            answers[tie] = answer.feedback
        else:
            left.append(answer)
    if answers:
        feedback["answers"] = [{"to": tie, "text": text} for tie, text in answers.items()]
    try:
        check_feedback(type_, content, feedback)
    except BadQuestion:
        return {}, [*left, *(each for each in explained if each.feedback and each not in left)]
    return feedback, left


def _tie(type_: str, content: Content, answer: Answer) -> str:
    """The tie of a file's answer; "" where it has none."""
    words = answer.text.strip()
    if answer.gap:
        gap = content["gaps"][answer.gap - 1]
        own = FOR_ALL if words == FOR_ALL else _tie(gap["type"], gap["content"], replace(answer, gap=0))
        return f"{gap['id']}/{own}" if own else ""
    if not words.strip("* ") or len(words) > MOST_TIE_CHARACTERS:
        return ""
    try:
        if type_ == "numeric" and answer.off.strip() and (off := abs(decimal(answer.off, "tolerance"))):
            value = decimal(words, "answer")
            words = f"{_shown(value - off)}..{_shown(value + off)}"
        return tie_of(type_, content, words)
    except (GradingError, Refused):
        return ""


# --- Writing ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sayings:
    """What of a record's feedback its answers carry: by tie, by wording or number, and as answers that are wrong."""

    by: dict[str, str] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)

    @property
    def to_right(self) -> str:
        """What is said to the right number, whose only tie it is."""
        return next(iter(self.by.values()), "")

    def lost(self, record: Record, *, whole: bool) -> list[str]:
        """What is not carried, sentence by sentence; ``whole`` where the format has words for answers as a whole."""
        found = [_SINGLE_LOST.format(to=each) for each in self.left]
        return [*found, *([_WHOLE_LOST] if not whole and any(record.feedback.get(mark) for mark in MARKS) else [])]


def sayings_of(record: Record) -> Sayings:
    said = {entry["to"]: entry["text"] for entry in record.feedback.get("answers", [])}
    match record.type:
        case "choice" | "which-source" | "multiple" | "true-false":
            return Sayings(by=said)
        case "short":
            return _short(record.key, said)
        case "numeric":
            return _numeric(record, said)
        case "date":
            value = record.key["value"]
            dates = {read_date(tie): text for tie, text in said.items()}
            wrong = {display_date(date): text for date, text in dates.items() if date != value}
            return Sayings(by={date: text for date, text in dates.items() if date == value}, wrong=wrong)
        case "blanks":
            # Each gap is a question of its own, and so is what is said to it: ``of_gap``.
            return Sayings()
        case _:
            words = ties_in_words(record.type, record.content, record.feedback)
            return Sayings(left=[each.to for each in words])


def of_gap(record: Record, gap_id: str) -> tuple[Feedback, str]:
    """What is said to the answers of a gap, as the feedback of a question by itself; and to all that is wrong there."""
    begins = f"{gap_id}/"
    ties = {
        each["to"].removeprefix(begins): each["text"]
        for each in record.feedback.get("answers", [])
        if each["to"].startswith(begins)
    }
    to_all = ties.pop(FOR_ALL, "")
    return {"answers": [{"to": tie, "text": text} for tie, text in ties.items()]}, to_all


def _short(key: Key, said: Mapping[str, str]) -> Sayings:
    """To a listed wording, or to one that nothing takes in: another would change what is right there."""
    listed = {fold_answer(each): each for each in (*key["accept"], *key.get("reject", ()))}
    found = Sayings()
    for tie, text in said.items():
        wording = listed.get(fold_answer(tie), "")
        if wording and not has_wildcard(tie):
            found.by.setdefault(wording, text) if wording not in found.by else found.left.append(tie)
        elif key.get("wildcards") or has_wildcard(tie):
            found.left.append(tie)
        else:
            found.wrong[tie] = text
    return found


def _numeric(record: Record, said: Mapping[str, str]) -> Sayings:
    unit = str(record.key.get("unit", record.content["unit"]))
    right, found = _right_range(record.key), Sayings()
    for tie, text in said.items():
        low, dots, high = (part.strip() for part in tie.partition(".."))
        ends = [amount_of(end, unit) for end in ((low, high) if dots else (low,))]
        if None in ends:
            found.left.append(tie)
            continue
        words = "..".join(_shown(end) for end in ends if end is not None)
        (found.by if words == right else found.wrong)[words] = text
    return found


def _right_range(key: Key) -> str:
    """What takes in all that is right by the key, as it is written; "" for a share of the number."""
    if key.get("relative"):
        return ""
    if "value" not in key:
        return "..".join(_shown(Decimal(str(key[end]))) for end in ("least", "most") if end in key)
    value, off = Decimal(str(key["value"])), Decimal(str(key.get("tolerance", 0)))
    return _shown(value) if not off else f"{_shown(value - off)}..{_shown(value + off)}"


def centred(words: str) -> tuple[Decimal, Decimal]:
    """A number, or a range by its middle and half its width."""
    low, dots, high = words.partition("..")
    least, most = Decimal(low), Decimal(high if dots else low)
    return (least + most) / 2, (most - least) / 2


def _shown(number: Decimal) -> str:
    return f"{number.normalize():f}" if number else "0"


# --- Comparing ----------------------------------------------------------------------------------------------------


def in_words(type_: str, content: Content, feedback: Mapping[str, Any]) -> Any:
    """Feedback without ids: equal where the same is said to the same."""
    whole = {mark: _lines(str(feedback[mark])) for mark in MARKS if feedback.get(mark)}
    return whole, sorted((each.to, _lines(each.text)) for each in ties_in_words(type_, content, feedback))


def retied(type_: str, before: Content, after: Content, feedback: Feedback) -> Feedback:
    """Feedback of a question whose options have other ids now; what was said to those that are gone goes with them."""
    answers: Sequence[Mapping[str, str]] = feedback.get("answers", [])
    made = []
    for entry, words in zip(answers, ties_in_words(type_, before, feedback), strict=True):
        try:
            made.append({"to": tie_of(type_, after, words.to), "text": entry["text"]})
        except BadQuestion:
            continue
    rest = {mark: text for mark, text in feedback.items() if mark != "answers"}
    return rest | ({"answers": made} if made else {})


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
