"""Whose work is under seal: the one place where that is decided, for every room (see ``activities.Seals``).

Where names are sealed, those who teach see pseudonyms like everybody, and beside a name only whether the student has
taken part, and a mark as a band. What is shown of a post there is neither time of day nor order of joining. It ends for
one student with the opening of their name (``NameOpening``), and for nobody else.

Having taken part is told of four or more at once (``told_in``): a single mark that appeared with a new pseudonym would
tell whose it is. And students write only while four or more talk together (``is_too_small``), whoever has left since.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from classroom.assignments.activities import Seals
from classroom.assignments.models import Assignment, AssignmentTarget
from classroom.discussions.models import Post, Pseudonym, Thread, is_by_staff
from classroom.people.models import Group, Membership, User
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
    assignment and the student; in two queries.

    In the order in which they first wrote, and of each four only once the fourth has written; the last of them with all
    who are left, where these are fewer than four: else the one name that is missing would be the newest pseudonym. It
    is told also of who deletes their posts again: a mark that went would tell whose these were.
    """
    known = Pseudonym.objects.filter(thread=OuterRef("thread"), user=OuterRef("author"))
    sealed = Thread.objects.filter(threads, names=Thread.Names.SEALED)
    posts = Post.objects.filter(Q(Exists(known)) | ~Q(is_by_staff()), thread__in=sealed, author__is_stand_in=False)
    rows = posts.order_by().values_list("thread_id", "thread__assignment_id", "author_id").annotate(first=Min("pk"))
    by_thread: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for thread_id, assignment_id, author_id, _first in sorted(rows, key=lambda row: row[3]):
        by_thread[thread_id].append((thread_id, assignment_id, author_id))
    if not by_thread:
        return set()
    talking = _talking_in(sealed)
    return {each for pk, wrote in by_thread.items() for each in wrote[: how_many_told(len(wrote), talking.get(pk, 0))]}


def how_many_told(wrote: int, talking: int) -> int:
    """Of how many it is told that they have taken part, of so many who have, where so many talk together."""
    if wrote >= talking:
        return wrote if wrote >= FEWEST_UNDER_SEAL else 0
    # Of those who are not told there stay four, too.
    most = min(wrote, talking - FEWEST_UNDER_SEAL)
    return max(most - most % FEWEST_UNDER_SEAL, 0)


def _talking_in(threads: QuerySet[Thread]) -> dict[int, int]:
    """How many students talk in each of these threads now, by its id."""
    places = Membership.objects.students().filter(section=OuterRef("assignment__section")).filter(_talks_in())
    counted = places.order_by().values("section").annotate(number=Count("pk", distinct=True)).values("number")
    return dict(threads.order_by().annotate(talking=Coalesce(Subquery(counted), 0)).values_list("pk", "talking"))


def _talks_in() -> Q:
    """That a student's place in the class is one of those who talk in the thread of the outer query."""
    own = Group.members.through.objects.filter(group=OuterRef(OuterRef("group")), membership=OuterRef("pk"))
    targets = AssignmentTarget.objects.filter(assignment=OuterRef(OuterRef("assignment")))
    meant = targets.filter(Q(student=OuterRef("user")) | Q(group__members=OuterRef("pk")))
    of_all = Q(Exists(meant)) | ~Q(Exists(targets))
    return Q(Exists(own)) | (Q(Exists(Thread.objects.filter(pk=OuterRef(OuterRef("pk")), group=None))) & of_all)


def told_on(assignments: Collection[Assignment]) -> set[tuple[int, int]]:
    """The same by assignment: (assignment id, student id)."""
    return {(assignment_id, author_id) for _thread, assignment_id, author_id in told_in(Q(assignment__in=assignments))}


def is_too_small(thread: Thread) -> bool:
    """Whether so few talk in a sealed thread now that one could guess who writes what. Students may have left the group
    or the class since it was set.
    """
    if thread.names != Thread.Names.SEALED:
        return False
    return _talking_in(Thread.objects.filter(pk=thread.pk))[thread.pk] < FEWEST_UNDER_SEAL
