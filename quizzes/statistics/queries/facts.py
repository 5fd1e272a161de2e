"""The class by fact: what was taught, asked and discussed, what is known of it, and what is mistaken."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from classroom.library.models import Fact, Topic
from classroom.people.queries import Named
from quizzes.statistics.marks import Mark, Tally
from quizzes.statistics.queries.evidence import Answer, Assigned, Evidence

_OPEN = frozenset({Fact.Standing.DISPUTED, Fact.Standing.DOUBTFUL})


@dataclass(frozen=True)
class Wanted:
    """Which facts somebody looks for; empty fields ask for nothing. ``lesson`` and ``quiz`` are assignments' ids.

    With a quiz, only its answers count.
    """

    lesson: int | None = None
    quiz: int | None = None
    topic: str = ""
    show: str = ""


@dataclass
class FactLine:
    """One fact, and where the class is with it; ``marks`` holds each student's last answer."""

    fact: Fact
    taught: list[Assigned]
    discussed: list[Assigned]
    number: int = 0
    tally: Tally = field(default_factory=Tally)
    said_by: Counter[str] = field(default_factory=Counter)
    marks: dict[int, Mark] = field(default_factory=dict)

    @property
    def is_asked(self) -> bool:
        return self.tally.asked > 0

    @property
    def is_open(self) -> bool:
        """Whether the sources leave it open, so that more than one answer has a source."""
        return self.fact.standing in _OPEN

    def count(self, mark: Mark) -> int:
        return self.tally.marks[mark]

    @property
    def known(self) -> int:
        return self.count(Mark.KNOWN)

    @property
    def mistaken(self) -> int:
        return self.count(Mark.MISTAKEN)

    @property
    def as_a_source_says(self) -> int:
        return self.count(Mark.READING)

    @property
    def otherwise(self) -> int:
        """Answers that neither show that it is known nor that it is mistaken."""
        return self.tally.asked - self.known - self.mistaken

    @property
    def sources(self) -> list[tuple[str, int]]:
        """The sources that say what some answered, with how many did; the most first."""
        return self.said_by.most_common()

    @property
    def unclear(self) -> int:
        return self.count(Mark.UNCLEAR)

    @property
    def empty(self) -> int:
        return self.count(Mark.EMPTY)


@dataclass(frozen=True)
class TopicLines:
    topic: Topic
    lines: list[FactLine]


@dataclass(frozen=True)
class ByFact:
    """The facts that fit, by topic, numbered through; ``is_answered`` where the class has handed anything in."""

    students: list[Named]
    topics: list[TopicLines]
    is_answered: bool

    @property
    def lines(self) -> list[FactLine]:
        return [line for group in self.topics for line in group.lines]


def by_fact(evidence: Evidence, wanted: Wanted) -> ByFact:
    """Every fact that fits what is wanted, in the order of the kit."""
    lines = all_lines(evidence, quiz=wanted.quiz)
    groups: dict[int, list[FactLine]] = defaultdict(list)
    fitting = [line for line in lines.values() if _fits(line, wanted)]
    for number, line in enumerate(fitting, 1):
        line.number = number
        groups[line.fact.topic_id].append(line)
    topics = [TopicLines(group[0].fact.topic, group) for group in groups.values()]
    return ByFact(evidence.students, topics, bool(evidence.answers))


def all_lines(evidence: Evidence, *, quiz: int | None = None) -> dict[int, FactLine]:
    """A line for each fact, by its id; with the answers of one quiz where one is named."""
    lines = {
        pk: FactLine(fact, evidence.taught.get(pk, []), evidence.discussed.get(pk, []))
        for pk, fact in evidence.facts.items()
    }
    shown = {student.pk for student in evidence.students}
    for answer in evidence.answers:
        if quiz is None or answer.assignment_id == quiz:
            _add(lines, answer, evidence, shown)
    return lines


def _add(lines: dict[int, FactLine], answer: Answer, evidence: Evidence, shown: set[int]) -> None:
    words, marks, said_by = evidence.verdict(answer)
    for fact_id, mark in marks:
        line = lines[fact_id]
        line.tally.add(mark, words)
        if said_by:
            line.said_by[said_by] += 1
        if answer.student_id in shown:
            line.marks[answer.student_id] = mark


def _fits(line: FactLine, wanted: Wanted) -> bool:
    in_lesson = wanted.lesson is None or any(each.pk == wanted.lesson for each in line.taught)
    in_quiz = wanted.quiz is None or line.is_asked
    in_topic = not wanted.topic or line.fact.topic.key == wanted.topic
    return in_lesson and in_quiz and in_topic and _is_shown(line, wanted.show)


def _is_shown(line: FactLine, show: str) -> bool:
    return {
        "asked": line.is_asked,
        "mistaken": line.mistaken > 0,
        "never": not line.is_asked,
        "open": line.is_open,
    }.get(show, True)


def topics_in(facts: Sequence[Fact]) -> list[Topic]:
    """The topics of these facts, each once, in their order."""
    return list({fact.topic_id: fact.topic for fact in facts}.values())
