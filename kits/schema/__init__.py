"""The JSON Schema of a kit's files, and what is wrong with data by it, said plainly."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

SCHEMA_FILE = Path(__file__).with_name("kit.schema.json")

WORDINGS = {
    "enum": "'{name}' is {told}; it may be {allowed}",
    "const": "'{name}' is {told}; with the other fields of this element it must be {allowed}",
    "pattern": "'{name}' is {told}, which is not of the form {allowed}",
    "minLength": "'{name}' is empty",
    "maxLength": "'{name}' has {length} characters; it may have {allowed}",
    "type": "'{name}' is {told}; its type must be {allowed}",
    "required": "missing: {allowed}",
}


@cache
def kit_schema() -> dict[str, Any]:
    """The schema as shipped: one entry in `$defs` for each kind of file or element."""
    schema: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return schema


@cache
def _validator(definition: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": f"#/$defs/{definition}", "$defs": kit_schema()["$defs"]})


def faults(definition: str, data: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """(path into the data, message) for everything that the named definition of the schema does not allow."""
    for error in _validator(definition).iter_errors(data):
        yield tuple(error.absolute_path), _message(error)


def _message(error: ValidationError) -> str:
    """The validator's message, or a plainer one for the faults that a writer of a kit meets most."""
    wording = WORDINGS.get(str(error.validator))
    if not wording:
        return str(error.message)
    allowed: Any = error.validator_value
    held: Any = error.instance
    if isinstance(allowed, list):
        allowed = [each for each in allowed if error.validator != "required" or each not in held]
        allowed = ", ".join(map(str, allowed))
    return wording.format(
        name=error.absolute_path[-1] if error.absolute_path else "",
        told=repr(held) if len(repr(held)) < 60 else "the value",
        allowed=allowed,
        length=len(held) if isinstance(held, str) else 0,
    )
