"""Keys are unique, and everything that is named by its key is there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kits.reading.places import Place, Problem
from kits.reading.shapes import Kit, Passage


@dataclass(frozen=True)
class Names:
    """The keys of a kit by kind, and the paragraphs of each source. What could not be read counts as there."""

    kit: Kit
    keys: dict[str, set[str]] = field(default_factory=dict)
    paragraphs: dict[str, set[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, kit: Kit) -> "Names":
        """The names of a kit."""
        names = cls(kit)
        for kind, key, _element in kit.keyed():
            names.keys.setdefault(kind, set()).add(key)
        for kind, key in kit.unread:
            names.keys.setdefault(kind, set()).add(key)
        names.paragraphs.update({source.key: set(source.paragraphs) for source in kit.sources})
        return names

    def missing(self, kind: str, key: str, at: Place) -> Iterator[Problem]:
        """A problem where no element of the kind has the key; nothing for an empty key."""
        if key and key not in self.keys.get(kind, ()):
            yield at.problem(f"there is no {kind} '{key}'")

    def missing_facts(self, keys: Iterable[str], at: Place) -> Iterator[Problem]:
        """A problem for each key that no fact has."""
        for key in keys:
            yield from self.missing("fact", key, at)

    def missing_passage(self, passage: Passage) -> Iterator[Problem]:
        """A problem where the source is not there, or has no such paragraph."""
        yield from self.missing("source", passage.source, passage.at)
        paragraphs = self.paragraphs.get(passage.source)
        if paragraphs is not None and passage.paragraph not in paragraphs:
            yield passage.at.problem(f"the source '{passage.source}' has no paragraph {passage.paragraph}")


def repeated_keys(kit: Kit) -> Iterator[Problem]:
    """A problem for each key that a second element of the same kind bears."""
    first: dict[tuple[str, str], Place] = {}
    for kind, key, element in kit.keyed():
        place = first.setdefault((kind, key), element.at)
        if place is not element.at:
            yield element.at.problem(f"the {kind} '{key}' is already in {place.file}:{place.line}")
    positions: dict[int, str] = {}
    for lesson in kit.lessons:
        other = positions.setdefault(lesson.position, lesson.key)
        if other != lesson.key:
            yield lesson.at.problem(f"the lesson '{other}' has position {lesson.position} too", field="position")


def broken_references(names: Names) -> Iterator[Problem]:
    """A problem for each key in facts, conflicts, terms, prompts, lessons and quizzes that names nothing."""
    yield from _broken_in_facts(names)
    yield from _broken_in_conflicts(names)
    for term in names.kit.terms:
        for passage in term.citations:
            yield from names.missing_passage(passage)
    for prompt in names.kit.prompts:
        yield from names.missing_facts(prompt.facts, prompt.at.of("facts"))
        if prompt.source:
            yield from names.missing_passage(prompt.source)
    yield from _broken_in_lessons(names)
    yield from _broken_in_quizzes(names)


def _broken_in_facts(names: Names) -> Iterator[Problem]:
    for fact in names.kit.facts:
        yield from names.missing("topic", fact.topic, fact.at.of("topic"))
        for citation in fact.citations:
            yield from names.missing_passage(citation)
        if fact.derivation:
            yield from names.missing_facts(fact.derivation.from_facts, fact.at.of("derivation"))


def _broken_in_conflicts(names: Names) -> Iterator[Problem]:
    for conflict in names.kit.conflicts:
        yield from names.missing_facts(conflict.facts, conflict.at.of("facts"))
        for reading in conflict.readings:
            for passage in reading.citations:
                yield from names.missing_passage(passage)


def _broken_in_lessons(names: Names) -> Iterator[Problem]:
    for lesson in names.kit.lessons:
        yield from names.missing("quiz", lesson.quiz, lesson.at.of("quiz"))
        for key in lesson.prompts:
            yield from names.missing("prompt", key, lesson.at.of("prompts"))
        for step in lesson.steps:
            for kind in ("conflict", "topic", "quiz", "prompt"):
                yield from names.missing(kind, getattr(step, kind), step.at.of(kind))


def _broken_in_quizzes(names: Names) -> Iterator[Problem]:
    for quiz in names.kit.quizzes:
        yield from names.missing("lesson", quiz.lesson, quiz.at.of("lesson"))
        for question in quiz.questions:
            yield from names.missing_facts(question.fact_keys, question.at)
            yield from names.missing_facts(question.label, question.at.of("label"))
            if question.type == "which-source":
                for distractor in question.distractors:
                    yield from names.missing("source", str(distractor), question.at.of("distractors"))
