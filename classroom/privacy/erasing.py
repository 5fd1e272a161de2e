"""The erasure of one person by the inventory: everything, or what they did in some classes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from secrets import token_hex
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise

from classroom.common import data_inventory, storage
from classroom.common.data_inventory import Erase, Erasing, Table
from classroom.people.models import Membership, Role, User


@dataclass(frozen=True)
class Line:
    """What an erasure would do to one table: ``stays`` where rows are kept without the person."""

    about: str | Promise
    rows: int
    stays: bool


def foresee(person: User, sections: frozenset[int] | None = None) -> list[Line]:
    """What would go and what would stay, by table; in some classes alone, for who teaches there.

    What stands in sealed threads goes as well, and is not counted: the number would tell who wrote how much.
    """
    lines = []
    for table in data_inventory.personal_tables():
        if not table.whose or table.erase is Erase.KEEP or (sections is not None and not table.in_class):
            continue
        rows = rows_of(table, person.pk, sections)
        count = (rows.exclude(table.sealed) if table.sealed else rows).count()
        if count:
            lines.append(Line(table.about, count, table.erase is Erase.ANONYMISE))
    return lines


def rows_of(table: Table, person: int, sections: Sequence[int] | frozenset[int] | None = None) -> QuerySet[Any]:
    """The rows of a table that are about this person; in these classes, where some are given."""
    rows = table.model._base_manager.filter(**{table.whose: person})
    return rows if sections is None else rows.filter(**{f"{table.in_class}__in": sections})


@transaction.atomic
def erase(*, person: User, at: datetime, sections: frozenset[int] | None = None) -> dict[str, int]:
    """Carry the inventory out for one person; how many rows of each table that was.

    With ``sections``, only what they did in those classes. What a class's figures are made of goes over to a stand-in
    of that class, a new one each time, so that nothing ties what it holds to what was done elsewhere.
    """
    words = tuple(dict.fromkeys(word for word in (person.username, person.email, person.name) if word))
    places = Membership.objects.filter(user=person, ended_at__isnull=True)
    counted = set(places.values_list("section", flat=True))
    holder = lru_cache(maxsize=None)(lambda section_id: _stand_in(section_id, at, has_place=section_id in counted).pk)
    erasing = Erasing(person.pk, words, sections, holder, at)
    counts: Counter[str] = Counter()
    concerned = data_inventory.tables()
    for table in concerned:
        if table.by_hand is not None:
            counts[table.label] += table.by_hand(erasing)
    theirs = [table for table in concerned if table.whose and (sections is None or table.in_class)]
    kept = [table for table in theirs if table.erase is Erase.ANONYMISE]
    for table in kept:
        _clear(table, erasing)
    for table in kept:
        counts[table.label] += _hand_over(table, erasing)
    for table in theirs:
        if table.erase is Erase.DELETE:
            counts[table.label] += _delete(table, erasing)
    transaction.on_commit(storage.forget_deleted)
    return {label: count for label, count in counts.items() if count}


def _clear(table: Table, erasing: Erasing) -> None:
    """Empty the fields of rows that stay."""
    empty = {name: _empty(table, name) for name in table.fields if table.erasure_of(name) is Erase.CLEAR}
    own = {name: value for name, value in empty.items() if not table.model._meta.get_field(name).is_relation}
    if own:
        rows_of(table, erasing.person, erasing.sections).update(**own)


def _empty(table: Table, name: str) -> object:
    field = table.model._meta.get_field(name)
    return None if getattr(field, "null", False) else ""


def _hand_over(table: Table, erasing: Erasing) -> int:
    """Let the stand-in of each class have the rows that belong to it."""
    rows = rows_of(table, erasing.person, erasing.sections)
    if "__" in table.whose:
        # These hang on rows that are handed over themselves.
        return rows.count()
    changed = 0
    for section_id in sorted(set(rows.order_by().values_list(table.in_class, flat=True))):
        in_class = rows.filter(**{table.in_class: section_id})
        changed += in_class.update(**{table.whose: erasing.holder(section_id)})
    return changed


def _delete(table: Table, erasing: Erasing) -> int:
    """Delete rows, and count those of this table alone; others that hang on them have tables of their own."""
    _total, by_model = rows_of(table, erasing.person, erasing.sections).delete()
    return by_model.get(table.label, 0)


def _stand_in(section_id: int, at: datetime, *, has_place: bool) -> User:
    """A nameless account that nobody can sign in to.

    It has a place in the class, which has ended, where the person was in it until now: so it counts in the averages of
    which they were a part, and in no others.
    """
    stand_in = User(username=f"erased-{token_hex(8)}", name="", is_active=False, is_stand_in=True, created_at=at)
    stand_in.set_unusable_password()
    stand_in.save()
    if has_place:
        Membership.objects.create(section_id=section_id, user=stand_in, role=Role.STUDENT, joined_at=at, ended_at=at)
    return stand_in
