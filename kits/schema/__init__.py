"""The JSON Schema of a kit's files, and what is wrong with data by it, said plainly."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

SCHEMA_FILE = Path(__file__).with_name("kit.schema.json")


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
    name = error.absolute_path[-1] if error.absolute_path else ""
    told = f"{error.instance!r}" if len(repr(error.instance)) < 60 else "the value"
    if error.validator == "enum":
        return f"'{name}' is {told}; it may be {', '.join(map(str, error.validator_value))}"
    if error.validator == "const":
        return f"'{name}' is {told}; with the other fields of this element it must be {error.validator_value}"
    if error.validator == "pattern":
        return f"'{name}' is {told}, which is not of the form {error.validator_value}"
    if error.validator == "minLength":
        return f"'{name}' is empty"
    if error.validator == "maxLength":
        return f"'{name}' has {len(error.instance)} characters; it may have {error.validator_value}"
    if error.validator == "type":
        kinds = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
        return f"'{name}' is {told}; it must be of type {' or '.join(kinds)}"
    if error.validator == "required":
        missing = [field for field in error.validator_value if field not in error.instance]
        return f"missing: {', '.join(missing)}"
    return str(error.message)
