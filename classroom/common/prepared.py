"""Queries whose SQL is built once and then asked with other numbers.

Building a statement of several joins costs Django up to ten times what running it does. A page that everybody opens
all day asks the same few again and again, with nothing changed but ids: those are built the first time, with stand-ins
for the ids, and afterwards only run.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

Row = tuple[Any, ...]
M = TypeVar("M", bound=Model)

# No row has such an id, and every column of ids holds it.
_STAND_IN = 2**63 - 2**20


class NotPrepared(Exception):
    """A value that the query is asked with is not in its SQL as it was given, so no other can be put in its place."""


@dataclass(frozen=True)
class _Statement:
    sql: str
    # Of each parameter: the value, or the name of what stands there.
    parameters: tuple[tuple[str, Any], ...]
    compiler: Any
    converters: list[tuple[int, list[Callable[..., Any]], Any]]


class _Prepared:
    def __init__(self, build: Callable[..., QuerySet[Any, Any]], *names: str) -> None:
        self._build = build
        self._names = names
        # A statement knows the connection that it was built on, and each thread has its own.
        self._statements = threading.local()

    def _statement(self) -> _Statement:
        connection = connections[DEFAULT_DB_ALIAS]
        found: _Statement | None = getattr(self._statements, "found", None)
        if found is None or found.compiler.connection is not connection:
            found = self._statements.found = self._prepare(connection)
        return found

    def _prepare(self, connection: Any) -> _Statement:
        stand_ins = {_STAND_IN + place: name for place, name in enumerate(self._names)}
        built = self._build(**{name: value for value, name in stand_ins.items()})
        compiler = built.query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        named = tuple((stand_ins.get(each, "") if isinstance(each, int) else "", each) for each in parameters)
        if {name for name, _value in named} - {""} != set(self._names):
            raise NotPrepared(self._names)
        select = [column for column, _sql, _alias in compiler.select[: compiler.col_count]]
        converters = [(place, *both) for place, both in compiler.get_converters(select).items()]
        return _Statement(sql, named, compiler, converters)

    def _rows(self, statement: _Statement, values: Mapping[str, int]) -> list[Row]:
        parameters = [values[name] if name else value for name, value in statement.parameters]
        with statement.compiler.connection.cursor() as cursor:
            cursor.execute(statement.sql, parameters)
            found: list[Row] = cursor.fetchall()
        if not statement.converters:
            return found
        rows = [list(row) for row in found]
        for place, converters, expression in statement.converters:
            for row in rows:
                value = row[place]
                for convert in converters:
                    value = convert(value, expression, statement.compiler.connection)
                row[place] = value
        return [tuple(row) for row in rows]


class PreparedRows(_Prepared):
    """``build`` gives a query set of ``values_list`` for named ids; calling it with ids gives the rows."""

    def __call__(self, **values: int) -> list[Row]:
        return self._rows(self._statement(), values)


class PreparedModels(_Prepared, Generic[M]):
    """``build`` gives a query set of models, with those that ``select_related`` and ``annotate`` add."""

    def __call__(self, **values: int) -> list[M]:
        statement = self._statement()
        compiler = statement.compiler
        using = DEFAULT_DB_ALIAS
        about = compiler.klass_info
        places = about["select_fields"]
        first, last = places[0], places[-1] + 1
        names = [column[0].target.attname for column in compiler.select[first:last]]
        # The stubs are of a later Django, where it takes one argument more.
        populators = get_related_populators(about, compiler.select, using)  # type: ignore[call-arg]
        found = []
        for row in self._rows(statement, values):
            each = about["model"].from_db(using, names, row[first:last])
            for populator in populators:
                populator.populate(row, each)
            for name, place in compiler.annotation_col_map.items():
                setattr(each, name, row[place])
            found.append(each)
        return found
