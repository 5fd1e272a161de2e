"""Coming to a thread: when somebody was last there, and the name that they go by in it."""

from collections.abc import MutableMapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from classroom.assignments.actions import record_visit
from classroom.discussions import pseudonyms, queries
from classroom.discussions.mine import Mine, mine_in
from classroom.discussions.models import Pseudonym, Thread, ThreadVisit
from classroom.discussions.queries import Place
from classroom.people.models import User

_DRAWS = 50
# Whoever looks again within it is still on the same visit: what was new stays marked while they read and answer.
_ONE_VISIT = timedelta(minutes=30)
# How exactly the end of a visit is known; within it, a page that is opened writes nothing.
_NOTED_EVERY = timedelta(minutes=1)
_SESSION_KEY = "thread-visits"
_IN_A_SESSION = 50

Session = MutableMapping[str, Any]


def enter(*, place: Place, user: User, session: Session, at: datetime) -> Mine:
    """Note that somebody has come, and give them their pseudonym where the thread has such.

    A sealed thread notes no times: put beside the times of its posts they would tell who wrote what. When somebody was
    last there, their own session alone remembers, and forgets when they sign out.
    """
    found = mine_in(place.thread, user)
    if found.pseudonym is None and not place.for_staff:
        found = replace(found, pseudonym=pseudonym_for(place=place, user=user))
    if place.thread.names == Thread.Names.SEALED:
        return replace(found, before=_before_in_session(place.thread.pk, session, at))
    if found.at is None:
        ThreadVisit.objects.get_or_create(thread=place.thread, user=user, defaults={"at": at})
    elif at - found.at > _NOTED_EVERY:
        found = replace(found, before=_before(found.before, found.at, at))
        ThreadVisit.objects.filter(thread=place.thread, user=user).update(before=found.before, at=at)
    else:
        return found
    if not place.for_staff:
        record_visit(assignment=place.thread.assignment, student=user, at=at)
    return found


def _before(before: datetime | None, last: datetime, at: datetime) -> datetime | None:
    return last if at - last > _ONE_VISIT else before


def _before_in_session(thread_id: int, session: Session, at: datetime) -> datetime | None:
    visits: dict[str, list[str | None]] = session.get(_SESSION_KEY, {})
    key = str(thread_id)
    before, last = visits.get(key, [None, None])
    then = datetime.fromisoformat(last) if last else None
    known = datetime.fromisoformat(before) if before else None
    if then is None or at - then > _NOTED_EVERY:
        known = _before(known, then, at) if then else None
        visits = {name: kept for name, kept in visits.items() if name != key}
        visits[key] = [known.isoformat() if known else None, at.isoformat()]
        session[_SESSION_KEY] = dict(list(visits.items())[-_IN_A_SESSION:])
    return known


def pseudonym_for(*, place: Place, user: User) -> str | None:
    """This person's pseudonym in the thread, drawn now if they have none; None for who goes by their own name."""
    if place.thread.names == Thread.Names.SHOWN:
        return None
    for _draw in range(_DRAWS):
        found = queries.pseudonym_in(place.thread, user)
        if found or place.for_staff:
            return found
        taken = list(Pseudonym.objects.filter(thread=place.thread).values_list("name", flat=True))
        try:
            with transaction.atomic():
                return Pseudonym.objects.create(thread=place.thread, user=user, name=pseudonyms.draw(taken)).name
        except IntegrityError:
            # Somebody drew the same name at once, or the same student came in two windows: look again.
            continue
    raise pseudonyms.NoneLeft
