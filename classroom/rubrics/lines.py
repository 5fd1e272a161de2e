"""Whom a grader has before them: students by name, or by what the names policy leaves of them, in an order that tells
nothing where names are sealed or hidden.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Count, Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from classroom.assignments import terms
from classroom.discussions.lists import name_of
from classroom.discussions.models import Post, Pseudonym, Thread
from classroom.people import queries as people
from classroom.people.models import Group, Membership, User
from classroom.rubrics import queries
from classroom.rubrics.models import Assessment, Rubric

# A thread's id and a student's.
Pair = tuple[int, int]


@dataclass(frozen=True)
class Line:
    """One student in one thread. ``key`` stands for them in addresses; ``name`` is what the grader knows them by."""

    key: str
    thread: Thread
    student_id: int
    name: str
    apart: str = ""
    posts: int = 0
    passed: bool = False
    last: Assessment | None = None
    excused: bool = False
    is_opened: bool = False
    place: int = 0

    @property
    def is_graded(self) -> bool:
        return self.last is not None and self.last.is_complete

    @property
    def waits(self) -> bool:
        return not self.is_graded and bool(self.posts or self.passed)


@dataclass(frozen=True)
class Board:
    """All that there is to grade of one discussion."""

    rubric: Rubric
    threads: Sequence[Thread]
    lines: Sequence[Line]

    @property
    def is_sealed(self) -> bool:
        return any(each.names == Thread.Names.SEALED for each in self.threads)

    @property
    def waiting(self) -> int:
        return sum(each.waits for each in self.lines)

    def line(self, key: str) -> Line | None:
        return next((each for each in self.lines if each.key == key), None)

    def next_waiting(self, after: int) -> Line | None:
        """The next who waits behind this place, and then from the front."""
        behind = [each for each in self.lines if each.waits and each.place > after]
        before = [each for each in self.lines if each.waits and each.place < after]
        return next(iter([*behind, *before]), None)


def board_of(rubric: Rubric, *, with_names: bool) -> Board:
    """In a fixed number of queries. Sealed names are never in it, save those that were opened."""
    threads = queries.threads_of(rubric.assignment)
    for each in threads:
        each.assignment = rubric.assignment
    wrote = _wrote(threads)
    last = queries.last_by_pair(threads)
    names = {
        (each.thread_id, each.user_id): each
        for each in Pseudonym.objects.filter(thread__in=[each.pk for each in threads]).select_related("user")
    }
    found = Board(rubric, threads, ())
    if found.is_sealed:
        pairs = [pair for pair in dict.fromkeys([*wrote, *last]) if pair in names]
        lines = [_under_seal(names[pair], _of(pair, threads, wrote, last)) for pair in pairs]
    else:
        lines = _of_class(rubric, threads, wrote, last, names, with_names=with_names)
    if found.is_sealed or not with_names:
        lines.sort(key=lambda each: each.key)
    placed = [replace(each, place=place) for place, each in enumerate(lines, 1)]
    return replace(
        found,
        lines=[
            each if each.name else replace(each, name=_("Student %(place)d") % {"place": each.place}) for each in placed
        ],
    )


def key_of(thread_id: int, student_id: int) -> str:
    """What stands for a student in an address: a number that nobody works out, and that tells no order."""
    return salted_hmac("classroom.rubrics", f"{thread_id}:{student_id}").hexdigest()[:20]


def _wrote(threads: Iterable[Thread]) -> dict[Pair, tuple[int, bool]]:
    """How many posts each has written, and whether they answered the teachers alone."""
    posts = Post.objects.filter(thread__in=[each.pk for each in threads]).exclude(state=Post.State.DELETED)
    private = Q(state=Post.State.PRIVATE)
    rows = posts.order_by().values_list("thread_id", "author_id")
    counted = rows.annotate(posts=Count("pk", filter=~private), alone=Count("pk", filter=private))
    return {(thread_id, author_id): (posts, bool(alone)) for thread_id, author_id, posts, alone in counted}


def _of(
    pair: Pair, threads: Iterable[Thread], wrote: Mapping[Pair, tuple[int, bool]], last: Mapping[Pair, Assessment]
) -> Line:
    thread = next(each for each in threads if each.pk == pair[0])
    posts, passed = wrote.get(pair, (0, False))
    return Line(
        key=key_of(*pair),
        thread=thread,
        student_id=pair[1],
        name="",
        apart=thread.group.name if thread.group else "",
        posts=posts,
        passed=passed,
        last=last.get(pair),
    )


def _under_seal(pseudonym: Pseudonym, line: Line) -> Line:
    if pseudonym.opened_at is None:
        return replace(line, name=pseudonym.name)
    return replace(line, name=_both(pseudonym.name, pseudonym.user.name), is_opened=True)


def _both(pseudonym: str, name: str) -> str:
    return f"{pseudonym} ({name})"


def _of_class(
    rubric: Rubric,
    threads: Sequence[Thread],
    wrote: Mapping[Pair, tuple[int, bool]],
    last: Mapping[Pair, Assessment],
    names: Mapping[Pair, Pseudonym],
    *,
    with_names: bool,
) -> list[Line]:
    """The students of the class to whom it is set, by name; who wrote in two threads stands there twice."""
    students = people.students_of(rubric.assignment.section)
    holding = terms.by_pair([rubric.assignment], students)
    seats = _seats(threads)
    lines = []
    for student in students:
        own = [each.pk for each in threads if (each.pk, student.pk) in wrote or (each.pk, student.pk) in last]
        held = holding[rubric.assignment.pk, student.pk]
        if not own and held.is_set:
            own = [each.pk for each in threads if _sits_in(each, student, seats)][:1]
        for thread_id in own:
            line = _of((thread_id, student.pk), threads, wrote, last)
            pseudonym = names.get((thread_id, student.pk))
            name = pseudonym.name if pseudonym else ""
            if with_names:
                name = _both(student.name, name) if name else student.name
            apart = line.apart or (name_of(line.thread) if with_names and line.thread.student_id != student.pk else "")
            lines.append(replace(line, name=name, apart=apart, excused=held.is_excused))
    return lines


def _seats(threads: Iterable[Thread]) -> set[tuple[int, int]]:
    """Who is in which group now, by the group's id and the student's."""
    groups = [each.group_id for each in threads if each.group_id]
    if not groups:
        return set()
    members = Group.members.through.objects.filter(
        group__in=groups, membership__in=Membership.objects.students().values("pk")
    )
    return set(members.values_list("group_id", "membership__user_id"))


def _sits_in(thread: Thread, student: User, seats: set[tuple[int, int]]) -> bool:
    if thread.is_of_all:
        return True
    return thread.student_id == student.pk or (thread.group_id or 0, student.pk) in seats
