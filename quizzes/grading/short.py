"""A word or a few, typed."""

from typing import Final

from classroom.library.values.words import ARTICLES, fold
from quizzes.grading.results import EVERYTHING, NOTHING, Part, Result, result
from quizzes.grading.shapes import MOST_ITEMS, BadAnswer, BadQuestion, Json, fields, label, text
from quizzes.grading.types import Answer, QuestionType

MOST_CHARACTERS: Final = 300


class Short(QuestionType):
    """A wording that the key accepts gives full marks; any other none.

    Case, accents, punctuation, full and half width, spaces and leading articles make no difference: "the Birds
    nest" is "Bird's Nest", "Ai Wei Wei" is "Ai Weiwei". (Moodle's short-answer type folds case at most; accents,
    punctuation and width are folded since they say nothing of what a student knows of a film.)

    Content `{}`, key `{"accept": ["...", ...]}` with the best wording first, answer `{"text": "..."}`.
    """

    def validate(self, content: Json, key: Json) -> None:
        """No content, and a key of one wording or more, each with a letter or digit."""
        fields(content, (), BadQuestion, what="content")
        if not all(fold_answer(wording) for wording in _accept(key)):
            raise BadQuestion("An accepted wording has no letter or digit.")

    def clean(self, content: Json, raw: Json) -> Answer | None:
        """The text as typed; white space alone is no answer."""
        typed = text(fields(raw, ("text",), BadAnswer)["text"], BadAnswer, "text", limit=MOST_CHARACTERS).strip()
        return {"text": typed} if typed else None

    def grade(self, content: Json, key: Json, answer: Json | None) -> Result:
        """1 for an accepted wording, else 0."""
        accepted = _accept(key)
        typed = _typed(answer) if answer else ""
        folded = fold_answer(typed)
        right = bool(folded) and folded in {fold_answer(wording) for wording in accepted}
        part = Part("", typed, accepted[0], right)
        return result(EVERYTHING if right else NOTHING, answered=bool(typed), parts=[part])

    def answer_text(self, content: Json, answer: Json) -> str:
        """The text as typed."""
        return _typed(answer)

    def key_text(self, content: Json, key: Json) -> str:
        """The best wording, and the others: "co-designed (also: helped to design)"."""
        best, *others = _accept(key)
        return f"{best} (also: {'; '.join(others)})" if others else best


def fold_answer(typed: str) -> str:
    """What is left of an answer when everything that makes no difference is gone."""
    words = fold(typed).split()
    while len(words) > 1 and words[0] in ARTICLES:
        words = words[1:]
    return "".join(words)


def _typed(answer: Json) -> str:
    return text(answer.get("text"), BadAnswer, "text", limit=MOST_CHARACTERS)


def _accept(key: Json) -> list[str]:
    accepted = fields(key, ("accept",), BadQuestion, what="key")["accept"]
    if not isinstance(accepted, list) or not 1 <= len(accepted) <= MOST_ITEMS:
        raise BadQuestion(f"“accept” is a list of 1 to {MOST_ITEMS} wordings.")
    return [label(wording, BadQuestion, "wording") for wording in accepted]
