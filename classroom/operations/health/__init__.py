"""What the health page tells: each part of the site, how it is, since when, and what to do about it."""

from datetime import datetime

from classroom.operations.health.data import backup, database, disk
from classroom.operations.health.parts import Part, State, worst
from classroom.operations.health.running import mail, schedule, tasks, version

__all__ = ["Part", "State", "parts", "worst"]


def parts(at: datetime) -> list[Part]:
    """The parts in the page's order, in a fixed number of queries; an unreachable database raises its own error."""
    return [database(), tasks(at), mail(), disk(), backup(at), schedule(at), version()]
