"""Queries whose SQL is built once and then asked with other numbers.

Building a statement of several joins costs Django up to ten times what running it does. A page that everybody opens
all day asks the same few again and again, with nothing changed but ids: those are built the first time, with stand-ins
for the ids, and afterwards only run. Where it asks for many ids at once, that is once for each number of them.
"""

import threading
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import IntegerField, Model, QuerySet
from django.db.models.query import get_related_populators

Row = tuple[Any, ...]
M = TypeVar("M", bound=Model)

# What is asked by: an id, another whole number, or many of them; or a moment.
Asked = int | datetime | Collection[int]

# Every column of whole numbers holds them, and no query names one of itself; of the many there are more, and all ids.
_STAND_IN, _STAND_IN_OF_MANY = 2**15 - 2**10, 2**63 - 2**20
_STAND_IN_MOMENT = datetime(8999, 12, 31, tzinfo=UTC)
# Of one query; after so many numbers of ids a thread begins anew.
_MOST_STATEMENTS = 200


class NotPrepared(Exception):
    """A value that the query is asked with is not in its SQL as it was given, so no other can be put in its place."""


@dataclass(frozen=True)
class _Statement:
    sql: str
    # Of each parameter: its place among all that is asked by, or None and the value.
    parameters: tuple[tuple[int | None, Any], ...]
    compiler: Any
    # Of each column that Python has another type for: its place, what reads a value of it, and whether it is a whole
    # number, which the driver mostly gives as one.
    readers: list[tuple[int, Callable[[Any], Any], bool]]

    @cached_property
    def populators(self) -> list[Any]:
        """What makes the models that were selected beside the query's own."""
        # The stubs are of a later Django, where it takes one argument more.
        about: Any = (self.compiler.klass_info, self.compiler.select, DEFAULT_DB_ALIAS)
        return list(get_related_populators(*about))

    @cached_property
    def names(self) -> list[str]:
        """The fields of the query's own model."""
        places = self.compiler.klass_info["select_fields"]
        return [column[0].target.attname for column in self.compiler.select[places[0] : places[-1] + 1]]


class _Prepared:
    def __init__(self, build: Callable[..., QuerySet[Any, Any]], *names: str) -> None:
        self._build = build
        self._names = names
        self._statements = _Statements()

    def _statement(self, asked: Sequence[Asked]) -> _Statement | None:
        """None where no row can be found, since one of the collections is empty."""
        connection = connections[DEFAULT_DB_ALIAS]
        built = self._statements.of(connection)
        numbers = tuple(1 if isinstance(each, int | datetime) else len(each) for each in asked)
        if numbers not in built:
            if len(built) >= _MOST_STATEMENTS:
                built.clear()
            built[numbers] = self._prepare(connection, asked)
        return built[numbers]

    def _prepare(self, connection: Any, asked: Sequence[Asked]) -> _Statement | None:
        given: dict[str, Asked] = {}
        stand_ins: dict[Any, int] = {}
        for place, (name, each) in enumerate(zip(self._names, asked, strict=True)):
            if isinstance(each, datetime):
                given[name] = moment = _STAND_IN_MOMENT + timedelta(seconds=place)
                stand_ins[connection.ops.adapt_datetimefield_value(moment)] = len(stand_ins)
            elif isinstance(each, int):
                given[name] = _STAND_IN + place
                stand_ins[_STAND_IN + place] = len(stand_ins)
            else:
                first = _STAND_IN_OF_MANY + len(stand_ins)
                given[name] = many = range(first, first + len(each))
                stand_ins |= {value: len(stand_ins) + at for at, value in enumerate(many)}
        compiler = self._build(**given).query.get_compiler(connection=connection)
        try:
            sql, parameters = compiler.as_sql()
        except EmptyResultSet as empty:
            if all(each or not isinstance(each, Collection) for each in asked):
                raise NotPrepared(self._names) from empty
            return None
        placed = tuple((stand_ins.get(each) if isinstance(each, Hashable) else None, each) for each in parameters)
        if {place for place, _value in placed} - {None} != set(stand_ins.values()):
            raise NotPrepared(self._names)
        select = [column for column, _sql, _alias in compiler.select[: compiler.col_count]]
        readers = [
            (place, _reader(convert, expression, connection), _is_number(convert, expression))
            for place, (converters, expression) in compiler.get_converters(select).items()
            for convert in converters
        ]
        return _Statement(sql, placed, compiler, readers)

    def _rows(self, statement: _Statement, asked: Sequence[Asked]) -> list[Row]:
        adapt = statement.compiler.connection.ops.adapt_datetimefield_value
        values: list[Any] = []
        for each in asked:
            if isinstance(each, int):
                values.append(each)
            elif isinstance(each, datetime):
                values.append(adapt(each))
            else:
                values.extend(each)
        parameters = [value if place is None else values[place] for place, value in statement.parameters]
        with statement.compiler.connection.cursor() as cursor:
            cursor.execute(statement.sql, parameters)
            found: list[Row] = cursor.fetchall()
        if not (found and statement.readers):
            return found
        columns: list[Sequence[Any]] = list(zip(*found, strict=True))
        for place, read, is_number in statement.readers:
            if is_number and set(map(type, columns[place])) == {int}:
                continue
            columns[place] = [read(value) for value in columns[place]]
        return list(zip(*columns, strict=True))


def _reader(convert: Callable[..., Any], expression: Any, connection: Any) -> Callable[[Any], Any]:
    if convert != getattr(connection.ops, "convert_datetimefield_value", None):
        return lambda value: convert(value, expression, connection)
    # What Django's own comes to where the driver has read the time already, in a fifth of its steps.
    zone = connection.timezone if settings.USE_TZ else None
    return lambda value: (
        value.replace(tzinfo=zone) if type(value) is datetime else convert(value, expression, connection)
    )


def _is_number(convert: Callable[..., Any], expression: Any) -> bool:
    """Whether it is Django's own making of an ``int`` of what a database has worked out."""
    return convert == expression.convert_value and isinstance(expression.output_field, IntegerField)


class _Statements(threading.local):
    """By how many ids they ask for. A statement knows the connection that it was built on; each thread has its own."""

    def __init__(self) -> None:
        self._connection: Any = None
        self._built: dict[tuple[int, ...], _Statement | None] = {}

    def of(self, connection: Any) -> dict[tuple[int, ...], _Statement | None]:
        if self._connection is not connection:
            self._connection, self._built = connection, {}
        return self._built


class PreparedRows(_Prepared):
    """``build`` gives a query set of ``values_list`` for named ids; calling it with ids gives the rows."""

    def __call__(self, **values: Asked) -> list[Row]:
        asked = [values[name] for name in self._names]
        statement = self._statement(asked)
        return self._rows(statement, asked) if statement else []


class PreparedModels(_Prepared, Generic[M]):
    """``build`` gives a query set of models, with those that ``select_related`` and ``annotate`` add."""

    def __call__(self, **values: Asked) -> list[M]:
        asked = [values[name] for name in self._names]
        statement = self._statement(asked)
        if statement is None:
            return []
        about = statement.compiler.klass_info
        first, last = about["select_fields"][0], about["select_fields"][-1] + 1
        found = []
        for row in self._rows(statement, asked):
            each = about["model"].from_db(DEFAULT_DB_ALIAS, statement.names, row[first:last])
            for populator in statement.populators:
                populator.populate(row, each)
            for name, place in statement.compiler.annotation_col_map.items():
                setattr(each, name, row[place])
            found.append(each)
        return found
