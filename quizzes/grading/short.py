"""A word or a few, typed."""

from typing import Final

from quizzes.grading.folding import fits_pattern, fold_answer, has_wildcard, is_slip_of
from quizzes.grading.results import EVERYTHING, NOTHING, Part, Result, result
from quizzes.grading.shapes import MOST_ITEMS, BadAnswer, BadQuestion, Json, fields, flag, label, text
from quizzes.grading.types import Answer, QuestionType

MOST_CHARACTERS: Final = 300
_OPTIONS: Final = ("reject", "wildcards", "typos", "case")


class Short(QuestionType):
    r"""A wording that the key accepts gives full marks; any other none.

    Case, accents, punctuation, full and half width, spaces, leading articles and the two forms of Chinese characters
    make no difference: "the Birds nest" is "Bird's Nest", "Ai Wei Wei" is "Ai Weiwei", 顧長衛 is 顾长卫. (Moodle's
    short-answer type folds case at most; the rest is folded since it says nothing of what a student knows of a film.)

    Content `{}`, key `{"accept": ["...", ...]}` with the best wording first, answer `{"text": "..."}`. The key may also
    say:

    - `"reject": ["...", ...]`: answers that are wrong, however near they come to a right one.
    - `"wildcards": true`: in both lists `*` stands for any letters, none too, and `\*` for itself, as in Moodle's
      short-answer type (docs.moodle.org, "Short-Answer question type").
    - `"typos": true`: one slip of the pen is passed over (`folding.is_slip_of`), in wordings of five letters or more
      without a wildcard. An answer that is a rejected one, or as near to it, is never passed over.
    - `"case": true`: capitals make a difference.

    What is listed decides before what only fits: an accepted wording is right, then a rejected one is wrong, then a
    pattern or a slip may be right.
    """

    def validate(self, content: Json, key: Json) -> None:
        """No content, and a key of one wording or more, each with a letter or digit, none both right and wrong."""
        fields(content, (), BadQuestion, what="content")
        held = _Key(key)
        if not all(held.fold(wording) for wording in (*held.accept, *held.reject)):
            raise BadQuestion("A wording has no letter or digit.")
        if held.listed(held.accept) & held.listed(held.reject):
            raise BadQuestion("A wording is both accepted and rejected.")

    def clean(self, content: Json, raw: Json) -> Answer | None:
        """The text as typed; white space alone is no answer."""
        typed = text(fields(raw, ("text",), BadAnswer)["text"], BadAnswer, "text", limit=MOST_CHARACTERS).strip()
        return {"text": typed} if typed else None

    def grade(self, content: Json, key: Json, answer: Json | None) -> Result:
        """1 for an accepted wording, else 0."""
        held = _Key(key)
        typed = _typed(answer) if answer else ""
        right, note = held.judge(typed)
        part = Part("", typed, held.accept[0], right, note)
        return result(EVERYTHING if right else NOTHING, answered=bool(typed), parts=[part])

    def answer_text(self, content: Json, answer: Json) -> str:
        """The text as typed."""
        return _typed(answer)

    def key_text(self, content: Json, key: Json) -> str:
        """The best wording, and the others: "co-designed (also: helped to design)"."""
        best, *others = _Key(key).accept
        return f"{best} (also: {'; '.join(others)})" if others else best

    def tie_words(self, content: Json, tie: str) -> str:
        r"""A tie is a wording, in which `*` stands for any letters and `\*` for itself."""
        if not fold_answer(tie.replace("*", "")) and not has_wildcard(tie):
            raise BadQuestion("A wording has no letter or digit.")
        return tie

    def tie_group(self, tie: str) -> str:
        """What was typed is one answer."""
        return ""

    def meets(self, content: Json, key: Json, tie: str, answer: Json) -> bool:
        """Whether the text reads so, as lenient as an accepted wording, but for slips."""
        keep_case = _Key(key).case
        return fits_pattern(fold_answer(_typed(answer), keep_case=keep_case), tie, keep_case=keep_case)


class _Key:
    """A key, read and found whole."""

    def __init__(self, key: Json) -> None:
        held = fields(key, ("accept",), BadQuestion, optional=_OPTIONS, what="key")
        self.accept = _wordings(held["accept"], "accept", at_least=1)
        self.reject = _wordings(held.get("reject", []), "reject", at_least=0)
        self.wildcards, self.typos, self.case = (flag(held, name) for name in ("wildcards", "typos", "case"))

    def fold(self, wording: str) -> str:
        return fold_answer(wording, keep_case=self.case)

    def is_pattern(self, wording: str) -> bool:
        return self.wildcards and has_wildcard(wording)

    def listed(self, wordings: list[str]) -> set[str]:
        """The wordings without a wildcard, folded."""
        return {self.fold(wording) for wording in wordings if not self.is_pattern(wording)}

    def fits(self, folded: str, wordings: list[str]) -> bool:
        """Whether a pattern among the wordings takes the answer in."""
        return any(fits_pattern(folded, each, keep_case=self.case) for each in wordings if self.is_pattern(each))

    def judge(self, typed: str) -> tuple[bool, str]:
        """Whether an answer is right, and a remark on how it was read."""
        folded, right, wrong = self.fold(typed), self.listed(self.accept), self.listed(self.reject)
        if not folded or folded in right:
            return bool(folded), ""
        if folded in wrong or self.fits(folded, self.reject):
            return False, ""
        if self.fits(folded, self.accept):
            return True, ""
        if self.typos and any(is_slip_of(folded, meant, wrong) for meant in right):
            return True, "A slip of the pen was passed over."
        return False, ""


def _typed(answer: Json) -> str:
    return text(answer.get("text"), BadAnswer, "text", limit=MOST_CHARACTERS)


def _wordings(held: object, name: str, *, at_least: int) -> list[str]:
    if not isinstance(held, list) or not at_least <= len(held) <= MOST_ITEMS:
        raise BadQuestion(f"“{name}” is a list of {at_least} to {MOST_ITEMS} wordings.")
    return [label(wording, BadQuestion, "wording") for wording in held]
