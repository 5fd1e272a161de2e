"""The sample class of a teacher who tries the kit: a few pretend students at work, by the script of the demo."""

import itertools
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

from django.utils.translation import gettext as _

from classroom.library.models import Film
from classroom.people import actions as people
from classroom.people import queries
from classroom.people.models import JoinCode, Section, User
from kits.demo.classwork import ClassAtWork
from kits.demo.school import NAMES
from kits.demo.script import Line, Script, Set, read_script
from kits.shipped import shipped_kit

STUDENTS = 6
POSTS = 4
# The class has had so many days when its teacher meets it, and its talk so many hours.
DAYS_BEHIND = 6
TALK_BEGAN = timedelta(hours=20)


def film_among(films: Sequence[Film]) -> Film | None:
    """The first of these with whose kit a sample can be made."""
    return next((film for film in films if _script_of(film.key)), None)


def build(film: Film, by: User, at: datetime) -> Section:
    """Through the same actions that pages call; nobody can join it, or sign in as one of its students."""
    script = _script_of(film.key)
    if script is None:
        raise ValueError(f"No sample comes with the kit of {film.key}.")
    began = (at - timedelta(days=DAYS_BEHIND)).replace(hour=8, minute=0, second=0, microsecond=0)
    section = people.create_section(name=_("Sample class"), time_zone=queries.zone_of_a_new_class(by), by=by, at=began)
    Section.objects.filter(pk=section.pk).update(is_sample=True)
    JoinCode.objects.filter(section=section).update(revoked_at=at)
    students = [_student(section, name) for name in NAMES[:STUDENTS]]
    for student in students:
        people.join_section(section=section, user=student, at=began)
    # The same class each time: chance is for believable answers, not for surprises.
    chance = random.Random(f"sample:{film.key}")  # noqa: S311 - guards nothing
    at_work = ClassAtWork(film, script, section, by, at, chance)
    for each in _one_of_each(script):
        at_work.set_work(each, began)
    for assignment in at_work.open_assignments():
        at_work.do(assignment, students[1:], surely=students[1])
    posts = [(prompt, _short(line)) for prompt, line in script.posts[:POSTS]]
    at_work.talk(posts, itertools.cycle(students), began=at - TALK_BEGAN)
    section.refresh_from_db()
    return section


@cache
def _script_of(key: str) -> Script | None:
    try:
        return read_script(shipped_kit(key))
    except FileNotFoundError:
        return None


def _student(section: Section, name: str) -> User:
    username = f"sample-{section.pk}-{name.split()[0].lower()}"
    return User.objects.create_user(username, None, name=_("%(name)s (sample)") % {"name": name}, is_sample=True)


def _one_of_each(script: Script) -> list[Set]:
    """The first lesson, the first prompt and the first quiz."""
    found: dict[str, Set] = {}
    for each in script.sets:
        found.setdefault(each.kind, each)
    return list(found.values())


def _short(line: Line) -> Line:
    return replace(line, replies=line.replies[:2])
