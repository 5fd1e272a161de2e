"""What students are told of the marks of their discussions: that there is one to see or something new in it, and never
how much.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.assignments import activities
from classroom.assignments.models import Assignment
from classroom.common import clock
from classroom.discussions.models import Thread, readable_where
from classroom.gradebook.news import are_hidden
from classroom.gradebook.queries.rules import own_settings
from classroom.notices import actions as notices
from classroom.notices.kinds import Line
from classroom.people.models import User
from classroom.people.permissions import Permission
from classroom.rubrics.models import Assessment

MARKED = "discussion-marked"


def tell_marked(made: Iterable[Assessment], *, assignment: Assignment, threads: Iterable[Thread], at: datetime) -> None:
    """In the transaction that makes these gradings, in ``threads`` of the assignment.

    Nothing is told while the gradebook hides the marks: of those that are released later it tells by itself.
    """
    told: dict[int, list[int]] = defaultdict(list)
    for each in made:
        if each.is_complete:
            told[each.thread_id].append(each.student_id)
    if not told or are_hidden(assignment):
        return
    for thread in threads:
        notices.tell(
            kind=MARKED,
            to=told[thread.pk],
            section_id=assignment.section_id,
            subject_id=thread.pk,
            at=at,
            sealed=thread.names == Thread.Names.SEALED,
        )


def marked(user: User, ids: Collection[int]) -> dict[int, Line]:
    """Threads that this student still reads and in which they may see their own mark now."""
    threads = Thread.objects.filter(readable_where(user, Permission.THREAD_READ), pk__in=ids)
    found = list(threads.select_related("assignment__column_settings"))
    withheld = activities.withheld_ids([each.assignment for each in found], user, clock.now())
    given = Assessment.objects.filter(thread__in=[each.pk for each in found], student=user).order_by("number")
    complete: Counter[int] = Counter()
    in_force: dict[int, Assessment] = {}
    for assessment in given:
        complete[assessment.thread_id] += assessment.is_complete
        in_force[assessment.thread_id] = assessment
    return {
        each.pk: Line(_words(complete[each.pk]) % {"title": each.assignment.title}, _address(each))
        for each in found
        if each.assignment_id not in withheld
        and not own_settings(each.assignment).hidden
        and each.pk in in_force
        and in_force[each.pk].is_complete
    }


def _words(gradings: int) -> str:
    if gradings > 1:
        return _("There is something new in your mark of “%(title)s”")
    return _("You can see your mark of “%(title)s”")


def _address(thread: Thread) -> str:
    return f"{reverse('classroom:thread', args=[thread.pk])}#graded"
