"""Builds the demo school through the same actions that pages call, as if a class had worked for a week."""

import random
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from classroom.assignments import actions as assignments
from classroom.assignments import activities
from classroom.assignments import queries as assigned
from classroom.assignments.models import Assignment
from classroom.discussions import actions as discussions
from classroom.discussions import queries as threads
from classroom.discussions.models import Decision, Guideline, Post, Thread
from classroom.library.models import Film
from classroom.moderation import actions as moderation
from classroom.people import actions as people
from classroom.people.models import JoinCode, Section, User
from kits.demo import essays
from kits.demo.answers import answer_for
from kits.demo.script import Essay, Line, Script, Set, read_script
from quizzes.delivery import actions as delivery
from quizzes.delivery import queries as attempts
from quizzes.delivery.models import QuizAssignment

# The first lesson and its check, which are behind the class.
FIRST_SET = 2
PASSWORD = "lights-up-demo"  # noqa: S105 - printed for all to see; production lets nobody in with it
_NAMES = (
    "Amina Diallo,Ben Okafor,Carla Mendes,Daniel Reyes,Elif Demir,Farid Haddad,Grace Kim,Hugo Martin,Ines Costa,"
    "Jonas Weber,Kira Novak,Leo Rossi,Mei Chen,Noah Fischer,Olga Petrova,Priya Nair,Quinn Murphy,Rosa Alvarez,"
    "Samir Khan,Tara Singh,Uma Patel,Victor Lund,Wanda Zielinska,Yusuf Ali"
)
NAMES = _NAMES.split(",")


@dataclass(frozen=True)
class DemoSchool:
    """The sign-ins that the demo prints; all have the one password."""

    teacher: User
    student: User
    admin: User
    section: Section


class _Builder:
    def __init__(self, film: Film, script: Script, now: datetime, tell: Callable[[str], None]) -> None:
        self.film, self.script, self.now, self.tell = film, script, now, tell
        # The same school each time: chance is for believable answers, not for surprises.
        self.chance = random.Random(f"demo:{film.key}")  # noqa: S311 - guards nothing

    def build(self) -> DemoSchool:
        began = (self.now - timedelta(days=9)).replace(hour=8, minute=0, second=0, microsecond=0)
        admin = self._person("admin", "Robin Adler", is_staff=True, is_superuser=True)
        teacher = self._person("teacher", "Ms Rivera", is_teacher=True)
        section = people.create_section(name="Year 9 History", time_zone="UTC", by=teacher, at=began)
        JoinCode.objects.filter(section=section).update(expires_at=self.now + timedelta(days=365))
        students = [self._person(self._username(name), name) for name in NAMES]
        for student in students:
            people.join_section(section=section, user=student, at=began)
        self.tell(f"a class of {len(students)}")
        for number, each in enumerate(self.script.sets):
            self._set(section, each, teacher, began + timedelta(days=number))
        for assignment in Assignment.objects.filter(section=section, opens_at__lte=self.now).order_by("position"):
            self.tell(f"work on “{assignment.title[:60]}”")
            self._work(assignment, students)
        if self.script.essay:
            self._write(section, self.script.essay, students[2:], teacher, began + timedelta(days=5))
        self._talk(section, students, teacher)
        return DemoSchool(teacher, students[0], admin, section)

    def _person(self, username: str, name: str, **fields: bool) -> User:
        # Only the three whose sign-ins are printed have a password: hashing two dozen would take seconds.
        password = PASSWORD if fields or name == NAMES[0] else None
        return User.objects.create_user(username, password, name=name, is_demo=True, **fields)

    def _username(self, name: str) -> str:
        return "student" if name == NAMES[0] else name.split()[0].lower()

    def _set(self, section: Section, each: Set, teacher: User, at: datetime) -> None:
        kind = activities.kind_of(each.kind)
        offers = [offer for other in activities.all_kinds() for offer in other.offers(teacher, [self.film])]
        offer = next(offer for offer in offers if (offer.kind, offer.key) == (kind.key, each.key))
        assignments.assign(
            section=section,
            offer=offer,
            # The class talks about what the script makes it talk about: a lesson's own prompts would stay empty here.
            parts=[part for part in assigned.parts_offered(teacher, [self.film], offer) if part.kind != "thread"],
            times=assignments.Times(opens_at=at, due_at=(at + timedelta(days=each.days)).replace(hour=16)),
            options={
                other.key: {name: field.initial for name, field in other.option_fields().items()}
                for other in activities.all_kinds()
            },
            by=teacher,
            at=at,
        )

    # --- Lessons and quizzes ------------------------------------------------------------------------------------------

    def _work(self, assignment: Assignment, students: list[User]) -> None:
        first = assignment.position <= FIRST_SET
        for student in students if first else students[1:]:
            # The first student is the one that a visitor signs in as: something is done, and something left to do.
            at = assignment.opens_at + timedelta(hours=self.chance.uniform(1, 60))
            if at < self.now and (student == students[0] or self.chance.random() < 0.85):
                if assignment.kind == "lesson":
                    self._read(assignment, student, at)
                elif assignment.kind == "quiz":
                    self._answer(assignment, student, at)

    def _read(self, assignment: Assignment, student: User, at: datetime) -> None:
        assignments.record_visit(assignment=assignment, student=student, at=at)
        steps = assignment.lesson.steps.exclude(answer="") if assignment.lesson else []
        for step in steps:
            if self.chance.random() < 0.7:
                assignments.save_step_answer(
                    assignment=assignment,
                    step=step,
                    student=student,
                    text=self.chance.choice(self.script.answers),
                    revision=0,
                    at=at,
                )
        if self.chance.random() < 0.9:
            assignments.mark_done(assignment=assignment, student=student, done=True, at=at + timedelta(minutes=40))

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

    def _write(self, section: Section, essay: Essay, students: list[User], teacher: User, at: datetime) -> None:
        self.tell(f"answers to “{essay.title}”, some marked and some waiting")
        quiz = essays.make_quiz(film=self.film, essay=essay, by=teacher, at=at)
        self._set(section, Set("quiz", quiz.key, essay.days), teacher, at)
        quiz_assignment = QuizAssignment.objects.select_related("assignment").get(
            quiz=quiz, assignment__section=section
        )
        for number, (student, answer) in enumerate(zip(students, essay.answers, strict=False)):
            essays.answer_and_mark(
                quiz_assignment=quiz_assignment,
                answer=answer,
                student=student,
                marker=teacher,
                at=at + timedelta(hours=3 * (number + 1)),
            )

    # --- Discussion ---------------------------------------------------------------------------------------------------

    def _talk(self, section: Section, students: list[User], teacher: User) -> None:
        self.tell("the discussion")
        speakers = iter(students[2:] * 2)
        found = Thread.objects.filter(assignment__section=section).select_related("prompt", "assignment")
        by_prompt = {thread.prompt.key: thread for thread in found}
        rules = list(Guideline.objects.filter(film=self.film, retired_at__isnull=True).order_by("position"))
        at = self.now - timedelta(days=2)
        for number, (prompt, line) in enumerate(self.script.posts):
            if prompt in by_prompt:
                when = at + timedelta(hours=2 * number)
                self._say(by_prompt[prompt], line, None, speakers, rules, teacher, when)

    def _say(
        self,
        thread: Thread,
        line: Line,
        parent: Post | None,
        speakers: Iterator[User],
        rules: list[Guideline],
        teacher: User,
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
                by=teacher,
                at=at + timedelta(minutes=35),
            )
        for number, reply in enumerate(line.replies, 1):
            self._say(thread, reply, post, speakers, rules, teacher, at + timedelta(minutes=40 + 25 * number))


@transaction.atomic
def build_school(film: Film, kit: Path, *, now: datetime, tell: Callable[[str], None]) -> DemoSchool | None:
    """The demo school for a loaded kit; None where the kit has no ``demo.yaml``. All of it or nothing."""
    script = read_script(kit)
    return _Builder(film, script, now, tell).build() if script else None
