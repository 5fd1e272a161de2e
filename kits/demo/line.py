"""Where the demo's students stand on a prompt's position line, marking by marking."""

import random
from collections.abc import Sequence
from datetime import datetime

from classroom.discussions.models import Thread
from classroom.people.models import User
from classroom.stances import actions
from classroom.stances.models import Moment
from kits.demo.script import Marking


def mark_line(
    *,
    thread: Thread,
    markings: Sequence[Marking],
    students: Sequence[User],
    by: User,
    at: datetime,
    chance: random.Random,
) -> None:
    """Each marking as the script counts it; chance decides who stands where. All but the last are closed."""
    moments = list(Moment)[: len(markings)]
    for moment, marking in zip(moments, markings, strict=True):
        facts = thread.prompt.facts.filter(key=marking.moved_by).values_list("pk", flat=True)
        places = [place for place, count in enumerate(marking.places, 1) for _each in range(count)]
        standing = chance.sample(students, len(places))
        # Who was moved by something stands anywhere: those at the front of the list would be one end of the line.
        moved = set(chance.sample(standing, marking.moved))
        for student, place in zip(standing, places, strict=True):
            actions.mark(
                assignment=thread.assignment,
                student=student,
                moment=moment,
                place=place,
                moved_by=("fact", facts.get()) if student in moved else None,
            )
        if moment != moments[-1]:
            actions.close(assignment=thread.assignment, moment=moment, by=by, at=at)
