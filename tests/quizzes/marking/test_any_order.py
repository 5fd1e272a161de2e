"""Whatever is done to answers and keys, in whatever order, every grade follows from its events."""

import random
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from classroom.assignments import actions as assignments
from classroom.assignments.dates import Extension
from classroom.assignments.models import AssignmentOverride
from classroom.gradebook.actions import Entry, enter_scores
from classroom.gradebook.models import Score
from classroom.people.models import Section, User
from quizzes.bank import actions as bank
from quizzes.bank.models import Question, QuestionVersion
from quizzes.delivery.actions import change_settings, submit_attempt
from quizzes.delivery.models import Attempt, QuizAssignment, Response
from quizzes.grading import texts_of, with_texts
from quizzes.grading.written import rubric_of
from quizzes.marking import actions
from quizzes.marking.actions import Decision, Marking
from quizzes.marking.checking import mismatches
from quizzes.marking.models import HandGrade, MarkingComment, Regrade
from quizzes.marking.queries.regrades import last_regrades
from quizzes.marking.rulings import WRITTEN
from tests import factories
from tests.factories import NOW
from tests.quizzes.marking.classes import begin, quiz_to_mark

Policy = Regrade.Policy
ATTEMPTS = 6
STEPS = 40
TEXTS = ["", "Ann kept it."]


class Chances:
    """One class whose quiz is answered, marked, overridden, regraded, undone and reworded by chance."""

    def __init__(self, seed: int, section: Section, teacher: User, students: list[User]) -> None:
        self.chance, self.section, self.teacher = random.Random(seed), section, teacher
        self.students = students
        self.quiz: QuizAssignment = quiz_to_mark(section, attempts_allowed=ATTEMPTS, is_practice=False)
        self.questions = list(Question.objects.filter(quiz_items__quiz=self.quiz.quiz))
        self.under_way: list[Attempt] = []
        self.by_hand: dict[int, Decimal] = {}

    def step(self) -> str:
        steps: list[Callable[[], None]] = [
            *[self.hand_in] * 3,
            self.begin,
            self.submit,
            *[self.mark] * 3,
            self.comment,
            self.override,
            self.give_back,
            *[self.regrade] * 4,
            *[self.undo] * 2,
            *[self.reword] * 2,
            self.change_key,
            self.settings,
            self.extend,
        ]
        chosen = self.chance.choice(steps)
        chosen()
        return chosen.__name__

    def _student(self) -> User | None:
        """Somebody who may begin."""
        free = [
            each
            for each in self.students
            if self.quiz.attempts.filter(student=each).count() < ATTEMPTS
            and not self.quiz.attempts.filter(student=each, state="open").exists()
        ]
        return self.chance.choice(free) if free else None

    def hand_in(self) -> None:
        if student := self._student():
            self.under_way.append(begin(self.quiz, student, self.chance.choice("abcd"), self.chance.choice(TEXTS)))
            self.submit()

    def begin(self) -> None:
        if student := self._student():
            self.under_way.append(begin(self.quiz, student, self.chance.choice("abcd")))

    def submit(self) -> None:
        if self.under_way:
            attempt = self.under_way.pop()
            self.quiz.refresh_from_db()
            hints = self.chance.choice([0, 0, 1, 2])
            attempt.responses.update(hints_taken=hints, hints_cost=hints * self.quiz.hint_percent)
            submit_attempt(attempt=attempt, by=attempt.student, at=NOW)

    def mark(self) -> None:
        found = Response.objects.filter(
            version__type="essay", answer__isnull=False, attempt__submitted_at__isnull=False
        ).select_related("version__answer_key", "attempt__quiz_assignment__assignment")
        if not found:
            return
        response = self.chance.choice(list(found))
        rubric = rubric_of(response.version.answer_key.key)
        levels = {each.id: Decimal(self.chance.randint(0, int(each.points))) for each in rubric}
        comments = MarkingComment.objects.filter(version=response.version_id).values_list("pk", flat=True)
        last = HandGrade.objects.filter(response=response).count()
        marking = Marking(levels, comments=[each for each in comments if self.chance.random() < 0.5])
        actions.mark_answer(response=response, marking=marking, revision=last, by=self.teacher, at=NOW)

    def comment(self) -> None:
        comments = list(MarkingComment.objects.select_related("quiz_assignment__assignment"))
        points = Decimal(self.chance.randint(-3, 3))
        if comments and self.chance.random() < 0.7:
            comment = self.chance.choice(comments)
            actions.change_comment(comment=comment, points=points, revision=comment.revision, by=self.teacher, at=NOW)
            return
        asked = list(QuestionVersion.objects.filter(type="essay", responses__isnull=False).distinct())
        if asked:
            actions.add_comment(
                quiz_assignment=self.quiz,
                version=self.chance.choice(asked),
                text=f"No source {len(comments)}",
                points=points,
                by=self.teacher,
                at=NOW,
            )

    def override(self) -> None:
        student, points = self.chance.choice(self.students), Decimal(self.chance.randint(0, 11))
        # What was earned just so needs no hand.
        if self._enter(student, (points, Decimal(11))).by_hand:
            self.by_hand[student.pk] = points

    def give_back(self) -> None:
        if self.by_hand:
            student_id = self.chance.choice(sorted(self.by_hand))
            del self.by_hand[student_id]
            self._enter(User.objects.get(pk=student_id), None)

    def _enter(self, student: User, amount: tuple[Decimal, Decimal] | None) -> Score:
        score = Score.objects.filter(student=student).first()
        entry = Entry(student.pk, score.revision if score else 0, amount)
        entered = enter_scores(assignment=self.quiz.assignment, entries=[entry], by=self.teacher, at=NOW)
        assert not entered.stale
        return Score.objects.get(student=student)

    def _decide(self, version: QuestionVersion, policy: str, corrected: QuestionVersion | None = None) -> None:
        last = last_regrades([self.quiz]).get((self.quiz.pk, version.first_wording_id))
        reason = f"Because {self.chance.randint(1, 3)}."
        actions.regrade(
            quiz_assignments=[self.quiz],
            decision=Decision(version, policy, corrected, reason),
            expected={self.quiz.pk: last.number if last else 0},
            by=self.teacher,
            at=NOW,
        )

    def regrade(self) -> None:
        asked = list(QuestionVersion.objects.filter(responses__isnull=False).distinct())
        if not asked:
            return
        version = self.chance.choice(asked)
        policies = [Policy.FULL, Policy.DROP] if version.type in WRITTEN else [Policy.NEW_KEY, Policy.BOTH, Policy.FULL]
        policy = self.chance.choice(policies)
        needs_key = policy in (Policy.NEW_KEY, Policy.BOTH)
        self._decide(version, policy, self._other_key(version.question) if needs_key else None)

    def undo(self) -> None:
        if regrades := list(Regrade.objects.select_related("version")):
            self._decide(self.chance.choice(regrades).version, Policy.AS_ASKED)

    def _other_key(self, question: Question) -> QuestionVersion:
        base = question.versions.order_by("number").first()
        made = bank.add_version(
            question=question,
            type=base.type,
            stem=base.stem,
            content=base.content,
            key={"correct": self.chance.choice("abcd")},
            explanation="Read anew.",
            points=base.points,
            facts=[],
            by=self.teacher,
            at=NOW,
        )
        return QuestionVersion.objects.select_related("answer_key").get(pk=made.pk)

    def change_key(self) -> None:
        question = next(each for each in self.questions if each.published.type == "choice")
        bank.publish(question=question, version=self._other_key(question), by=self.teacher, at=NOW)

    def reword(self) -> None:
        question = Question.objects.get(pk=self.chance.choice(self.questions).pk)
        version = question.published
        texts = {place: f"{text}." for place, text in texts_of(version.content).items()}
        bank.reword(
            question=question,
            version=version,
            stem=f"{version.stem}?",
            content=with_texts(version.content, texts),
            explanation="Better explained.",
            hints=[],
            by=self.teacher,
            at=NOW,
        )

    def settings(self) -> None:
        self.quiz.refresh_from_db()
        chosen = self.chance.choice(
            [
                {"counts": self.chance.choice(QuizAssignment.Counts.values)},
                {"hint_percent": self.chance.choice([0, 25, 50])},
                {"late_credit": self.chance.choice([[], [[1, 90], [3, 50]]])},
            ]
        )
        change_settings(
            quiz_assignment=self.quiz, settings=chosen, revision=self.quiz.revision, by=self.teacher, at=NOW
        )

    def extend(self) -> None:
        """Another due time for everybody or for one student, or none of their own any more."""
        due_at = NOW - self.chance.randint(-1, 4) * timedelta(hours=1)
        assignment, student = self.quiz.assignment, self.chance.choice(self.students)
        own = AssignmentOverride.objects.filter(student=student).first()
        if self.chance.random() < 0.3:
            assignments.change_times(
                assignment=assignment,
                times=assignments.Times(opens_at=NOW - timedelta(days=1), due_at=due_at),
                by=self.teacher,
                at=NOW,
            )
        elif own is not None and self.chance.random() < 0.5:
            assignments.remove_override(override=own, by=self.teacher, at=NOW)
        else:
            extension = Extension(due_at=due_at)
            assignments.set_override(assignment=assignment, who=student, extension=extension, by=self.teacher, at=NOW)


@pytest.mark.parametrize("seed", range(8))
def test_every_grade_follows_after_every_step(section: Section, teacher: User, alice: User, bob: User, seed) -> None:
    # trust 11
    charlie = factories.make_user("Charlie")
    factories.add_member(section, charlie)
    held = Chances(seed, section, teacher, [alice, bob, charlie])
    done = []
    for _step in range(STEPS):
        done.append(held.step())
        assert [str(each) for each in mismatches()] == [], done
        kept = {each.student_id: each.points for each in Score.objects.filter(by_hand=True)}
        assert kept == held.by_hand, done
