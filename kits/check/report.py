"""The whole check of a kit, and what it tells."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from classroom.common.progress import Tell, nobody
from kits.check.copies import copy_faults, prompt_faults
from kits.check.coverage import coverage_warnings
from kits.check.documents import find_documents
from kits.check.evidence import evidence_faults
from kits.check.facts import conflict_faults, fact_faults, values_of
from kits.check.keys import Names, broken_references, repeated_keys
from kits.check.lessons import lesson_faults
from kits.check.quizzes import quiz_faults
from kits.check.translations import translation_faults, translation_warnings
from kits.drafts import Drafts, draft_questions
from kits.reading import Problem, Problems, read_kit
from kits.reading.shapes import Kit


@dataclass(frozen=True)
class Report:
    """The kit as far as it could be read, its problems by file and line, and its questions as they were drafted.

    A warning is not a problem: a kit that has some is whole.
    """

    kit: Kit | None
    problems: list[Problem]
    drafts: Drafts | None = None
    warnings: list[Problem] = field(default_factory=list)


def check_folder(folder: Path, sources: Path | None = None, *, tell: Tell = nobody) -> Report:
    """Check the kit in `folder`; with `sources`, a folder of documents, also against the documents themselves.

    `tell` hears of the questions that are checked.
    """
    read = read_kit(folder)
    problems = Problems(read.problems)
    if read.kit is None:
        return Report(None, problems.sorted())
    drafts = draft_questions(read.kit, tell)
    problems.extend(_inner_faults(read.kit, drafts))
    if sources:
        problems.extend(_outer_faults(read.kit, sources))
    warnings = [*coverage_warnings(read.kit, drafts), *translation_warnings(read.kit, drafts)]
    return Report(read.kit, problems.sorted(), drafts, sorted(warnings))


def _inner_faults(kit: Kit, drafts: Drafts) -> Iterator[Problem]:
    names = Names.of(kit)
    values, unreadable = values_of(kit)
    yield from unreadable
    yield from repeated_keys(kit)
    yield from broken_references(names)
    yield from fact_faults(kit, values)
    yield from conflict_faults(kit)
    yield from lesson_faults(names)
    yield from quiz_faults(kit, drafts)
    yield from translation_faults(names, drafts)


def _outer_faults(kit: Kit, folder: Path) -> Iterator[Problem]:
    documents, differing = find_documents(kit.sources, folder)
    values, _unreadable = values_of(kit)
    yield from differing
    yield from evidence_faults(kit, documents, values)
    yield from prompt_faults(kit, documents)
    yield from copy_faults(kit, documents)


def counts(kit: Kit) -> Iterator[tuple[str, str]]:
    """(what, how many) of a kit, ready to print."""
    yield "sources", str(len(kit.sources))
    yield "paragraphs", str(sum(len(source.paragraphs) for source in kit.sources))
    yield "facts", str(len(kit.facts))
    yield "  by standing", _spread(Counter(fact.standing for fact in kit.facts))
    yield "  by use", _spread(Counter(fact.use for fact in kit.facts))
    yield "conflicts", str(len(kit.conflicts))
    yield "terms", str(len(kit.terms))
    yield "prompts", str(len(kit.prompts))
    yield "lessons", str(len(kit.lessons))
    yield "quizzes", str(len(kit.quizzes))
    yield "questions", str(sum(len(quiz.questions) for quiz in kit.quizzes))
    for language in sorted({each.language for each in kit.translations}):
        yield f"  in {language}", _spread(Counter(each.kind for each in kit.translations if each.language == language))


def _spread(counter: Counter[str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in sorted(counter.items())) or "none"


def told(report: Report) -> Iterator[str]:
    """The report as lines of text."""
    if report.kit:
        film = report.kit.film
        yield f"{film.title} ({film.year}), kit {film.key} {film.version}"
        for what, number in counts(report.kit):
            yield f"{what + ':':<15} {number}"
    yield from (f"warning: {each}" for each in report.warnings)
    yield from map(str, report.problems)
    yield f"{len(report.problems)} problem{'' if len(report.problems) == 1 else 's'}"
