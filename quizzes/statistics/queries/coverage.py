"""Taught, tested and discussed side by side: by lesson and by topic, and what was left out."""

from collections.abc import Iterable
from dataclasses import dataclass

from quizzes.statistics.queries.evidence import Evidence
from quizzes.statistics.queries.facts import FactLine, all_lines, topics_in


@dataclass(frozen=True)
class CoverageLine:
    """A lesson or a topic: how many of its facts were taught, tested and discussed, and those taught and not tested."""

    title: str
    assignment_id: int | None
    opened: int | None
    taught: int
    tested: int
    discussed: int
    untested: list[FactLine]


@dataclass(frozen=True)
class Coverage:
    lessons: list[CoverageLine]
    topics: list[CoverageLine]
    untaught: list[FactLine]
    students: int
    is_answered: bool


def coverage(evidence: Evidence) -> Coverage:
    """By lesson: of the facts that it teaches. By topic: of all facts that were taught, tested or discussed."""
    lines = list(all_lines(evidence).values())
    lessons = [
        _line(each.title, [line for line in lines if each in line.taught], each.pk, each.opened)
        for each in evidence.lessons
    ]
    topics = [
        _line(topic.title, [line for line in lines if line.fact.topic_id == topic.pk])
        for topic in topics_in(list(evidence.facts.values()))
    ]
    untaught = [line for line in lines if line.is_asked and not line.taught]
    return Coverage(lessons, topics, untaught, len(evidence.students), bool(evidence.answers))


def _line(
    title: str, lines: Iterable[FactLine], assignment_id: int | None = None, opened: int | None = None
) -> CoverageLine:
    lines = list(lines)
    return CoverageLine(
        title=title,
        assignment_id=assignment_id,
        opened=opened,
        taught=sum(bool(line.taught) for line in lines),
        tested=sum(line.is_asked for line in lines),
        discussed=sum(bool(line.discussed) for line in lines),
        untested=[line for line in lines if line.taught and not line.is_asked],
    )
