"""What a class has been set, and what its students have done: through the same actions that pages call."""

import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from classroom.assignments import actions as assignments
from classroom.assignments import activities
from classroom.assignments import queries as assigned
from classroom.assignments.models import Assignment
from classroom.discussions import actions as discussions
from classroom.discussions import queries as threads
from classroom.discussions.models import Decision, Guideline, Post, Thread
from classroom.library.models import Film
from classroom.moderation import actions as moderation
from classroom.people.models import Section, User
from kits.demo import essays
from kits.demo.answers import answer_for
from kits.demo.line import mark_line
from kits.demo.script import Essay, Line, PositionLine, Script, Set
from quizzes.delivery import actions as delivery
from quizzes.delivery import queries as attempts
from quizzes.delivery.models import QuizAssignment


@dataclass(frozen=True)
class ClassAtWork:
    """A class whose students do what the script says, up to ``now``; chance decides who is good and who is late."""

    film: Film
    script: Script
    section: Section
    teacher: User
    now: datetime
    chance: random.Random

    def set_work(self, each: Set, at: datetime) -> None:
        kind = activities.kind_of(each.kind)
        offers = [offer for other in activities.all_kinds() for offer in other.offers(self.teacher, [self.film])]
        offer = next(offer for offer in offers if (offer.kind, offer.key) == (kind.key, each.key))
        assignments.assign(
            section=self.section,
            offer=offer,
            # The class talks about what the script makes it talk about: a lesson's own prompts would stay empty here.
            parts=[part for part in assigned.parts_offered(self.teacher, [self.film], offer) if part.kind != "thread"],
            times=assignments.Times(opens_at=at, due_at=(at + timedelta(days=each.days)).replace(hour=16)),
            options={
                other.key: {name: field.initial for name, field in other.option_fields().items()}
                for other in activities.all_kinds()
            },
            by=self.teacher,
            at=at,
        )

    # --- Lessons and quizzes ------------------------------------------------------------------------------------------

    def open_assignments(self) -> list[Assignment]:
        """What the class may work on by now, in its order."""
        found = Assignment.objects.filter(section=self.section, opens_at__lte=self.now)
        return list(found.order_by("position"))

    def do(self, assignment: Assignment, students: Sequence[User], *, surely: User | None = None) -> None:
        """Most of the students do it, and ``surely`` in any case."""
        for student in students:
            at = assignment.opens_at + timedelta(hours=self.chance.uniform(1, 60))
            if at < self.now and (student == surely or self.chance.random() < 0.85):
                if assignment.kind == "lesson":
                    self._read(assignment, student, at)
                elif assignment.kind == "quiz":
                    self._answer(assignment, student, at)

    def _read(self, assignment: Assignment, student: User, at: datetime) -> None:
        """Most go through all of it, others through half: a lesson is done by its steps, as it is for a real class."""
        assignments.record_visit(assignment=assignment, student=student, at=at)
        steps = assigned.steps_of(assignment)
        texts = {}
        for step in (each for each in steps if each.answer):
            if self.chance.random() < 0.7:
                texts[step.pk] = self.chance.choice(self.script.answers)
        is_through = self.chance.random() < 0.9
        seen = steps if is_through else steps[: len(steps) // 2]
        way = assigned.step_table(assignment, [student]).way_of(student.pk)
        assignments.open_steps(
            assignment=assignment,
            student=student,
            asked=[state.asked for state in way.states],
            shown={step.pk for step in seen},
            timed=None,
            at=at,
        )
        for step in (each for each in seen if each.answer):
            text = texts.get(step.pk)
            if text is None and is_through:
                text = self.script.answers[step.position % len(self.script.answers)]
            if text:
                assignments.save_step_answer(
                    assignment=assignment, step=step, student=student, text=text, revision=0, at=at
                )
                assignments.note_answered(assignment=assignment, student=student, step_id=step.pk, at=at)
        assignments.settle_lesson(assignment=assignment, student=student, at=at + timedelta(minutes=40))

    def _answer(self, assignment: Assignment, student: User, at: datetime) -> None:
        quiz_assignment = QuizAssignment.objects.select_related("assignment").get(assignment=assignment)
        attempt = delivery.start_attempt(quiz_assignment=quiz_assignment, student=student, at=at)
        skill = self.chance.uniform(0.45, 0.95)
        saves = []
        for response in attempts.responses_of(attempt):
            answer = answer_for(response.version, skill, self.chance)
            if answer is not None:
                saves.append((response, delivery.Save(answer=answer, revision=0, key=uuid.uuid4())))
        delivery.save_answers(attempt=attempt, saves=saves, at=at + timedelta(minutes=6))
        if self.chance.random() < 0.96:
            delivery.submit_attempt(attempt=attempt, by=student, at=at + timedelta(minutes=9))

    def write(self, essay: Essay, students: Sequence[User], at: datetime) -> None:
        """A quiz of the teacher's own that asks for the essay; some answers are marked, and some wait."""
        quiz = essays.make_quiz(film=self.film, essay=essay, by=self.teacher, at=at)
        self.set_work(Set("quiz", quiz.key, essay.days), at)
        quiz_assignment = QuizAssignment.objects.select_related("assignment").get(
            quiz=quiz, assignment__section=self.section
        )
        for number, (student, answer) in enumerate(zip(students, essay.answers, strict=False)):
            essays.answer_and_mark(
                quiz_assignment=quiz_assignment,
                answer=answer,
                student=student,
                marker=self.teacher,
                at=at + timedelta(hours=3 * (number + 1)),
            )

    # --- Discussion ---------------------------------------------------------------------------------------------------

    def talk(self, posts: Sequence[tuple[str, Line]], speakers: Iterator[User], *, began: datetime) -> None:
        """Each post is the next speaker's, and so is each reply to it."""
        by_prompt = self._threads()
        rules = list(Guideline.objects.filter(film=self.film, retired_at__isnull=True).order_by("position"))
        for number, (prompt, line) in enumerate(posts):
            if prompt in by_prompt:
                self._say(by_prompt[prompt], line, None, speakers, rules, began + timedelta(hours=2 * number))

    def stand(self, line: PositionLine, students: Sequence[User], at: datetime) -> None:
        """The class marks where it stands, on the line of a prompt that it talks about."""
        if thread := self._threads().get(line.prompt):
            mark_line(
                thread=thread, markings=line.markings, students=students, by=self.teacher, at=at, chance=self.chance
            )

    def _threads(self) -> dict[str, Thread]:
        found = Thread.objects.filter(assignment__section=self.section).select_related("prompt", "assignment")
        return {thread.prompt.key: thread for thread in found}

    def _say(
        self,
        thread: Thread,
        line: Line,
        parent: Post | None,
        speakers: Iterator[User],
        rules: list[Guideline],
        at: datetime,
    ) -> None:
        author = next(speakers)
        post = discussions.write_post(
            place=threads.get_place(author, thread.pk, at),
            author=author,
            body=line.text.strip(),
            parent_id=parent.pk if parent else None,
            key=uuid.uuid4(),
            at=at,
        )
        decided = {"published": Decision.Kind.APPROVED, "returned": Decision.Kind.RETURNED}.get(line.state)
        if decided is not None:
            against = decided == Decision.Kind.RETURNED
            moderation.decide(
                post=post,
                revision=post.revision,
                kind=decided,
                rule=rules[line.rule - 1] if against else None,
                reason=line.reason.strip() if against else "",
                by=self.teacher,
                at=at + timedelta(minutes=35),
            )
        for number, reply in enumerate(line.replies, 1):
            self._say(thread, reply, post, speakers, rules, at + timedelta(minutes=40 + 25 * number))
