"""Builds the demo school through the same actions that pages call, as if a class had worked for a week."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from classroom.library.models import Film
from classroom.people import actions as people
from classroom.people.models import JoinCode, Section, User
from kits.demo.classwork import ClassAtWork
from kits.demo.script import Script, read_script

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
        # The same school each time: chance is for believable answers, not for surprises.
        chance = random.Random(f"demo:{self.film.key}")  # noqa: S311 - guards nothing
        at_work = ClassAtWork(self.film, self.script, section, teacher, self.now, chance)
        for number, each in enumerate(self.script.sets):
            at_work.set_work(each, began + timedelta(days=number))
        for assignment in at_work.open_assignments():
            self.tell(f"work on “{assignment.title[:60]}”")
            # The first student is the one that a visitor signs in as: something is done, and something left to do.
            first = assignment.position <= FIRST_SET
            at_work.do(assignment, students if first else students[1:], surely=students[0])
        if self.script.essay:
            self.tell(f"answers to “{self.script.essay.title}”, some marked and some waiting")
            at_work.write(self.script.essay, students[2:], began + timedelta(days=5))
        self.tell("the discussion")
        at_work.talk(self.script.posts, iter(students[2:] * 2), began=self.now - timedelta(days=2))
        if self.script.line:
            # The visitor's own student has not marked yet.
            at_work.stand(self.script.line, students[1:], self.now - timedelta(days=1))
        return DemoSchool(teacher, students[0], admin, section)

    def _person(self, username: str, name: str, **fields: bool) -> User:
        # Only the three whose sign-ins are printed have a password: hashing two dozen would take seconds.
        password = PASSWORD if fields or name == NAMES[0] else None
        return User.objects.create_user(username, password, name=name, is_demo=True, **fields)

    def _username(self, name: str) -> str:
        return "student" if name == NAMES[0] else name.split()[0].lower()


@transaction.atomic
def build_school(film: Film, kit: Path, *, now: datetime, tell: Callable[[str], None]) -> DemoSchool | None:
    """The demo school for a loaded kit; None where the kit has no ``demo.yaml``. All of it or nothing."""
    script = read_script(kit)
    return _Builder(film, script, now, tell).build() if script else None
