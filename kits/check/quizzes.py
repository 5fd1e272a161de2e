"""What must hold of quizzes: their length, what each fact may be used for, and that every question can be drafted."""

from collections.abc import Iterator, Mapping

from kits.check.text.words import words
from kits.reading.places import Problem
from kits.reading.shapes import Fact, Kit, QuestionBlueprint, QuizBlueprint

FEWEST_FOR_A_LESSON = 5
MOST_FOR_A_LESSON = 8
# Citations that bear the fact's statement; the others only stand near it.
BEARING = frozenset({"states", "rounds", "hedges"})


def quiz_faults(kit: Kit) -> Iterator[Problem]:
    """Every fault of the quizzes that can be told without drafting a question."""
    facts = {fact.key: fact for fact in kit.facts}
    source_names = {source.key: source.names for source in kit.sources}
    for quiz in kit.quizzes:
        yield from _length_faults(quiz)
        for question in quiz.questions:
            yield from _use_faults(question, facts, source_names)


def _length_faults(quiz: QuizBlueprint) -> Iterator[Problem]:
    count = len(quiz.questions)
    if quiz.lesson and not FEWEST_FOR_A_LESSON <= count <= MOST_FOR_A_LESSON:
        yield quiz.at.problem(
            f"a quiz for a lesson has {FEWEST_FOR_A_LESSON} to {MOST_FOR_A_LESSON} questions, not {count}",
            field="questions",
        )


def _use_faults(
    question: QuestionBlueprint, facts: Mapping[str, Fact], source_names: Mapping[str, tuple[str, ...]]
) -> Iterator[Problem]:
    for key in question.fact_keys:
        fact = facts.get(key)
        if not fact:
            continue
        if fact.use == "discuss":
            yield question.at.problem(f"{question.key}: the fact '{key}' is for discussion only")
        elif fact.use == "attributed" and question.type != "which-source":
            sources = bearing_sources(fact, facts)
            names = [name for source in sources for name in source_names.get(source, ())]
            if not any(names_source(text, name) for text in _asked(question, key) for name in names):
                known = ", ".join(source_names[source][0] for source in sources if source in source_names)
                yield question.at.problem(
                    f"{question.key}: the fact '{key}' may be asked only if the stem names its source ({known})",
                    field="stem",
                )


def _asked(question: QuestionBlueprint, key: str) -> Iterator[str]:
    """The texts in which the source of one fact may be named: the stem, and the fact's own prompt or label."""
    yield question.stem
    yield question.label.get(key, "")
    yield from (pair.prompt for pair in question.pairs if pair.fact == key)


def bearing_sources(fact: Fact, facts: Mapping[str, Fact]) -> tuple[str, ...]:
    """The sources that bear a fact, in order; those of the facts that it is derived from, where it is derived."""
    sources = [citation.source for citation in fact.citations if citation.stance in BEARING]
    for key in fact.derivation.from_facts if fact.derivation else ():
        if key in facts and key != fact.key and not facts[key].derivation:
            sources += bearing_sources(facts[key], facts)
    return tuple(dict.fromkeys(sources))


def names_source(text: str, name: str) -> bool:
    """Whether the words of a source's name stand in the text, in order."""
    wanted = [word.folded for word in words(name)]
    given = [word.folded for word in words(text)]
    return any(given[start : start + len(wanted)] == wanted for start in range(len(given) - len(wanted) + 1))
