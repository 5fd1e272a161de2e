"""A quiz as classes took it: read in eight queries, and two more where a key was mended, however many the attempts."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from typing import NamedTuple

import numpy as np
from django.db.models import FloatField, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from classroom.library.models import Fact
from quizzes.authoring.ledger import Ledger
from quizzes.authoring.queries import ledgers_on
from quizzes.bank.models import QuestionVersion, QuizItem
from quizzes.delivery.keys import KeyInForce, KeysInForce, keys_in_force
from quizzes.delivery.models import Attempt, AttemptGrade, QuizAssignment, ResponseGrade
from quizzes.statistics.figures import MarkTable
from quizzes.statistics.figures.table import Floats
from quizzes.statistics.queries.evidence import about_one_thing
from quizzes.statistics.queries.quizzes import handed_in


class Which(Enum):
    """Which attempts of each student are analysed. Moodle's own default is the first: later ones build on it."""

    FIRST = "first"
    COUNTS = "counts"
    ALL = "all"

    @property
    def label(self) -> str | Promise:
        return _LABELS[self]


_LABELS: dict[Which, str | Promise] = {
    Which.FIRST: _("the first of each student"),
    Which.COUNTS: _("the one that counts"),
    Which.ALL: _("all, each for itself"),
}


class Answer(NamedTuple):
    """One answer; ``row`` is its attempt's place in the table, ``stored`` its JSON as text, None where it is empty.

    ``share`` is of the question's points, below zero where marks were taken away.
    """

    row: int
    version_id: int
    share: float
    stored: str | None


class Rests(NamedTuple):
    """A fact that a version of a question rests on."""

    film_id: int
    key: str


@dataclass(frozen=True)
class Taken:
    """The attempts that are analysed, in rows, and the questions that were asked and are graded, in columns.

    ``waiting`` counts, by question, the answers that wait to be read: such a question is in no column until all are.
    ``keys`` are by what the answers count now; ``dropped`` questions were taken out of the grading, and have no column.
    ``saved`` is of the table's shape: seconds from the beginning of the attempt to the answer's last save.
    """

    assignments: list[QuizAssignment]
    table: MarkTable
    questions: list[int]
    answers: dict[int, list[Answer]]
    versions: dict[int, QuestionVersion]
    rests: dict[int, list[Rests]]
    ledgers: dict[int, Ledger]
    waiting: dict[int, int]
    saved: Floats
    keys: KeysInForce
    dropped: list[QuestionVersion]

    def keys_of(self, version: QuestionVersion) -> list[tuple[str, KeyInForce]]:
        """The key of a question in each class, with the class's name."""
        return [(each.assignment.section.name, self.keys.of(each.pk, version)) for each in self.assignments]

    @property
    def students(self) -> int:
        return len(np.unique(self.table.students))

    def version_of(self, question_id: int) -> QuestionVersion:
        """The newest wording of a question that somebody was asked."""
        return max(
            (each for each in self.versions.values() if each.question_id == question_id), key=lambda each: each.number
        )


def read(assignments: Sequence[QuizAssignment], which: Which) -> Taken:
    """Everything that was answered in these classes by who is in them now and, in figures alone, who was erased.

    Attempts count that are handed in, by their last grading; answers that were dropped from the grading do not.
    """
    attempts = _attempts(assignments)
    rows = _rows(attempts)
    chosen = _chosen(list(attempts.values_list(*_ATTEMPT)), rows, {each.pk: each for each in assignments}, which)
    rows = [row for row in rows if row.attempt_id in chosen]
    versions = QuestionVersion.objects.filter(pk__in={row.version_id for row in rows})
    by_pk = {each.pk: each for each in versions.select_related("answer_key", "question")}
    keys = keys_in_force([each.pk for each in assignments], by_pk.values())
    rows = [row for row in rows if not row.dropped]
    counting = {by_pk[row.version_id].question_id for row in rows}
    dropped = {each.question_id: each for each in by_pk.values() if each.question_id not in counting}
    by_pk = {pk: by_pk[pk] for pk in {row.version_id for row in rows}}
    waiting: dict[int, int] = defaultdict(int)
    for row in rows:
        if row.waits:
            waiting[by_pk[row.version_id].question_id] += 1
    rows = [row for row in rows if by_pk[row.version_id].question_id not in waiting]
    rests, ledgers = _facts(by_pk)
    questions = _in_order(assignments[0].quiz_id, {by_pk[row.version_id].question_id for row in rows})
    made = _taken(list(assignments), chosen, rows, questions, by_pk, rests, ledgers, dict(waiting))
    return replace(made, keys=keys, dropped=list(dropped.values()))


_ATTEMPT = ("pk", "student_id", "quiz_assignment_id", "number", "started_at")


class _Attempt(NamedTuple):
    pk: int
    student_id: int
    quiz_assignment_id: int
    number: int
    started_at: datetime


class _Row(NamedTuple):
    attempt_id: int
    version_id: int
    earned: float
    share: float
    possible: float
    waits: bool
    stored: str | None
    saved_at: str | None
    dropped: bool


def _attempts(assignments: Sequence[QuizAssignment]) -> QuerySet[Attempt]:
    return handed_in().filter(quiz_assignment__in=[each.pk for each in assignments])


def _rows(attempts: QuerySet[Attempt]) -> list[_Row]:
    """What each answer earned in the last grading of its attempt."""
    graded = AttemptGrade.objects.filter(attempt=OuterRef("pk")).order_by("-at", "-pk")
    last = attempts.annotate(last_grade=Subquery(graded.values("pk")[:1])).values("last_grade")
    # Numbers as such and times as text: to read 40,000 decimals and dates would take longer than all the figures.
    rows = (
        ResponseGrade.objects.filter(grade__in=last)
        .order_by()
        .annotate(
            earned=Cast("points", FloatField()),
            share=Cast("fraction", FloatField()),
            possible=Cast("response__points", FloatField()),
            stored=Cast("response__answer", TextField()),
            saved=Cast("response__saved_at", TextField()),
        )
        .values_list(
            "response__attempt_id",
            "response__version_id",
            "earned",
            "share",
            "possible",
            "waits",
            "stored",
            "saved",
            "dropped",
        )
    )
    return [_Row(*row) for row in rows]


def _chosen(
    attempts: Iterable[tuple[int, int, int, int, datetime]],
    rows: Iterable[_Row],
    assignments: dict[int, QuizAssignment],
    which: Which,
) -> dict[int, _Attempt]:
    """The attempts that are analysed, by their ids. Of those whose mean counts, all do."""
    own: dict[tuple[int, int], list[_Attempt]] = defaultdict(list)
    for attempt in sorted((_Attempt(*each) for each in attempts), key=lambda each: each.number):
        own[attempt.quiz_assignment_id, attempt.student_id].append(attempt)
    earned: dict[int, float] = defaultdict(float)
    possible: dict[int, float] = defaultdict(float)
    for row in rows:
        if not row.dropped:
            earned[row.attempt_id] += row.earned
            possible[row.attempt_id] += row.possible
    kept: list[_Attempt] = []
    for (quiz_assignment_id, _student), group in own.items():
        counts = assignments[quiz_assignment_id].counts
        if which is Which.FIRST or (which is Which.COUNTS and counts == QuizAssignment.Counts.FIRST):
            kept.append(group[0])
        elif which is Which.ALL or counts == QuizAssignment.Counts.MEAN:
            kept += group
        elif counts == QuizAssignment.Counts.LATEST:
            kept.append(group[-1])
        else:
            kept.append(max(group, key=lambda each: earned[each.pk] / (possible[each.pk] or 1)))
    return {each.pk: each for each in kept}


def _in_order(quiz_id: int, asked: set[int]) -> list[int]:
    """The questions as the quiz has them, then those that it has lost or draws."""
    placed = QuizItem.objects.filter(quiz=quiz_id, question__in=asked).order_by("position")
    own = list(placed.values_list("question_id", flat=True))
    return [*own, *sorted(asked - set(own))]


def _facts(versions: dict[int, QuestionVersion]) -> tuple[dict[int, list[Rests]], dict[int, Ledger]]:
    """The facts that each version rests on, and by film what sources say of those that one version rests on alone."""
    links = QuestionVersion.facts.through.objects.filter(questionversion__in=list(versions))
    rests: dict[int, list[Rests]] = defaultdict(list)
    ids: dict[int, list[int]] = defaultdict(list)
    rows = links.order_by("fact").values_list("questionversion_id", "fact_id", "fact__film_id", "fact__key")
    for version_id, fact_id, film_id, key in rows:
        rests[version_id].append(Rests(film_id, key))
        ids[version_id].append(fact_id)
    alone = {group[0] for group in ids.values() if len(group) == 1}
    return rests, ledgers_on(Fact.objects.filter(about_one_thing(alone)).with_sources()) if alone else {}


def _taken(
    assignments: list[QuizAssignment],
    chosen: dict[int, _Attempt],
    rows: list[_Row],
    questions: list[int],
    versions: dict[int, QuestionVersion],
    rests: dict[int, list[Rests]],
    ledgers: dict[int, Ledger],
    waiting: dict[int, int],
) -> Taken:
    column = {question_id: place for place, question_id in enumerate(questions)}
    column_of = {pk: column[each.question_id] for pk, each in versions.items() if each.question_id in column}
    # An attempt of which nothing is left to analyse has no row.
    left = sorted({row.attempt_id for row in rows})
    place = {pk: number for number, pk in enumerate(left)}
    begun = [_seconds(chosen[pk].started_at) for pk in left]
    shape = (len(left), len(questions))
    earned, possible, saved = (np.full(shape, np.nan) for _each in range(3))
    answers: dict[int, list[Answer]] = {question_id: [] for question_id in questions}
    for row in rows:
        number, at = place[row.attempt_id], column_of[row.version_id]
        earned[number, at], possible[number, at] = row.earned, row.possible
        if row.saved_at is not None:
            saved[number, at] = _seconds(datetime.fromisoformat(row.saved_at)) - begun[number]
        answers[questions[at]].append(Answer(number, row.version_id, row.share, row.stored))
    people = np.array([chosen[pk].student_id for pk in left], dtype=np.intp)
    table = MarkTable(earned, possible, people)
    keys = KeysInForce({})
    return Taken(assignments, table, questions, answers, versions, rests, ledgers, waiting, saved, keys, [])


def _seconds(moment: datetime) -> float:
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def answer_of(stored: str | None) -> dict[str, object] | None:
    """A stored answer's JSON as what it says; None where nothing was answered."""
    found = None if stored is None else json.loads(stored)
    return found if isinstance(found, dict) else None
