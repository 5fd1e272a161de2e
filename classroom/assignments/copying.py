"""A class's work for a new year: the same things in the same order, at the same times of the week.

What students did stays with the old class, and so do overrides, excuses and those for whom work was set: they name
students. Rooms that keep something of their own for assignments register themselves (``register``).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min
from django.utils.translation import gettext as _

from classroom.assignments import activities, new_year
from classroom.assignments.activities import Chosen, Offer
from classroom.assignments.models import Assignment
from classroom.assignments.models.assignment import AssignmentQuerySet
from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.common import clock_words
from classroom.library import queries as library
from classroom.people.copying import NewYear, PlannedWork, WorkPlan
from classroom.people.models import Section, User


@dataclass(frozen=True)
class Follower:
    """What another room copies along: ``words`` say it of a class, ``copy`` does it, by the old assignments' ids."""

    words: Callable[[Section], Sequence[str]]
    copy: Callable[[Section, Section, Mapping[int, Assignment]], object]


_followers: dict[str, Follower] = {}


def register(key: str, follower: Follower) -> None:
    """Let a room copy what it keeps; called from AppConfig.ready. A second registration of a key replaces the first."""
    _followers[key] = follower


class AssignedWork:
    """See ``people.copying.CopyWork``."""

    def first_day(self, section: Section) -> date | None:
        first = _current(section).aggregate(first=Min("opens_at"))["first"]
        return first.astimezone(section.zone).date() if first else None

    def plan(self, old: Section, *, year: NewYear, by: User) -> WorkPlan:
        first = self.first_day(old)
        if first is None:
            return WorkPlan()
        later = new_year.weeks_between(first, year.first_day)
        assignments = _in_order(old)
        offers = _offers(assignments, by)
        work = []
        for each in assignments:
            moved = new_year.move(
                each.opens_at,
                each.due_at,
                each.closes_at,
                first_due_at=each.first_due_at,
                by=later,
                old=old.zone,
                new=year.zone,
            )
            work.append(
                PlannedWork(
                    ref=each.pk,
                    title=each.title,
                    label=str(activities.kind_of(each.kind).label),
                    is_part=each.parent_id in offers,
                    opens_at=moved.opens_at,
                    due_at=moved.due_at,
                    closes_at=moved.closes_at,
                    first_due_at=moved.first_due_at,
                    notes=[*_for_whom(each), *_clock_notes(moved)],
                    left_out="" if each.pk in offers else _("It is no longer offered, or it is a colleague's own."),
                )
            )
        return WorkPlan(work, [line for follower in _followers.values() for line in follower.words(old)])

    def copy(self, plan: WorkPlan, old: Section, new: Section, *, by: User, at: datetime) -> None:
        assignments = {each.pk: each for each in _in_order(old)}
        offers = _offers(assignments.values(), by)
        made: dict[int, Assignment] = {}
        for position, planned in enumerate(plan.copied, 1):
            source, (offer, chosen) = assignments[planned.ref], offers[planned.ref]
            assert planned.opens_at is not None  # noqa: S101 - what is copied opens; said for the type checker
            made[source.pk] = Assignment.objects.create(
                section=new,
                kind=source.kind,
                item_key=source.item_key,
                title=source.title,
                lesson_id=source.lesson_id,
                parent=made.get(source.parent_id or 0),
                position=position,
                # Work for some was for students of last year: it waits until somebody says for whom it is now.
                for_everybody=source.for_everybody,
                opens_at=planned.opens_at,
                due_at=planned.due_at,
                closes_at=planned.closes_at,
                first_due_at=planned.first_due_at,
                created_by=by,
                created_at=at,
            )
            activities.kind_of(source.kind).set_up(made[source.pk], offer, chosen.options)
            audit.record(AuditEvent.Kind.ASSIGNED, by=by, subject=made[source.pk], at=at, detail={"section": new.pk})
        for follower in _followers.values():
            follower.copy(old, new, made)


def _current(section: Section) -> AssignmentQuerySet:
    return Assignment.objects.current().filter(section=section)


def _in_order(section: Section) -> list[Assignment]:
    """As the class's page has them; a lesson stands before its parts, whatever their numbers say."""
    found = list(_current(section).order_by("position", "pk"))
    place = {each.pk: number for number, each in enumerate(found)}
    return sorted(found, key=lambda each: (place.get(each.parent_id or 0, place[each.pk]), each.parent_id in place))


def _offers(assignments: Iterable[Assignment], by: User) -> dict[int, tuple[Offer, Chosen]]:
    """What each assignment is of and what was decided for it, by its id, where this teacher may set the same anew."""
    films = library.films()
    found = {}
    for key, group in activities.by_kind(assignments).items():
        kind = activities.kind_of(key)
        offered = {offer.id: offer for offer in kind.offers(by, films)}
        for pk, chosen in kind.chosen(group).items():
            if chosen.item_id in offered:
                found[pk] = (offered[chosen.item_id], chosen)
    return found


def _for_whom(assignment: Assignment) -> list[str]:
    if assignment.for_everybody:
        return []
    return [_("It was for some students only. In the new class it is for nobody until you choose for whom.")]


def _clock_notes(moved: new_year.Moved) -> list[str]:
    notes = [clock_words.skipped_and_moved(*each) for each in moved.skipped]
    return list(dict.fromkeys(notes + [clock_words.doubled(*each) for each in moved.doubled]))
