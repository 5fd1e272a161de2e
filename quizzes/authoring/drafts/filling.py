"""Texts with gaps, and texts of one's own."""

from typing import Final

from quizzes.authoring.blueprint import Blueprint, GapBlueprint
from quizzes.authoring.drafts.choosing import draft_choice
from quizzes.authoring.drafts.draft import Content, Drafter, Key
from quizzes.authoring.drafts.rules import lettered, marked
from quizzes.authoring.drafts.stating import draft_date, draft_numeric, draft_short
from quizzes.authoring.ledger import Ledger
from quizzes.authoring.refusal import Refused

GAP_DRAFTERS: Final[dict[str, Drafter]] = {
    "choice": draft_choice,
    "short": draft_short,
    "numeric": draft_numeric,
    "date": draft_date,
}


def draft_blanks(blueprint: Blueprint, ledger: Ledger, seed: int) -> tuple[Content, Key]:
    """Each gap as a question of its own on its fact, numbered in the order in which they are listed."""
    if not blueprint.gaps:
        raise Refused("A blanks question has a text with [[1]], [[2]] and so on, and lists its gaps.")
    content: Content = {"text": blueprint.text, "gaps": []}
    key: Key = {"gaps": {}}
    for number, gap in enumerate(blueprint.gaps, 1):
        if gap.type not in GAP_DRAFTERS:
            raise Refused(f"A gap is one of {', '.join(GAP_DRAFTERS)}, not {gap.type}.")
        made, made_key = GAP_DRAFTERS[gap.type](_as_question(blueprint, gap, number), ledger, seed)
        content["gaps"].append({"id": str(number), "type": gap.type, "content": made})
        key["gaps"][str(number)] = {"key": marked(made_key, gap.marking), "points": gap.points}
    return content, key


def _as_question(blueprint: Blueprint, gap: GapBlueprint, number: int) -> Blueprint:
    return Blueprint(
        key=f"{blueprint.key}-{number}",
        type=gap.type,
        stem=f"{blueprint.stem} {blueprint.text}",
        fact=gap.fact,
        distractors=gap.distractors,
        tolerance=gap.tolerance,
        accept=gap.accept,
    )


def draft_written(blueprint: Blueprint, ledger: Ledger, seed: int) -> tuple[Content, Key]:
    """The author's rubric, beside the facts that an answer may rest on."""
    rubric = lettered([criterion.text for criterion in blueprint.rubric])
    lengths = {"least_words": blueprint.least_words, "most_words": blueprint.most_words}
    points = [criterion.points for criterion in blueprint.rubric]
    key: Key = {"rubric": [each | {"points": worth} for each, worth in zip(rubric, points, strict=True)]}
    content: Content = {name: words for name, words in lengths.items() if words}
    return content, {**key, "model": blueprint.model} if blueprint.model else key
