"""A kit as typed data. Every element knows its place in the files, for messages.

Names follow docs/kit-format.md. Where a field is optional in a file, the empty value of its type stands here.
"""

from kits.reading.shapes.kit import Kit
from kits.reading.shapes.ledger import (
    Citation,
    Conflict,
    Derivation,
    Fact,
    Film,
    Passage,
    Reading,
    Scalar,
    Source,
    Term,
    Topic,
)
from kits.reading.shapes.teaching import (
    Answered,
    Criterion,
    Feedback,
    Gap,
    Guidelines,
    Lesson,
    Pair,
    Position,
    Prompt,
    QuestionBlueprint,
    QuizBlueprint,
    Rule,
    Standard,
    Step,
)
from kits.reading.shapes.translations import TranslatedStep, Translation

__all__ = [
    "Answered",
    "Citation",
    "Conflict",
    "Criterion",
    "Derivation",
    "Fact",
    "Feedback",
    "Film",
    "Gap",
    "Guidelines",
    "Kit",
    "Lesson",
    "Pair",
    "Passage",
    "Position",
    "Prompt",
    "QuestionBlueprint",
    "QuizBlueprint",
    "Reading",
    "Rule",
    "Scalar",
    "Source",
    "Standard",
    "Step",
    "Term",
    "Topic",
    "TranslatedStep",
    "Translation",
]
