"""When a student had done what a discussion asks, and when nobody can add to it any more."""

from collections.abc import Iterable
from datetime import datetime

from classroom.assignments import terms
from classroom.discussions.models import Thread
from classroom.people import queries as people
from classroom.people.models import User
from classroom.rubrics import queries
from classroom.rubrics.lines import Board


def done_at(threads: Iterable[Thread], student: User) -> datetime | None:
    """When the first posts that do all that is asked had been written; None where something is missing still: that the
    rubric judges, not the rule for late work.
    """
    found = []
    for thread in threads:
        posts = queries.own_posts(thread, student)
        done = (each.created_at for n, each in enumerate(posts, 1) if queries.progress_of(thread, posts[:n]).is_done)
        found.append(next(done, None))
    return min((each for each in found if each is not None), default=None)


def is_over(board: Board, at: datetime) -> bool:
    """Whether every thread is locked, or closed to everybody."""
    if all(each.is_locked(at) for each in board.threads):
        return True
    assignment = board.rubric.assignment
    if not assignment.dates.has_closed(at):
        return False
    holding = terms.by_pair([assignment], people.students_of(assignment.section))
    return all(held.dates.has_closed(at) for held in holding.values() if held.is_set)
