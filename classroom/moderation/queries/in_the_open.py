"""What a class may know of how its posts are looked after: who does it, and the class's own figures.

No figure names anybody. A number from one to four is not given, nor one that leaves so few of a larger one; nothing at
all is given of a class of fewer than five students; and each figure is of weeks that are over, so that nobody reads a
decision off a number that has just grown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Count, Q

from classroom.discussions.models import Decision, Flag, Guideline, Post, PostAppeal
from classroom.library.models import Film
from classroom.people.models import Membership, Role, Section
from classroom.people.permissions import Permission, roles_with

FEWEST = 5
_CLASS = "post__thread__assignment__section"


@dataclass(frozen=True)
class Figures:
    """Of the weeks before ``until``. None is a number too small to be given."""

    until: datetime
    posts: int | None
    held: int | None
    returned: int | None
    taken_down: int | None
    time_to_decision: timedelta | None
    reports: int | None
    reports_agreed: int | None
    appeals: int | None
    appeals_upheld: int | None


def looked_after_by(section: Section) -> list[Membership]:
    """Those who moderate a class or are its safeguarding contact, by name."""
    known = Q(role__in=roles_with(Permission.POST_MODERATE)) | Q(is_safeguarding_contact=True)
    found = Membership.objects.current().filter(known, section=section).select_related("user")
    return list(found.order_by("user__name", "pk"))


def rules_in(section: Section) -> list[tuple[Film, list[Guideline]]]:
    """The written rules of the films that a class talks about, in two queries."""
    films = Film.objects.filter(prompts__threads__assignment__section=section).distinct().order_by("title", "pk")
    by_film: dict[int, tuple[Film, list[Guideline]]] = {film.pk: (film, []) for film in films}
    rules = Guideline.objects.filter(film__in=by_film, retired_at__isnull=True).order_by("position")
    for rule in rules if by_film else []:
        by_film[rule.film_id][1].append(rule)
    return list(by_film.values())


def figures_of(section: Section, at: datetime) -> Figures | None:
    """A class's figures, in five queries; None where it has too few students for any."""
    if Membership.objects.current().filter(section=section, role=Role.STUDENT).count() < FEWEST:
        return None
    until = week_start(section, at)
    posts = _posts(section, until)
    decisions = _decisions(section, until)
    reports = _counted(Flag.objects.filter(**{_CLASS: section}, at__lt=until), part=Q(outcome=Flag.Outcome.FOUNDED))
    appeals = _counted(
        PostAppeal.objects.filter(**{f"decision__{_CLASS}": section}, at__lt=until),
        part=Q(outcome=PostAppeal.Outcome.UPHELD, answered_at__lt=until),
    )
    return Figures(
        until=until,
        posts=_given(posts),
        held=_part(posts, decisions.held),
        returned=_part(posts, decisions.returned),
        taken_down=_part(posts, decisions.taken_down),
        time_to_decision=_median(decisions.waited) if len(decisions.waited) >= FEWEST else None,
        reports=_given(reports[0]),
        reports_agreed=_part(*reports),
        appeals=_given(appeals[0]),
        appeals_upheld=_part(*appeals),
    )


def week_start(section: Section, at: datetime) -> datetime:
    """When the running week began on the class's clock."""
    local = at.astimezone(section.zone)
    return (local - timedelta(days=local.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)


def _posts(section: Section, until: datetime) -> int:
    """What students have written, whatever became of it."""
    written = Post.objects.filter(thread__assignment__section=section, created_at__lt=until)
    written = written.exclude(state=Post.State.PRIVATE)
    students = Membership.objects.filter(section=section, role=Role.STUDENT).values("user")
    return written.filter(author__in=students).count()


@dataclass
class _Decided:
    held: int
    returned: int
    taken_down: int
    waited: list[timedelta]


def _decisions(section: Section, until: datetime) -> _Decided:
    """Posts by what was decided on them, each counted once, and how long each waited for its first decision."""
    rows = (
        Decision.objects.filter(**{_CLASS: section}, at__lt=until, undone__isnull=True)
        .exclude(kind=Decision.Kind.UNDONE)
        .order_by("at", "pk")
        .values_list("post", "kind", "before__state", "at", "post__created_at")
    )
    posts: dict[str, set[int]] = {"held": set(), "returned": set(), "taken down": set()}
    waited: dict[int, timedelta] = {}
    for post, kind, before, decided_at, written_at in rows:
        if before == Post.State.HELD:
            posts["held"].add(post)
            waited.setdefault(post, decided_at - written_at)
        if kind == Decision.Kind.RETURNED:
            posts["returned"].add(post)
        elif kind in (Decision.Kind.HIDDEN, Decision.Kind.DELETED):
            posts["taken down"].add(post)
    return _Decided(
        held=len(posts["held"]),
        returned=len(posts["returned"]),
        taken_down=len(posts["taken down"]),
        waited=list(waited.values()),
    )


def _counted(rows: object, *, part: Q) -> tuple[int, int]:
    """How many there are, and of how many ``part`` holds."""
    found = rows.aggregate(all=Count("pk"), part=Count("pk", filter=part))  # type: ignore[attr-defined]
    return found["all"], found["part"]


def _median(waited: list[timedelta]) -> timedelta:
    return timedelta(seconds=median(each.total_seconds() for each in waited))


def _given(count: int) -> int | None:
    return None if 0 < count < FEWEST else count


def _part(whole: int, part: int) -> int | None:
    """A part of a number, unless it or what it leaves is too small."""
    small: Iterable[int | None] = (_given(whole), _given(part), _given(whole - part))
    return None if None in small else part
