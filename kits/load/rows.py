"""Rows of one kind: found by key, made where they are missing, saved together, retired where they are gone."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet

from kits.load.plan import Plan, State
from kits.records.shapes import Record

Row = TypeVar("Row", bound=Model)


class Rows(Generic[Row]):
    """The rows that a load writes for one kind. `queryset` finds those of a film; `made_with` makes new ones."""

    def __init__(
        self, queryset: QuerySet[Row], kind: str, plan: Plan, records: Mapping[str, Record], **made_with: Any
    ) -> None:
        self.kind, self.plan, self.records = kind, plan, records
        self.queryset, self.made_with = queryset, made_with
        self.stored: dict[str, Row] = {row.key: row for row in queryset}  # type: ignore[attr-defined]
        self.new: dict[str, Row] = {}
        for change in plan.written(kind):
            if change.key not in self.stored:
                self.new[change.key] = queryset.model(key=change.key, **made_with)

    def each(self) -> Iterator[tuple[Row, Record]]:
        """Each row to write with its record."""
        for change in self.plan.written(self.kind):
            yield self.by_key()[change.key], self.records[change.key]

    def save(self) -> None:
        """Save what was set: new rows together, changed ones one by one."""
        for change in self.plan.written(self.kind):
            if change.key in self.stored:
                self.stored[change.key].save()
        self.queryset.model._default_manager.bulk_create(self.new.values())

    def by_key(self) -> dict[str, Row]:
        """All rows of the kind by their keys, stored and new."""
        return {**self.stored, **self.new}

    def gone(self) -> list[Row]:
        """The rows that are in the files no more."""
        return [self.stored[change.key] for change in self.plan.of(self.kind, State.RETIRED)]

    def retire(self, at: datetime) -> None:
        """Mark what is gone as retired."""
        retire_rows(self.queryset, self.gone(), at)


def retire_rows(queryset: QuerySet[Row], rows: Iterable[Row], at: datetime) -> None:
    """Mark rows as retired, in one query."""
    queryset.filter(pk__in=[row.pk for row in rows]).update(retired_at=at)
