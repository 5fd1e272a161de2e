"""A text of one's own, read by a person: `short-text` (a sentence or two) and `essay`."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Final

from classroom.library.values.numbers import group
from quizzes.grading.results import NOTHING, Part, Result, result
from quizzes.grading.shapes import (
    MOST_ID_CHARACTERS,
    MOST_ITEMS,
    BadAnswer,
    BadQuestion,
    Json,
    fields,
    label,
    number,
    text,
    whole,
)
from quizzes.grading.types import Answer, QuestionType

MOST_MODEL_CHARACTERS: Final = 5_000


MOST_LEVELS: Final = 9


@dataclass(frozen=True, slots=True)
class Level:
    """One way to meet a criterion, and what it gives; ``text`` may be empty."""

    points: Decimal
    text: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a rubric, and what it gives at most; ``levels`` are what lies between that and nothing."""

    id: str
    text: str
    points: Decimal
    levels: tuple[Level, ...] = ()

    def steps(self) -> list[Level]:
        """What a reader chooses from, the least first: nothing, the levels, all.

        Without levels of its own a criterion goes by whole points where there are few, and else by halves.
        """
        own = list(self.levels)
        if not own:
            whole = self.points == self.points.to_integral_value() and self.points <= MOST_LEVELS
            between = [Decimal(each) for each in range(1, int(self.points))] if whole else [self.points / 2]
            own = [Level(each) for each in between]
        ends = [Level(Decimal(0)), Level(self.points)]
        missing = [each for each in ends if each.points not in {level.points for level in own}]
        return sorted([*own, *missing], key=lambda level: level.points)


class Written(QuestionType):
    """No rule grades it: every answer given is `pending` until a person has read it by the key's rubric.

    A rubric is a list of criteria with points; what an answer is worth is the points that it gets of all that the
    rubric gives. A criterion may have `"levels": [{"points": 1, "text": "Names it loosely"}]`. So do Moodle's essay
    type, graded by hand, and PrairieLearn's manual grading with rubric items.

    Content `{"least_words": 0, "most_words": 300}`, both of which may be absent; key `{"rubric": [{"id": "a", "text":
    "Names a source", "points": 2}], "model": "What a good answer may say"}`, of which the model may be absent; answer
    `{"text": "..."}`. More or fewer words than asked for are noted, and cost nothing by themselves.
    """

    by_hand: ClassVar[bool] = True

    def __init__(self, *, longest: int) -> None:
        self.longest = longest

    def validate(self, content: Json, key: Json) -> None:
        """Limits that leave room, and a rubric that gives something."""
        words_asked(content)
        rubric_of(key)

    def clean(self, content: Json, raw: Json) -> Answer | None:
        """The text as typed, with line ends of one kind; white space alone is no answer."""
        typed = text(fields(raw, ("text",), BadAnswer)["text"], BadAnswer, "text", limit=2 * self.longest)
        typed = typed.replace("\r\n", "\n").replace("\r", "\n").strip()
        if len(typed) > self.longest:
            raise BadAnswer(f"The text is longer than {group(Decimal(self.longest))} characters.")
        return {"text": typed} if typed else None

    def grade(self, content: Json, key: Json, answer: Json | None) -> Result:
        """Nothing yet: an answer waits for a person, no answer is worth nothing."""
        rubric_of(key)
        typed = self.answer_text(content, answer) if answer else ""
        part = Part("", typed, self.key_text(content, key), right=False, note=_about_length(content, typed))
        return result(NOTHING, answered=bool(typed), parts=[part], pending=bool(typed))

    def answer_text(self, content: Json, answer: Json) -> str:
        """The text as typed."""
        return text(answer.get("text"), BadAnswer, "text", limit=self.longest)

    def key_text(self, content: Json, key: Json) -> str:
        """The rubric: "Names a source (2); Weighs it (3)"."""
        return "; ".join(f"{each.text} ({group(each.points)})" for each in rubric_of(key))


def rubric_of(key: Json) -> list[Criterion]:
    """The criteria of a key, which it reads whole. Raises BadQuestion."""
    held = fields(key, ("rubric",), BadQuestion, optional=("model",), what="key")
    text(held.get("model", ""), BadQuestion, "model", limit=MOST_MODEL_CHARACTERS)
    listed = held["rubric"]
    if not isinstance(listed, list) or not 1 <= len(listed) <= MOST_ITEMS:
        raise BadQuestion(f"“rubric” is a list of 1 to {MOST_ITEMS} criteria.")
    found: dict[str, Criterion] = {}
    for entry in listed:
        each = fields(entry, ("id", "text", "points"), BadQuestion, optional=("levels",), what="criterion")
        criterion_id = text(each["id"], BadQuestion, "id", limit=MOST_ID_CHARACTERS)
        points = number(each["points"], "points")
        if not criterion_id or criterion_id in found:
            raise BadQuestion("The ids of the rubric are not all different.")
        if points <= 0:
            raise BadQuestion("A criterion is worth more than nothing.")
        words = label(each["text"], BadQuestion, "criterion")
        found[criterion_id] = Criterion(criterion_id, words, points, _levels(each.get("levels", []), points))
    return list(found.values())


def _levels(listed: object, most: Decimal) -> tuple[Level, ...]:
    if not isinstance(listed, list) or len(listed) > MOST_LEVELS:
        raise BadQuestion(f"“levels” is a list of at most {MOST_LEVELS}.")
    found: dict[Decimal, Level] = {}
    for entry in listed:
        each = fields(entry, ("points", "text"), BadQuestion, what="level")
        points = number(each["points"], "points")
        if not 0 <= points <= most or points in found:
            raise BadQuestion("Levels lie between nothing and what their criterion gives, each once.")
        found[points] = Level(points, text(each["text"], BadQuestion, "level"))
    return tuple(found[points] for points in sorted(found))


def words_asked(content: Json) -> tuple[int, int]:
    """The fewest and the most words that are asked for; 0 where there is no such limit."""
    held = fields(content, (), BadQuestion, optional=("least_words", "most_words"), what="content")
    least, most = (whole(held.get(name, 0), name) for name in ("least_words", "most_words"))
    if most and least > most:
        raise BadQuestion("The fewest words are more than the most.")
    return least, most


def _about_length(content: Json, typed: str) -> str:
    least, most = words_asked(content)
    count = len(typed.split())
    if typed and count < least:
        return f"{count} words; at least {least} were asked for."
    return f"{count} words; at most {most} were asked for." if most and count > most else ""
