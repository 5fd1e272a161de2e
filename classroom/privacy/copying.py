"""A copy of all that the site holds of one student, by the inventory: readable, and as data.

What other people wrote or are called is not in it: fields that name others are never copied. Of sealed threads only the
student's own copy tells, since nobody else may know who wrote what there before their name is opened. It is the student
who may not be told a score before it is released: their own copy has it from then on, a copy that the school makes has
it always.
"""

import io
import json
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model, QuerySet
from django.template.loader import render_to_string

from classroom.common import data_inventory
from classroom.common.data_inventory import Erase, Field, Kind, Show, Table
from classroom.gradebook.queries import untold_to
from classroom.people.models import User
from classroom.privacy.erasing import rows_of


@dataclass(frozen=True)
class Column:
    """A field as the copy has it; ``purpose`` says what the site has it for."""

    name: str
    title: str
    purpose: str


@dataclass(frozen=True)
class Part:
    """One table of the copy: values by row, in the order of the columns."""

    label: str
    about: str
    columns: list[Column]
    rows: list[list[object]]


@dataclass(frozen=True)
class Copy:
    """A whole copy. ``own`` is the student's own, which alone holds what they said in sealed threads."""

    person: User
    own: bool
    parts: list[Part]
    at: datetime


def copy_of(person: User, *, at: datetime, sections: frozenset[int] | None = None, own: bool = False) -> Copy:
    """All of a person, or with ``sections`` what they did in those classes; some two queries a table."""
    parts = []
    untold = untold_to(person, at) if own else None
    for table in data_inventory.personal_tables():
        if not table.whose or table.erase is Erase.KEEP:
            continue
        if sections is not None and not table.in_class and table.model is not User:
            continue
        rows = rows_of(table, person.pk, sections if table.in_class else None)
        if table.sealed and not own:
            rows = rows.exclude(table.sealed)
        if table.score_of and untold is not None:
            rows = rows.exclude(**{f"{table.score_of}__in": untold.scores})
        if table.marks_of and untold is not None:
            rows = rows.exclude(**{f"{table.marks_of}__in": untold.marks})
        part = _part(table, rows)
        if part.rows:
            parts.append(part)
    return Copy(person, own, parts[::-1], at)


def _part(table: Table, rows: QuerySet[Any]) -> Part:
    copied = {name: each for name, each in table.fields.items() if _is_copied(table, name, each)}
    relations = {_relation(table, name, each.shown) for name, each in copied.items() if each.shown is not None}
    joined = rows.select_related(*sorted(relations - {""})).order_by("pk")
    columns = [Column(name, _title(table, name), each.purpose) for name, each in copied.items()]
    return Part(
        table.label, str(table.about), columns, [[_value(row, name, copied[name]) for name in copied] for row in joined]
    )


def _is_copied(table: Table, name: str, field: Field) -> bool:
    """What names the student in each row need not be said in each row; relations, only where it is said how."""
    if field.kind is Kind.NONE or not field.copied:
        return False
    return field.shown is not None or not table.model._meta.get_field(name).is_relation


def _relation(table: Table, name: str, shown: str | Show) -> str:
    """What has to be fetched with the rows: all of a lookup but its last step; for a function, the field's own row."""
    if isinstance(shown, str):
        return shown.rpartition("__")[0]
    return name if table.model._meta.get_field(name).is_relation else ""


def _title(table: Table, name: str) -> str:
    return str(getattr(table.model._meta.get_field(name), "verbose_name", name))


def _value(row: Model, name: str, field: Field) -> object:
    if callable(field.shown):
        return _plain(field.shown(row))
    found: Any = row
    for step in (field.shown or name).split("__"):
        found = getattr(found, step) if found is not None else None
    return _plain(found)


def _plain(value: object) -> object:
    """As JSON can say it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value if value is None or isinstance(value, str | int | float | bool | list | dict) else str(value)


def as_data(copy: Copy) -> dict[str, object]:
    """The copy as ``data.json`` holds it: tables by label, each a list of rows by field."""
    return {
        "made_at": copy.at.isoformat(),
        "includes_sealed_threads": copy.own,
        "tables": {
            part.label: {
                "about": part.about,
                "fields": {column.name: column.purpose for column in part.columns},
                "rows": [
                    {column.name: value for column, value in zip(part.columns, row, strict=True)} for row in part.rows
                ],
            }
            for part in copy.parts
        },
    }


def as_zip(copy: Copy) -> bytes:
    """``index.html`` to read and ``data.json`` to take elsewhere."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("index.html", render_to_string("classroom/privacy/copy.html", {"copy": copy}))
        archive.writestr("data.json", json.dumps(as_data(copy), ensure_ascii=False, indent=1))
    return packed.getvalue()
