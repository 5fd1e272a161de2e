"""A whole kit."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kits.reading.shapes.ledger import Conflict, Fact, Film, Source, Term
from kits.reading.shapes.teaching import Guidelines, Lesson, Prompt, QuizBlueprint
from kits.reading.shapes.translations import Translation


@dataclass(frozen=True, kw_only=True)
class Kit:
    """A whole kit. `unread` names the elements (kind, key) that were too faulty to build."""

    film: Film
    sources: tuple[Source, ...] = ()
    facts: tuple[Fact, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    terms: tuple[Term, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    guidelines: Guidelines | None = None
    families: str = ""
    lessons: tuple[Lesson, ...] = ()
    quizzes: tuple[QuizBlueprint, ...] = ()
    translations: tuple[Translation, ...] = ()
    unread: frozenset[tuple[str, str]] = frozenset()

    def keyed(self) -> Iterator[tuple[str, str, Any]]:
        """(kind, key, element) of everything that is found by its key, in the order of the files."""
        for kind, elements in (
            ("topic", self.film.topics),
            ("source", self.sources),
            ("fact", self.facts),
            ("conflict", self.conflicts),
            ("term", self.terms),
            ("prompt", self.prompts),
            ("rule", self.guidelines.rules if self.guidelines else ()),
            ("lesson", self.lessons),
            ("quiz", self.quizzes),
            ("question", tuple(question for quiz in self.quizzes for question in quiz.questions)),
        ):
            for element in elements:
                yield kind, element.key, element
