"""Whose work is under seal: the one place where that is decided, for every room (see ``activities.Seals``).

Where names are sealed, those who teach see pseudonyms like everybody, and beside a name only whether the student has
taken part, and a mark as a band. What is shown of a post there is neither time of day nor order of joining. It ends for
one student with the opening of their name (``NameOpening``), and for nobody else.
"""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q

from classroom.assignments.activities import Seals
from classroom.assignments.models import Assignment
from classroom.discussions.models import Pseudonym, Thread
from classroom.people.models import Membership, User
from classroom.people.permissions import Permission, roles_with


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
