"""A date, as precise as the question asks."""

from fractions import Fraction
from typing import Final

from classroom.library.values.dates import MOST_CHARACTERS, check_date, date_precision, display_date, read_date
from quizzes.grading.results import EVERYTHING, NOTHING, Part, Result, result
from quizzes.grading.shapes import BadAnswer, BadQuestion, Json, fields, flag, text
from quizzes.grading.types import Answer, QuestionType

PRECISIONS: Final = ("day", "month", "year", "day-of-year")


class Date(QuestionType):
    """The key's date, or a finer one within it, gives full marks.

    A coarser date that is true as far as it goes gives its share of the parts asked for: of a day, the right year alone
    gives 1/3 and the right month 2/3; of a month, the right year gives 1/2. Anything else gives none. (Marking by
    granularity is this kit's own rule; no other system that we know grades dates so.) Where the key says
    `"partial": false`, a coarser date gives nothing.

    Content `{"precision": "day" | "month" | "year" | "day-of-year"}`, the last for a day without a year; key
    `{"value": "2011-04-03", "partial": true}`, the date in ISO form ("--07-27" for a day without a year) and `partial`
    true where it is absent; answer `{"date": "3 April 2011"}`: the student's own text, in ISO form or as English writes
    it. What is not read as a date is kept, marked with a note, and worth nothing.
    """

    def validate(self, content: Json, key: Json) -> None:
        """A precision, and a key of just that precision."""
        value, _partial = _key(key)
        if date_precision(value) != _precision(content):
            raise BadQuestion(f"The key “{value}” is not as precise as the question: {_precision(content)}.")

    def clean(self, content: Json, raw: Json) -> Answer | None:
        """The text as typed; white space alone is no answer."""
        typed = text(fields(raw, ("date",), BadAnswer)["date"], BadAnswer, "date", limit=MOST_CHARACTERS).strip()
        return {"date": typed} if typed else None

    def grade(self, content: Json, key: Json, answer: Json | None) -> Result:
        """1 for the date or a finer one within it, a share for a coarser one around it, else 0."""
        _precision(content)
        value, partial = _key(key)
        expected = display_date(value)
        if answer is None:
            return result(NOTHING, answered=False, parts=[Part("", "", expected, right=False)])
        typed = _typed(answer)
        try:
            given = read_date(typed)
        except ValueError as fault:
            part = Part("", typed, expected, right=False, note=f"This could not be read as one date. {fault}")
            return result(NOTHING, answered=True, parts=[part])
        share = share_right(given, value)
        note = "" if share in {NOTHING, EVERYTHING} else "Right as far as it goes, but less precise than asked."
        if not partial and share != EVERYTHING:
            share = NOTHING
        part = Part("", display_date(given), expected, share == EVERYTHING, note)
        return result(share, answered=True, parts=[part])

    def unreadable(self, content: Json, answer: Json) -> bool:
        """Whether the text is read as no date."""
        try:
            read_date(_typed(answer))
        except ValueError:
            return True
        return False

    def answer_text(self, content: Json, answer: Json) -> str:
        """The date in words, or the text as typed where it is none."""
        typed = _typed(answer)
        try:
            return display_date(read_date(typed))
        except ValueError:
            return typed

    def key_text(self, content: Json, key: Json) -> str:
        """The date in words."""
        return display_date(_key(key)[0])

    def tie_words(self, content: Json, tie: str) -> str:
        """A tie is a date, as English writes it or in ISO form."""
        try:
            return display_date(read_date(tie))
        except ValueError as fault:
            raise BadQuestion(str(fault)) from fault

    def tie_of(self, content: Json, words: str) -> str:
        """The date in ISO form."""
        self.tie_words(content, words)
        return read_date(words)

    def tie_group(self, tie: str) -> str:
        """What was typed is one answer."""
        return ""

    def meets(self, content: Json, key: Json, tie: str, answer: Json) -> bool:
        """Whether the date is that one, or a finer one within it."""
        try:
            return share_right(read_date(_typed(answer)), read_date(tie)) == EVERYTHING
        except ValueError:
            return False


def share_right(given: str, value: str) -> Fraction:
    """How much of the canonical date `value` the canonical date `given` gets right."""
    if value.startswith("--"):
        return EVERYTHING if given == value or given[4:] == value[1:] else NOTHING
    if given.startswith("--"):
        return NOTHING
    if given == value or given.startswith(f"{value}-"):
        return EVERYTHING
    if value.startswith(f"{given}-"):
        return Fraction(given.count("-") + 1, value.count("-") + 1)
    return NOTHING


def _typed(answer: Json) -> str:
    return text(answer.get("date"), BadAnswer, "date", limit=MOST_CHARACTERS)


def _precision(content: Json) -> str:
    precision = fields(content, ("precision",), BadQuestion, what="content")["precision"]
    if not isinstance(precision, str) or precision not in PRECISIONS:
        raise BadQuestion(f"“precision” is one of {', '.join(PRECISIONS)}.")
    return precision


def _key(key: Json) -> tuple[str, bool]:
    held = fields(key, ("value",), BadQuestion, optional=("partial",), what="key")
    value = text(held["value"], BadQuestion, "value", limit=10)
    partial = flag({"partial": True, **held}, "partial")
    try:
        return check_date(value), partial
    except ValueError as fault:
        raise BadQuestion(str(fault)) from fault
