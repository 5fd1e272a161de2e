"""What a class was taught, asked and given to discuss, and what it answered: read once, in eight queries.

Two more are asked where a key was mended. An answer is a row of plain values, since a class of 200 gives twenty
thousand of them.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple, cast

from django.db.models import (
    Count,
    Exists,
    F,
    FloatField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    prefetch_related_objects,
)
from django.db.models.functions import Cast

from classroom.assignments.models import Assignment
from classroom.discussions.models import Prompt, Thread
from classroom.lessons.taught import taught_by
from classroom.library.models import Citation, Fact
from classroom.people.models import Section
from classroom.people.queries import Named, names_of_students
from quizzes.authoring.ledger import Ledger
from quizzes.authoring.queries import ledgers_on
from quizzes.bank.models import QuestionVersion
from quizzes.delivery.keys import KeysInForce, keys_in_force
from quizzes.delivery.models import Attempt, AttemptGrade, ResponseGrade
from quizzes.grading import answer_text
from quizzes.marking.models import Regrade
from quizzes.statistics.marks import Mark
from quizzes.statistics.readings import mark_against_sources, mark_of


class Assigned(NamedTuple):
    """Something that is set to the class; ``opened`` is by how many of its students.

    ``is_regraded`` where something was decided about the key of one of its questions.
    """

    pk: int
    kind: str
    title: str
    lesson_id: int | None
    prompt_id: int | None
    opened: int
    is_regraded: bool


class Answer(NamedTuple):
    """What one student answered to one question in the attempt that counts here.

    ``share`` is of the question's points, from 0 to 1; ``stored`` the answer's JSON as text, None where there is none;
    ``quiz_id`` of the quiz as it is set to the class.
    """

    student_id: int
    assignment_id: int
    version_id: int
    share: float
    stored: str | None
    at: datetime
    quiz_id: int


class Verdict(NamedTuple):
    """What an answer says of the facts that its question rests on; ``said_by`` names the sources that say the same."""

    words: str
    marks: tuple[tuple[int, Mark], ...]
    said_by: str


@dataclass(frozen=True)
class Evidence:
    """All of it, for one class. Answers come in the order in which they were handed in."""

    students: list[Named]
    stand_ins: list[int]
    assigned: dict[int, Assigned]
    answers: list[Answer]
    versions: dict[int, QuestionVersion]
    facts: dict[int, Fact]
    taught: dict[int, list[Assigned]]
    discussed: dict[int, list[Assigned]]
    asked: dict[int, list[int]]
    ledgers: dict[int, Ledger]
    keys: KeysInForce

    @cached_property
    def verdicts(self) -> dict[tuple[int, float, str | None], Verdict]:
        """By question's version, share and stored answer: each distinct answer is judged once."""
        distinct = {(each.version_id, each.share, each.stored) for each in self.answers}
        return {key: self._verdict(*key) for key in distinct}

    def verdict(self, answer: Answer) -> Verdict:
        return self.verdicts[answer.version_id, answer.share, answer.stored]

    @property
    def quizzes(self) -> list[Assigned]:
        """The quizzes that anybody has handed in, in the order in which they were set."""
        handed_in = {each.assignment_id for each in self.answers}
        return [each for each in self.assigned.values() if each.pk in handed_in]

    @property
    def lessons(self) -> list[Assigned]:
        return [each for each in self.assigned.values() if each.lesson_id is not None]

    def _verdict(self, version_id: int, share: float, stored: str | None) -> Verdict:
        version, fact_ids = self.versions[version_id], self.asked.get(version_id, [])
        words = "" if stored is None else answer_text(version.type, version.content, json.loads(stored))
        mark, said_by = mark_of(share, answered=bool(words), alone=len(fact_ids) <= 1), ""
        if mark is Mark.MISTAKEN and fact_ids:
            fact = self.facts[fact_ids[0]]
            ledger = self.ledgers[fact.film_id]
            mark, said_by = mark_against_sources(version.type, words, ledger.facts[fact.key], ledger)
        return Verdict(words, tuple((fact_id, mark) for fact_id in fact_ids), said_by)


def evidence_of(section: Section) -> Evidence:
    """What is known of a class: of its students now and, in figures alone, of those who were erased."""
    students, stand_ins = names_of_students(section)
    assigned = _assigned(section, [each.pk for each in students])
    answers = _answers(section, [*(each.pk for each in students), *stand_ins])
    kept = QuestionVersion.objects.filter(pk__in={each.version_id for each in answers})
    versions = {version.pk: version for version in kept.select_related("answer_key", "question")}
    regraded = {each.quiz_id for each in answers if assigned[each.assignment_id].is_regraded}
    keys = keys_in_force(regraded, versions.values()) if regraded else KeysInForce({})
    # What everybody got full points for shows nothing of what anybody knows.
    answers = [each for each in answers if keys.of(each.quiz_id, versions[each.version_id]).tells]
    taught, discussed, asked = _cited(assigned.values(), versions)
    fact_ids = {fact_id for cited in (taught, discussed) for fact_id in cited} | {
        fact_id for group in asked.values() for fact_id in group
    }
    alone = {group[0] for group in asked.values() if len(group) == 1}
    facts, ledgers = _facts(fact_ids, alone)
    return Evidence(
        students=students,
        stand_ins=stand_ins,
        assigned=assigned,
        answers=answers,
        versions=versions,
        facts=facts,
        taught=taught,
        discussed=discussed,
        asked=asked,
        ledgers=ledgers,
        keys=keys,
    )


def _assigned(section: Section, students: Sequence[int]) -> dict[int, Assigned]:
    opened = Count("visits", filter=Q(visits__student__in=students), distinct=True)
    regraded = Exists(Regrade.objects.filter(quiz_assignment__assignment=OuterRef("pk")))
    # Where groups talk apart, all of their threads are of one prompt.
    prompt = Subquery(Thread.objects.filter(assignment=OuterRef("pk")).values("prompt")[:1])
    rows = (
        Assignment.objects.current()
        .filter(section=section)
        .annotate(opened=opened, is_regraded=regraded, prompt_id=prompt)
    )
    fields = rows.order_by("position", "pk").values_list(
        "pk", "kind", "title", "lesson_id", "prompt_id", "opened", "is_regraded"
    )
    return {row[0]: Assigned(*row) for row in fields}


def _answers(section: Section, people: Sequence[int]) -> list[Answer]:
    """Of each of these people, the answers of the latest attempt at each quiz that is handed in.

    What waits for a person to read it is not among them: nobody has said yet what it shows. Nor is what was dropped
    from the grading: its question was not in order.
    """
    graded = AttemptGrade.objects.filter(attempt=OuterRef("pk")).order_by("-at", "-pk")
    later = Attempt.objects.filter(
        quiz_assignment=OuterRef("quiz_assignment"),
        student=OuterRef("student"),
        state=Attempt.State.SUBMITTED,
        number__gt=OuterRef("number"),
    )
    latest = (
        Attempt.objects.filter(
            ~Exists(later),
            state=Attempt.State.SUBMITTED,
            student__in=people,
            quiz_assignment__assignment__in=Assignment.objects.current().filter(section=section),
        )
        .order_by()
        .annotate(last_grade=Subquery(graded.values("pk")[:1]))
    )
    rows = (
        ResponseGrade.objects.filter(grade__in=latest.values("last_grade"), waits=False, dropped=False)
        .annotate(share=Cast("fraction", FloatField()), stored=Cast("response__answer", TextField()))
        .order_by("response__attempt__submitted_at", "response__attempt", "response__position")
        .values_list(
            "response__attempt__student_id",
            "response__attempt__quiz_assignment__assignment_id",
            "response__version_id",
            "share",
            "stored",
            "response__attempt__submitted_at",
            "response__attempt__quiz_assignment_id",
        )
    )
    # What is handed in has its time: a constraint of the table says so, though not to the type checker.
    return [Answer(*row) for row in cast("Iterable[tuple[int, int, int, float, str | None, datetime, int]]", rows)]


Cited = dict[int, list[Assigned]]


def _cited(assigned: Iterable[Assigned], versions: Iterable[int]) -> tuple[Cited, Cited, dict[int, list[int]]]:
    """Facts that lessons teach (as ``taught_by`` has it) and that prompts stand on, with where; and the facts of each
    version of a question."""
    lessons: Cited = defaultdict(list)
    prompts: Cited = defaultdict(list)
    for each in assigned:
        if each.lesson_id is not None:
            lessons[each.lesson_id].append(each)
        if each.prompt_id is not None:
            prompts[each.prompt_id].append(each)
    stands = Prompt.facts.through.objects.filter(prompt__in=list(prompts))
    rests = QuestionVersion.facts.through.objects.filter(questionversion__in=list(versions))
    rows = _pairs("prompt", stands, "prompt_id").union(_pairs("version", rests, "questionversion_id"))
    taught: Cited = defaultdict(list)
    discussed: Cited = defaultdict(list)
    asked: dict[int, list[int]] = defaultdict(list)
    for pk, fact_ids in sorted(taught_by(lessons).items()):
        for fact_id in fact_ids:
            taught[fact_id] += lessons[pk]
    for what, pk, fact_id in sorted(rows):
        if what == "prompt":
            discussed[fact_id] += prompts[pk]
        else:
            asked[pk].append(fact_id)
    return taught, discussed, asked


def _pairs(what: str, rows: QuerySet[Any], of: str) -> QuerySet[Any, Any]:
    """(what, the id of the one that has the fact, the fact's id)."""
    named: QuerySet[Any, Any] = rows.order_by().annotate(what=Value(what, output_field=TextField()), of=F(of))
    return named.values_list("what", "of", "fact_id")


def _facts(fact_ids: Collection[int], alone: Collection[int]) -> tuple[dict[int, Fact], dict[int, Ledger]]:
    """These facts in the ledger's order; and by film, what sources say of those that a question rests on alone."""
    found = Fact.objects.filter(Q(pk__in=fact_ids) | about_one_thing(alone))
    facts = list(found.select_related("topic", "film").order_by("topic__position", "position"))
    own = [fact for fact in facts if fact.pk in alone]
    films, subjects = {fact.film_id for fact in own}, {fact.subject for fact in own}
    beside = [
        fact
        for fact in facts
        if fact.pk in alone or (fact.retired_at is None and fact.film_id in films and fact.subject in subjects)
    ]
    prefetch_related_objects(beside, Prefetch("citations", queryset=Citation.objects.select_related("passage__source")))
    return {fact.pk: fact for fact in facts if fact.pk in fact_ids}, ledgers_on(beside)


def about_one_thing(fact_ids: Iterable[int]) -> Q:
    """These facts, and those in use about the same subjects: among them are the readings of one thing."""
    own = Fact.objects.filter(pk__in=list(fact_ids))
    return Q(pk__in=own.values("pk")) | Q(
        retired_at__isnull=True, film__in=own.values("film"), subject__in=own.values("subject")
    )
