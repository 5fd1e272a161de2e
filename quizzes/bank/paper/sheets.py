"""What stands on the paper, as plain data.

Version A keeps the quiz's order of questions and has an order of options of its own; version B has its own of both. All
chance, draws too, comes from the quiz and a number that the paper states: the same number always gives the same paper,
as long as the quiz asks the same questions. Both versions ask the same questions.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from string import ascii_lowercase
from typing import Any, Final

from django.db.models import prefetch_related_objects
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from quizzes.bank.draws import Asked, asked_now
from quizzes.bank.hints import line_hint, text_hint
from quizzes.bank.models import Quiz
from quizzes.bank.paper.notes import Notes, notes_on
from quizzes.bank.translated import in_readers_language
from quizzes.grading import key_text

VERSIONS: Final = ("A", "B")
TYPED: Final = {"numeric": "number", "date": "date", "short": "text"}
LINES: Final = {"short-text": 4, "essay": 16}
GAP: Final = "____________"


@dataclass(frozen=True)
class Choice:
    """An option with its letter."""

    letter: str
    text: str


@dataclass(frozen=True)
class Question:
    """A question on paper. ``rows`` are what is matched or put in order, each with a line before it."""

    number: int
    stem: str
    points: str
    note: str = ""
    text: str = ""
    choices: list[Choice] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    lines: int = 0
    key: str = ""
    notes: Notes = field(default_factory=Notes)


@dataclass(frozen=True)
class Paper:
    """One version."""

    version: str
    title: str
    instructions: str
    seed: int
    total: str
    questions: list[Question]


def papers_of(quiz: Quiz, seed: int, *, with_notes: bool = False) -> list[Paper]:
    """Both versions of a quiz, with their keys, and notes on these if wished; in a fixed number of queries."""
    asked = asked_now(quiz, _chance(quiz, seed, "draw"))
    prefetch_related_objects([each.version for each in asked], "answer_key")
    asked = [replace(each, version=in_readers_language(each.version)) for each in asked]
    versions = [each.version for each in asked]
    notes = notes_on(versions) if with_notes else {}
    return [_paper(quiz, seed, version, asked, notes) for version in VERSIONS]


def _chance(quiz: Quiz, seed: int, part: str) -> random.Random:
    return random.Random(f"{quiz.pk}:{seed}:{part}")  # noqa: S311 - the same paper again is what it is for


def _paper(quiz: Quiz, seed: int, version: str, asked: Sequence[Asked], notes: Mapping[int, Notes]) -> Paper:
    chance = _chance(quiz, seed, version)
    ordered = list(asked) if version == VERSIONS[0] else chance.sample(asked, len(asked))
    questions = [_question(number, each, chance, notes) for number, each in enumerate(ordered, 1)]
    total = sum((each.points for each in asked), Decimal(0))
    return Paper(version, quiz.title, quiz.instructions, seed, _number(total), questions)


def _number(value: Decimal) -> str:
    return number_format(value.normalize() if value % 1 else value.quantize(Decimal(1)))


def _question(number: int, asked: Asked, chance: random.Random, notes: Mapping[int, Notes]) -> Question:
    version = asked.version
    made = _body(version.type, version.content, version.answer_key.key, chance)
    about = notes.get(version.pk, Notes())
    return Question(number=number, stem=version.stem, points=_number(asked.points), notes=about, **made)


def _body(
    question_type: str, content: Mapping[str, Any], key: Mapping[str, Any], chance: random.Random
) -> dict[str, Any]:
    """What is under the stem, and the key in the paper's own letters."""
    match question_type:
        case "choice" | "which-source" | "multiple":
            return _ticked(content, key, chance, many=question_type == "multiple")
        case "true-false":
            choices = [Choice("a", _("true")), Choice("b", _("false"))]
            right = choices[0] if key["correct"] else choices[1]
            return {"choices": choices, "key": f"{right.letter}) {right.text}"}
        case "matching":
            return _matched(content, key, chance)
        case "ordering":
            return _ordered(content, key, chance)
        case "blanks":
            return {"text": _gapped(content, chance), "key": key_text(question_type, content, key)}
        case "essay" | "short-text":
            key_words = key_text(question_type, content, key)
            return {"lines": LINES[question_type], "note": text_hint(content), "key": key_words}
        case _:
            note = line_hint(TYPED[question_type], content)
            return {"lines": 1, "note": note, "key": key_text(question_type, content, key)}


def _lettered(entries: Sequence[Mapping[str, str]], chance: random.Random) -> dict[str, Choice]:
    """Options by their ids, in an order of chance's. After z come aa, ab and so on."""
    mixed = chance.sample(list(entries), len(entries))
    return {each["id"]: Choice(_letter(place), each["text"]) for place, each in enumerate(mixed)}


def _letter(place: int) -> str:
    before, last = divmod(place, len(ascii_lowercase))
    return (ascii_lowercase[before - 1] if before else "") + ascii_lowercase[last]


def _ticked(content: Mapping[str, Any], key: Mapping[str, Any], chance: random.Random, *, many: bool) -> dict[str, Any]:
    options = _lettered(content["options"], chance)
    right = key["correct"] if many else [key["correct"]]
    chosen = sorted((options[each] for each in right), key=lambda each: (len(each.letter), each.letter))
    return {
        "choices": list(options.values()),
        "note": _("Tick all that are right.") if many else "",
        "key": "; ".join(f"{each.letter}) {each.text}" for each in chosen),
    }


def _matched(content: Mapping[str, Any], key: Mapping[str, Any], chance: random.Random) -> dict[str, Any]:
    options = _lettered(content["options"], chance)
    prompts = chance.sample(content["prompts"], len(content["prompts"]))
    return {
        "rows": [each["text"] for each in prompts],
        "choices": list(options.values()),
        "note": _("Write the letter of what goes with each."),
        "key": "; ".join(f"{each['text']}: {options[key['pairs'][each['id']]].letter}" for each in prompts),
    }


def _ordered(content: Mapping[str, Any], key: Mapping[str, Any], chance: random.Random) -> dict[str, Any]:
    items = chance.sample(content["items"], len(content["items"]))
    if [each["id"] for each in items] == key["order"]:
        items.reverse()
    places = {each: place for place, each in enumerate(key["order"], 1)}
    return {
        "rows": [each["text"] for each in items],
        "note": _("Number them in their order: 1 comes first."),
        "key": "; ".join(
            f"{places[each['id']]} {each['text']}" for each in sorted(items, key=lambda x: places[x["id"]])
        ),
    }


def _gapped(content: Mapping[str, Any], chance: random.Random) -> str:
    """The text with a line for each gap; behind one that offers options, these."""
    text = str(content["text"])
    for gap in content["gaps"]:
        options = gap["content"].get("options", [])
        offered = f" ({' / '.join(each['text'] for each in chance.sample(options, len(options)))})" if options else ""
        text = text.replace(f"[[{gap['id']}]]", f"{GAP}{offered}")
    return text
