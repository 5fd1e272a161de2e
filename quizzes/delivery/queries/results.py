"""The result of an attempt: with practice's feedback and grading, the only place where keys and explanations are read.

What is told when goes by ``delivery.showing``; what is not told is not fetched.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db.models import prefetch_related_objects
from django.http import Http404

from classroom.assignments import terms
from classroom.assignments.dates import Dates
from classroom.assignments.models import Assignment
from classroom.library.queries.cards import FactCard, fact_cards
from classroom.people.models import User
from quizzes.bank.citing import CitedFact, Citing, facts_cited, is_disputed, without_marks
from quizzes.delivery.counts import kept_percent
from quizzes.delivery.keys import KeyInForce
from quizzes.delivery.models import Attempt, AttemptGrade, QuizAssignment, Response, ResponseGrade
from quizzes.delivery.queries.changes import Change, changes_of
from quizzes.delivery.queries.wording import WORDED, WORDED_WITH_KEYS, in_readers_words
from quizzes.delivery.rulings import BY_ITS_KEY, RubricLine, Ruling, notes_on, rulings_on, said_to
from quizzes.delivery.showing import Moment, Tell, Told, told
from quizzes.grading import Json, Part, Said, answer_text, grade


@dataclass(frozen=True)
class QuestionResult:
    """One question of a handed-in attempt. What is not told yet is empty, and ``points`` None."""

    position: int
    stem: str
    answer: str
    out_of: Decimal
    points: Decimal | None = None
    mark: str = ""
    key: str = ""
    parts: tuple[Part, ...] = ()
    explanation: str = ""
    facts: tuple[FactCard, ...] = ()
    announced: str = ""
    reason: str = ""
    doubted: str = ""
    feedback: str = ""
    rubric: tuple[RubricLine, ...] = ()
    said: tuple[Said, ...] = ()
    cited: tuple[CitedFact, ...] = ()
    is_disputed: bool = False


def mark_of(*, answered: bool, points: Decimal, out_of: Decimal) -> str:
    """ "none" (not answered), "right", "partly" or "wrong"."""
    if not answered:
        return "none"
    if points == out_of:
        return "right"
    return "partly" if points > 0 else "wrong"


def mark_in(earned: ResponseGrade | None, *, answered: bool, out_of: Decimal) -> str:
    """The mark that a grading gave: as ``mark_of`` has it, or "waits" or "dropped"."""
    if earned is not None and (earned.waits or earned.dropped):
        return "dropped" if earned.dropped else "waits"
    return mark_of(answered=answered, points=earned.points if earned else Decimal(0), out_of=out_of)


@dataclass(frozen=True)
class Result:
    """A handed-in attempt as far as its student is told of it."""

    attempt: Attempt
    grade: AttemptGrade | None
    questions: list[QuestionResult]
    told: frozenset[Told]
    waits: list[str]
    moment: Moment
    passed: bool | None = None
    kept_percent: int = 100
    band: str = ""
    changes: tuple[Change, ...] = ()

    @property
    def tells_marks(self) -> bool:
        return Told.MARKS in self.told

    @property
    def tells_key(self) -> bool:
        return Told.KEY in self.told


def result_of(attempt: Attempt, at: datetime) -> Result:
    """The result of the student's own attempt, in a fixed number of queries; 404 before it is handed in."""
    gradings = [] if attempt.is_open else list(attempt.grades.order_by("at", "pk"))
    if not gradings:
        raise Http404
    total = gradings[-1]
    set_to = attempt.quiz_assignment
    dates, moment = _standing(attempt, at)
    tells = told(set_to.telling, moment)
    sees_score = Told.SCORE in tells
    earned = {each.response_id: each for each in ResponseGrade.objects.filter(grade=total)}
    sees_keys = bool(tells & {Told.KEY, Told.EXPLANATION, Told.FEEDBACK})
    found = attempt.responses.select_related(*(WORDED_WITH_KEYS if sees_keys else WORDED))
    responses = in_readers_words(found.order_by("position"))
    rulings = rulings_on(responses)
    questions = [plain_result(each, earned, tells, rulings.get(each.pk, BY_ITS_KEY)) for each in responses]
    if sees_keys:
        shown = keys_of(responses, tells, rulings)
        doubted = notes_on(responses) if Told.KEY in tells else {}
        questions = [
            replace(each, **vars(shown[response.pk]), doubted=doubted.get(response.pk, ""))
            for each, response in zip(questions, responses, strict=True)
        ]
    return Result(
        attempt,
        total if sees_score else None,
        questions,
        tells,
        _waits(set_to, moment, tells),
        moment,
        passed=passed(set_to, total) if sees_score else None,
        kept_percent=kept_percent(set_to.late_credit, dates.due_at, attempt.submitted_at or at),
        band=band_of(set_to, total) if sees_score else "",
        changes=changes_of(attempt, gradings) if sees_score else (),
    )


def told_of(attempt: Attempt, at: datetime) -> frozenset[Told]:
    """What the student of a handed-in attempt is told of it now."""
    return told(attempt.quiz_assignment.telling, _standing(attempt, at)[1])


def _standing(attempt: Attempt, at: datetime) -> tuple[Dates, Moment]:
    set_to = attempt.quiz_assignment
    dates = terms.dates_for(set_to.assignment, attempt.student)
    others = Attempt.objects.filter(quiz_assignment=set_to, student=attempt.student_id)
    return dates, moment_of(set_to, dates, list(others), at)


def moment_of(set_to: QuizAssignment, dates: Dates, attempts: Sequence[Attempt], at: datetime) -> Moment:
    """Where the student of these attempts, all that they have at the quiz, stands with it."""
    return Moment(
        at=at,
        due_at=_due_at(set_to.assignment, dates),
        released_at=set_to.released_at,
        under_way=any(each.is_open for each in attempts),
        may_start=len(attempts) < set_to.attempts_for(dates) and dates.is_open(at),
    )


def passed(set_to: QuizAssignment, grade: AttemptGrade) -> bool | None:
    """Whether an attempt reaches the mark to pass; None where there is none, or an answer waits to be read."""
    if set_to.pass_percent is None or grade.waiting:
        return None
    return grade.share * 100 >= set_to.pass_percent


def band_of(set_to: QuizAssignment, grade: AttemptGrade) -> str:
    """What is said to the score of an attempt; nothing while an answer waits to be read, since it may rise yet."""
    if grade.waiting:
        return ""
    return next((text for percent, text in set_to.score_bands if grade.share * 100 >= percent), "")


def _waits(set_to: QuizAssignment, moment: Moment, tells: frozenset[Told]) -> list[str]:
    """What the student may still wait for: "due", "more" (attempts) or "release", for the page to say."""
    held = {when for what, when in set_to.telling.items() if what not in tells}
    waits = []
    if Tell.DUE in held:
        waits.append("more" if moment.is_due else "due")
    if Tell.RELEASED in held and moment.released_at is None:
        waits.append("release")
    return waits


def _due_at(assignment: Assignment, dates: Dates) -> datetime | None:
    """When it is due for the class and for this student, whichever is later, else when it closes; ``None`` for never.

    A student's own earlier due time gives the keys to nobody before the class has handed in.
    """
    due = [each for each in (assignment.due_at, dates.due_at) if each]
    return max(due or [each for each in (assignment.closes_at, dates.closes_at) if each], default=None)


def withheld(assignments: Sequence[Assignment], student: User, at: datetime) -> set[int]:
    """Of which quizzes, by assignment, the student may not see their score yet; in a fixed number of queries."""
    return {assignment_id for assignment_id, _student_id in withheld_pairs(assignments, [student], at)}


def withheld_marks(assignments: Sequence[Assignment], student: User, at: datetime) -> set[int]:
    """Of which quizzes, by assignment, the student may not see yet what each answer earned; as ``withheld``."""
    pairs = withheld_pairs(assignments, [student], at, what=Told.MARKS)
    return {assignment_id for assignment_id, _student_id in pairs}


def withheld_pairs(
    assignments: Sequence[Assignment], students: Sequence[User], at: datetime, *, what: Told = Told.SCORE
) -> set[tuple[int, int]]:
    """The (assignment id, student id) of those who may not see it of a quiz yet; in four queries at most."""
    own = {each.pk: each for each in assignments if each.kind == "quiz"}
    known = {f"{what.value}_told__in": [Tell.AT_ONCE, Tell.HANDED_IN]}
    held = QuizAssignment.objects.filter(assignment__in=own).exclude(**known)
    quizzes = list(held) if own else []
    if not quizzes:
        return set()
    dates = terms.dates_by_pair([own[each.assignment_id] for each in quizzes], students)
    attempts: dict[tuple[int, int], list[Attempt]] = defaultdict(list)
    for attempt in Attempt.objects.filter(quiz_assignment__in=quizzes, student__in=students):
        attempts[attempt.quiz_assignment_id, attempt.student_id].append(attempt)
    found = set()
    for each in quizzes:
        each.assignment = own[each.assignment_id]
        for student in students:
            pair = each.assignment_id, student.pk
            moment = moment_of(each, dates[pair], attempts[each.pk, student.pk], at)
            if what not in told(each.telling, moment):
                found.add(pair)
    return found


def plain_result(
    response: Response, earned: Mapping[int, ResponseGrade], tells: frozenset[Told], ruling: Ruling
) -> QuestionResult:
    """What is told of a response, its key aside. Asks nothing."""
    version = response.version
    answer = answer_text(version.type, version.content, response.answer)
    own = earned.get(response.pk)
    sees_marks = Told.MARKS in tells
    sees_points = sees_marks and Told.SCORE in tells
    return QuestionResult(
        position=response.position,
        stem=version.stem,
        answer=answer,
        out_of=response.points,
        points=(own.points if own else Decimal(0)) if sees_points else None,
        mark=mark_in(own, answered=bool(answer), out_of=response.points) if sees_marks else "",
        announced=ruling.announced if sees_marks else "",
        feedback=ruling.feedback if sees_marks else "",
        rubric=ruling.rubric if sees_points else (),
    )


@dataclass(frozen=True)
class Key:
    """What is told of a question's key."""

    key: str = ""
    parts: tuple[Part, ...] = ()
    explanation: str = ""
    facts: tuple[FactCard, ...] = ()
    reason: str = ""
    said: tuple[Said, ...] = ()
    cited: tuple[CitedFact, ...] = ()
    is_disputed: bool = False


def keys_of(responses: Sequence[Response], tells: frozenset[Told], rulings: Mapping[int, Ruling]) -> dict[int, Key]:
    """What is told of the keys of these responses, by their id. They come with their version and its key.

    A key that was mended is told as it is now, with the reason, and never as it was.

    The facts behind a question are its key in other words, so they stand with it and its explanation; and so do those
    that its texts cite. Until then the texts stand without their marks.
    """
    sees_key, explains = Told.KEY in tells, Told.EXPLANATION in tells
    versions = [each.version for each in responses]
    keys = {each.pk: KeyInForce(each.version, rulings.get(each.pk, BY_ITS_KEY)) for each in responses}
    said = {each.pk: said_to(each, keys[each.pk].ruling) if Told.FEEDBACK in tells else () for each in responses}
    if sees_key:
        prefetch_related_objects(versions, "facts")
    cards: dict[str, FactCard] = {}
    if sees_key and explains:
        texts = [key.explanation for key in keys.values()]
        texts += [piece.text for pieces in said.values() for piece in pieces]
        facts = [fact for version in versions for fact in version.facts.all()]
        found = fact_cards([*facts, *facts_cited(versions, texts)], for_teacher=False)
        cards = {card.key: card for card in found}
    told = {}
    for response in responses:
        key, citing = keys[response.pk], Citing(cards, f"q{response.position}")
        render = citing.render if cards else without_marks
        told[response.pk] = Key(
            key=key.words if sees_key else "",
            parts=_parts(response, key.keys) if sees_key and key.tells else (),
            explanation=render(key.explanation) if explains else "",
            facts=tuple(cards[fact.key] for fact in response.version.facts.all()) if cards else (),
            reason=key.ruling.reason if sees_key else "",
            said=tuple(Said(each.to, render(each.text)) for each in said[response.pk]),
            cited=citing.cited,
            is_disputed=sees_key and key.tells and is_disputed(response.version.facts.all()),
        )
    return told


def _parts(response: Response, keys: Sequence[Json]) -> tuple[Part, ...]:
    """The answer part by part, beside the key that gives most for it."""
    version = response.version
    graded = [grade(version.type, version.content, key, response.answer) for key in keys]
    return max(graded, key=lambda each: each.fraction).parts
