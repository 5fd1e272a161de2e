"""From plain data that fits the schema to the typed elements of `shapes`."""

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from kits.reading.places import Place
from kits.reading.yamlfile import YamlFile, YamlPath

# Names of fields that are words of Python, or say too little, in a file.
NAMES_IN_FILES = {"from_facts": "from", "from_end": "from", "to_end": "to"}
# Fields that are text even where the file writes a bare number, such as a year.
YEARS = frozenset({"date", "period"})


@cache
def _fields(shape: type) -> tuple[tuple[str, str, Any], ...]:
    """(name in the class, name in files, type) of every field but `at`."""
    hints = get_type_hints(shape)
    return tuple((f.name, NAMES_IN_FILES.get(f.name, f.name), hints[f.name]) for f in fields(shape) if f.name != "at")


def place_of(file: YamlFile, path: YamlPath, data: Mapping[str, Any]) -> Place:
    """The place of the element at `path`, with the lines of its fields and of what is in them (`paragraphs.3`)."""
    lines = {name: file.line((*path, name)) for name in data}
    for name, value in data.items():
        if isinstance(value, dict):
            lines.update({f"{name}.{inner}": file.line((*path, name, inner)) for inner in value})
    return Place(file.name, file.line(path), lines)


def build(shape: type, file: YamlFile, path: YamlPath, data: Mapping[str, Any], **more: Any) -> Any:
    """An element of the class `shape` from `data`, which stands at `path` in `file` and fits the schema."""
    values: dict[str, Any] = dict(more)
    for name, name_in_file, hint in _fields(shape):
        if name_in_file in data and name not in more:
            values[name] = _convert(hint, file, (*path, name_in_file), data[name_in_file])
    if values.get("value_type") in YEARS:
        values["value"] = str(values["value"])
    return shape(at=place_of(file, path, data), **values)


def _convert(hint: Any, file: YamlFile, path: YamlPath, data: Any) -> Any:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        inner = [kind for kind in get_args(hint) if is_dataclass(kind)]
        return _convert(inner[0], file, path, data) if inner else data
    if origin is tuple:
        item = get_args(hint)[0]
        return tuple(_convert(item, file, (*path, index), each) for index, each in enumerate(data))
    if isinstance(hint, type) and is_dataclass(hint):
        return build(hint, file, path, data)
    if isinstance(data, dict):
        to_key = get_args(hint)[0]
        return {to_key(key): value for key, value in data.items()}
    return str(data) if hint is str else data
