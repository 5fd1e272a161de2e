"""What is said to an answer: to a right, a partly right or a wrong one, and to what was chosen or typed.

Feedback is `{"right": "...", "partly": "...", "wrong": "...", "answers": [{"to": "b", "text": "..."}]}`, all of which
may be absent. `to` is a tie, by type: the id of an option; "true" or "false"; the id of a prompt, for whoever matches
it wrongly; what students type, such as "18", "5..7", "April 2011" or "*nest*"; a gap with a tie of its own, "1/b".
(Moodle has the same as combined and specific feedback, and common mistakes as answers that give nothing:
docs.moodle.org, "Multiple Choice question type" and "Numerical question type".)

It says what is right, and so it is kept with the key and told no sooner than a rule of the quiz allows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from quizzes.grading.registry import rules_of
from quizzes.grading.results import EVERYTHING, NOTHING
from quizzes.grading.shapes import MOST_ITEMS, BadQuestion, GradingError, Json, fields, label, text

MARKS: Final = ("right", "partly", "wrong")
MOST_CHARACTERS: Final = 1000
MOST_TIE_CHARACTERS: Final = 300


@dataclass(frozen=True, slots=True)
class Said:
    """What is said to an answer. `to` is what it answers in words, "" for the answer as a whole."""

    to: str
    text: str


def check_feedback(question_type: str, content: Json, feedback: object) -> None:
    """Raises `BadQuestion`, with a sentence, unless this is feedback to answers of such a question."""
    held = fields(feedback, (), BadQuestion, optional=(*MARKS, "answers"), what="feedback")
    for mark in MARKS:
        text(held.get(mark, ""), BadQuestion, "feedback", limit=MOST_CHARACTERS)
    ties = [tie for tie, _text in _ties(held)]
    for tie in ties:
        rules_of(question_type).tie_words(content, tie)
    if len(set(ties)) < len(ties):
        raise BadQuestion("Two pieces of feedback answer the same.")


def feedback_to(
    question_type: str, content: Json, key: Json, feedback: Json, answer: Json | None, share: Fraction
) -> tuple[Said, ...]:
    """What is said to a stored answer that earned this share of the points, its parts first. No answer, no word."""
    rules = rules_of(question_type)
    cleaned = rules.clean(content, answer) if answer is not None and feedback else None
    if cleaned is None:
        return ()
    found: dict[str, Said] = {}
    for tie, said in _ties(feedback):
        # A mended key may come from a version with other options: what is tied to those answers nobody here.
        try:
            if rules.tie_group(tie) not in found and rules.meets(content, key, tie, cleaned):
                found[rules.tie_group(tie)] = Said(rules.tie_words(content, tie), said)
        except GradingError:
            continue
    whole = str(feedback.get(mark_of(share), ""))
    return (*found.values(), *([Said("", whole)] if whole else []))


def mark_of(share: Fraction) -> str:
    """ "right", "partly" or "wrong"."""
    if share >= EVERYTHING:
        return "right"
    return "partly" if share > NOTHING else "wrong"


def ties_in_words(question_type: str, content: Json, feedback: Json) -> list[Said]:
    """What is said to single answers, in the order in which it was written; "" for a tie that nothing meets."""
    rules, found = rules_of(question_type), []
    for tie, said in _ties(feedback):
        try:
            found.append(Said(rules.tie_words(content, tie), said))
        except GradingError:
            found.append(Said(tie, said))
    return found


def tie_of(question_type: str, content: Json, words: str) -> str:
    """The tie that a teacher's words name: an option by its text, what students may type. Raises `BadQuestion`."""
    return rules_of(question_type).tie_of(content, words.strip())


def is_tied(question_type: str) -> bool:
    """Whether single answers of the type can be answered: all but texts that a person reads, and orders."""
    return question_type not in {"ordering", "essay", "short-text"}


def _ties(feedback: Json) -> Iterator[tuple[str, str]]:
    listed = feedback.get("answers", [])
    if not isinstance(listed, list) or len(listed) > MOST_ITEMS:
        raise BadQuestion(f"“answers” is a list of {MOST_ITEMS} pieces of feedback at most.")
    for entry in listed:
        held = fields(entry, ("to", "text"), BadQuestion, what="feedback")
        tie = label(held["to"], BadQuestion, "answer that feedback is for", limit=MOST_TIE_CHARACTERS)
        yield tie, label(held["text"], BadQuestion, "feedback", limit=MOST_CHARACTERS)
