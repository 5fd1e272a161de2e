"""What a departed colleague has made passes to the one who takes their classes: lessons, questions, quizzes.

The rooms that hold such things stand above this one, so each registers its models when its app is ready. A thing of
somebody's own has an ``owner``, and on its film a ``key`` that nothing else of the owner's has. Where the other has a
thing of the same key, it stays where it is.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils.functional import Promise

from classroom.people.models import User


@dataclass(frozen=True)
class OwnThings:
    """A model whose rows teachers own, by what people call many of them. ``title`` is the field that names one; ""
    where they are only counted.
    """

    label: str | Promise
    model: type[Model]
    title: str = ""

    def of(self, owner: User) -> QuerySet[Any]:
        return self.model._default_manager.filter(owner=owner).order_by("film", "pk")

    def pass_on(self, leaving: User, to: User) -> int:
        """Make all of it the other's; how many that was."""
        same = self.model._default_manager.filter(owner=to, film=OuterRef("film"), key=OuterRef("key"))
        ids = list(self.of(leaving).exclude(Exists(same)).values_list("pk", flat=True))
        return self.model._default_manager.filter(pk__in=ids).update(owner=to)


@dataclass(frozen=True)
class Belongings:
    """What somebody has made of one kind: how many, and by their titles."""

    label: str | Promise
    count: int
    titles: list[str]


_registered: dict[type[Model], OwnThings] = {}


def register(things: OwnThings) -> None:
    """Make known what teachers own; called from AppConfig.ready."""
    _registered[things.model] = things


def belongings_of(owner: User) -> list[Belongings]:
    """What would pass, kind by kind; a query for each kind, and nothing of kinds of which there is none."""
    found = []
    for each in _registered.values():
        rows = list(each.of(owner).values_list(each.title or "pk", flat=True))
        if rows:
            found.append(Belongings(each.label, len(rows), [str(row) for row in rows] if each.title else []))
    return found


def pass_on(leaving: User, to: User) -> dict[str, int]:
    """Make everything the other's, inside the caller's transaction; how many of each model (by its name) that was."""
    passed = {each.model._meta.label: each.pass_on(leaving, to) for each in _registered.values()}
    return {label: count for label, count in passed.items() if count}
