"""Facts that a question's explanation and feedback cite, for systems that know no ledger.

Here a text cites with a mark, ``[^quake-students]``. Elsewhere it says ``[fact 1]``, and a line at the end of the
question's feedback says in words what fact 1 is, and by which sources (``ties``). What comes back is marked again.
"""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from itertools import count
from typing import Final

from classroom.common.markdown import FACT_MARK, fact_keys
from quizzes.interchange.records import Feedback, Record

_NUMBERED: Final = re.compile(r"\[fact (\d{1,3})\]")


def texts_of(record: Record) -> list[str]:
    """The texts of a record that may cite."""
    whole = [text for mark, text in record.feedback.items() if mark != "answers"]
    return [record.explanation, *whole, *(entry["text"] for entry in record.feedback.get("answers", []))]


def numbered(record: Record) -> Record:
    """With numbers for the marks of the facts that the record knows, which bear them; other marks stay as typed.

    A number that somebody typed into the texts is passed over, so that it is never taken for one of these.
    """
    texts = texts_of(record)
    known = {fact.key: fact for fact in record.cited}
    typed = {int(number) for text in texts for number in _NUMBERED.findall(text)}
    free = (number for number in count(1) if number not in typed)
    cited = [key for key in dict.fromkeys(key for text in texts for key in fact_keys(text)) if key in known]
    numbers = dict(zip(cited, free, strict=False))
    made = _changed(record, lambda text: _resolved(text, FACT_MARK, {key: f"[fact {n}]" for key, n in numbers.items()}))
    return replace(made, cited=tuple(replace(known[key], mark=number) for key, number in numbers.items()))


def marked(record: Record) -> Record:
    """With marks again where the texts say the numbers that cited facts bear."""
    marks = {str(fact.mark): f"[^{fact.key}]" for fact in record.cited}
    return _changed(record, lambda text: _resolved(text, _NUMBERED, marks)) if marks else record


def in_words(record: Record, keys: Collection[str]) -> Record:
    """With the words of these cited facts in place of their marks: nothing here could open them."""
    words = {fact.key: f"({fact.statement or fact.address})" for fact in record.cited if fact.key in keys}
    return _changed(record, lambda text: _resolved(text, FACT_MARK, words)) if words else record


def unknown_marks(record: Record, known: Collection[str]) -> Iterable[str]:
    """The keys that the texts cite, and that are none of these."""
    return dict.fromkeys(key for text in texts_of(record) for key in fact_keys(text) if key not in known)


def _resolved(text: str, pattern: re.Pattern[str], by: dict[str, str]) -> str:
    return pattern.sub(lambda found: by.get(found.group(1), found.group()), text)


def _changed(record: Record, change: Callable[[str], str]) -> Record:
    feedback: Feedback = {mark: change(text) for mark, text in record.feedback.items() if mark != "answers"}
    if "answers" in record.feedback:
        feedback["answers"] = [entry | {"text": change(entry["text"])} for entry in record.feedback["answers"]]
    return replace(record, explanation=change(record.explanation), feedback=feedback)
