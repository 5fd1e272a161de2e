"""One fact in one class: the questions that rest on it, and who answered what."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.shortcuts import get_object_or_404

from classroom.library.models import Fact
from classroom.library.queries import FactCard, fact_cards
from classroom.people.queries import Named
from quizzes.bank.models import QuestionVersion
from quizzes.statistics.marks import Mark, Tally
from quizzes.statistics.queries.evidence import Answer, Assigned, Evidence
from quizzes.statistics.queries.facts import FactLine, all_lines


@dataclass(frozen=True)
class Given:
    """What a student answered; ``said_by`` names the sources that say the same."""

    student: Named
    words: str
    mark: Mark
    said_by: str
    at: datetime


@dataclass(frozen=True)
class Asked:
    """A wording of a question in a quiz, with the answers of those who are in the class."""

    version: QuestionVersion
    quiz: Assigned
    key: str
    tally: Tally
    given: list[Given]


@dataclass(frozen=True)
class OneFact:
    card: FactCard
    line: FactLine
    asked: list[Asked]


def get_fact(evidence: Evidence, film_key: str, fact_key: str) -> Fact:
    """A fact of the ledger, whether or not the class has met it; else 404."""
    for fact in evidence.facts.values():
        if (fact.film.key, fact.key) == (film_key, fact_key):
            return fact
    return get_object_or_404(Fact.objects.select_related("topic", "film"), film__key=film_key, key=fact_key)


def one_fact(evidence: Evidence, fact: Fact) -> OneFact:
    """What the class has to do with a fact; empty where it has nothing to do with it yet."""
    line = all_lines(evidence).get(fact.pk) or FactLine(fact, [], [])
    groups: dict[tuple[int, int], list[Answer]] = defaultdict(list)
    for answer in evidence.answers:
        if fact.pk in evidence.asked.get(answer.version_id, ()):
            groups[answer.assignment_id, answer.version_id].append(answer)
    asked = [_asked(evidence, fact, *key, group) for key, group in sorted(groups.items())]
    return OneFact(fact_cards([fact], for_teacher=True)[0], line, asked)


def _asked(evidence: Evidence, fact: Fact, assignment_id: int, version_id: int, answers: list[Answer]) -> Asked:
    version, tally = evidence.versions[version_id], Tally()
    own: dict[int, Given] = {}
    students = {student.pk: student for student in evidence.students}
    for answer in answers:
        words, marks, said_by = evidence.verdict(answer)
        mark = dict(marks)[fact.pk]
        tally.add(mark, words)
        if answer.student_id in students:
            student = students[answer.student_id]
            own[student.pk] = Given(student, words, mark, said_by, answer.at)
    key = evidence.keys.of(answers[0].quiz_id, version).words
    given = [own[student.pk] for student in evidence.students if student.pk in own]
    return Asked(version, evidence.assigned[assignment_id], key, tally, given)
