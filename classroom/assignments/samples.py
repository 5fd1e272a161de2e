"""A class to try things with: pretend students and their work, made in one press and thrown away in one.

What is in it a higher room knows, which has kits at hand; it registers itself here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from classroom.assignments.models import Assignment
from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.common import storage
from classroom.library.models import Film
from classroom.people.models import Membership, Role, Section, User


class RealPeople(Exception):
    """Somebody real is, or was, a student of the class: their work is nothing to throw away."""


@dataclass(frozen=True)
class Maker:
    """``film_among`` chooses a film with a sample, or None; ``build`` makes the class in the caller's transaction."""

    film_among: Callable[[Sequence[Film]], Film | None]
    build: Callable[[Film, User, datetime], Section]


_makers: list[Maker] = []


def register(maker: Maker) -> None:
    """Say who makes samples; called from AppConfig.ready. The last one does."""
    _makers[:] = [maker]


def can_make(films: Sequence[Film]) -> bool:
    return any(maker.film_among(films) for maker in _makers)


@transaction.atomic
def make(*, films: Sequence[Film], by: User, at: datetime) -> Section | None:
    """This teacher's sample class, made where they have none; None where no kit comes with one."""
    # The teacher's row is the lock: a button that is pressed twice makes one class.
    User.objects.select_for_update().get(pk=by.pk)
    own = Membership.objects.current().filter(user=by, role=Role.TEACHER)
    there = Section.objects.current().filter(is_sample=True, pk__in=own.values("section")).first()
    if there is not None:
        return there
    for maker in _makers:
        film = maker.film_among(films)
        if film is not None:
            return maker.build(film, by, at)
    return None


@transaction.atomic
def throw_away(*, section: Section, by: User, at: datetime) -> None:
    """Delete the class with its pretend students and all that they did; what is gone already is left so.

    Raises RealPeople.
    """
    there = Section.objects.select_for_update().filter(pk=section.pk, is_sample=True).first()
    if there is None:
        return
    students = User.objects.filter(memberships__section=there, memberships__role=Role.STUDENT)
    if students.filter(is_sample=False).exists():
        raise RealPeople
    pretended = list(students.values_list("pk", flat=True))
    # First what was set: work and threads hold on to the class's groups.
    Assignment.objects.filter(section=there).delete()
    audit.record(AuditEvent.Kind.SAMPLE_REMOVED, by=by, subject=there, at=at)
    there.delete()
    User.objects.filter(pk__in=pretended, is_sample=True).delete()
    transaction.on_commit(storage.forget_deleted)
