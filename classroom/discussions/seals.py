"""Whose work is under seal: the one place where that is decided, for every room (see ``activities.Seals``).

Where names are sealed, those who teach see pseudonyms like everybody, and beside a name only whether the student has
taken part, and a mark as a band. What is shown of a post there is neither time of day nor order of joining. It ends for
one student with the opening of their name (``NameOpening``), and for nobody else.

Having taken part is told four at a time (``told_in``): a single mark that appeared with a new pseudonym would tell
whose it is. And students write only while four or more talk together (``is_too_small``), whoever has left since.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence

from django.db.models import Exists, Min, OuterRef, Q

from classroom.assignments.activities import Seals
from classroom.assignments.models import Assignment, AssignmentTarget
from classroom.discussions.models import Post, Pseudonym, Thread
from classroom.people.models import Membership, User
from classroom.people.permissions import Permission, roles_with

# Fewer, and having taken part tells who wrote what.
FEWEST_UNDER_SEAL = 4


def seals_on(assignments: Sequence[Assignment]) -> Seals:
    """Which of these are threads whose names are sealed, and who of them is opened; asks nothing where none is a
    thread, and else twice at most.
    """
    threads = [each.pk for each in assignments if each.kind == "thread"]
    if not threads:
        return Seals()
    over = set(
        Thread.objects.filter(assignment__in=threads, names=Thread.Names.SEALED)
        .order_by()
        .values_list("assignment", flat=True)
    )
    if not over:
        return Seals()
    sealed = Pseudonym.objects.filter(thread__assignment__in=over, thread__names=Thread.Names.SEALED)
    # Who wrote in two groups under seal is opened when both names are.
    shut = set(sealed.filter(opened_at=None).values_list("thread__assignment_id", "user_id"))
    opened = set(sealed.exclude(opened_at=None).values_list("thread__assignment_id", "user_id"))
    return Seals(frozenset(over), frozenset(opened - shut))


def under_seal(thread: str = "thread", person: str = "user") -> Q:
    """That a row, whose thread and author these paths lead to, is under seal."""
    opened = Pseudonym.objects.filter(thread=OuterRef(thread), user=OuterRef(person)).exclude(opened_at=None)
    return Q(**{f"{thread}__names": Thread.Names.SEALED}) & ~Q(Exists(opened))


def is_under_seal(thread: Thread, person: User) -> bool:
    """The same of one person in one thread."""
    if thread.names != Thread.Names.SEALED:
        return False
    return not Pseudonym.objects.filter(thread=thread, user=person).exclude(opened_at=None).exists()


def may_be_opened(section_id: int) -> bool:
    """Whether the class has two who teach it: opening a name takes both."""
    staff = Membership.objects.current().filter(section=section_id, role__in=roles_with(Permission.NAME_OPEN))
    return staff.count() > 1


def told_in(threads: Q) -> set[tuple[int, int, int]]:
    """Of whom those who teach are told that they have taken part in these sealed threads, as ids of the thread, its
    assignment and the student; in one query.

    In the order in which they first wrote, and of each four only once the fourth has written. It is told for good, also
    of who deletes their posts again: a mark that went would tell whose these were.
    """
    known = Pseudonym.objects.filter(thread=OuterRef("thread"), user=OuterRef("author"))
    teaching = Membership.objects.filter(
        section=OuterRef("thread__assignment__section"),
        user=OuterRef("author"),
        role__in=roles_with(Permission.POST_MODERATE),
    )
    posts = Post.objects.filter(
        Q(Exists(known)) | ~Q(Exists(teaching)),
        thread__in=Thread.objects.filter(threads, names=Thread.Names.SEALED),
        author__is_stand_in=False,
    )
    rows = posts.order_by().values_list("thread_id", "thread__assignment_id", "author_id").annotate(first=Min("pk"))
    by_thread: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for thread_id, assignment_id, author_id, _first in sorted(rows, key=lambda row: row[3]):
        by_thread[thread_id].append((thread_id, assignment_id, author_id))
    return {each for wrote in by_thread.values() for each in wrote[: len(wrote) - len(wrote) % FEWEST_UNDER_SEAL]}


def told_on(assignments: Collection[Assignment]) -> set[tuple[int, int]]:
    """The same by assignment: (assignment id, student id)."""
    return {(assignment_id, author_id) for _thread, assignment_id, author_id in told_in(Q(assignment__in=assignments))}


def is_too_small(thread: Thread) -> bool:
    """Whether so few talk in a sealed thread now that one could guess who writes what; the thread comes with its
    assignment. Students may have left the group or the class since it was set.
    """
    if thread.names != Thread.Names.SEALED:
        return False
    students = Membership.objects.students().filter(section=thread.assignment.section_id)
    if thread.group_id is not None:
        students = students.filter(section_groups=thread.group_id)
    else:
        targets = AssignmentTarget.objects.filter(assignment=thread.assignment_id)
        own = targets.filter(Q(student=OuterRef("user")) | Q(group__members=OuterRef("pk")))
        students = students.filter(Q(Exists(own)) | ~Q(Exists(targets)))
    return len(students.order_by().values_list("pk").distinct()[:FEWEST_UNDER_SEAL]) < FEWEST_UNDER_SEAL
