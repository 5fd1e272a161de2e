"""The kits that come with the programme, and the schema that describes them."""

import json
import re
import time
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from kits.check import check_folder
from kits.reading.yamlfile import parse_yaml
from kits.schema import SCHEMA_FILE, faults, kit_schema
from kits.shipped import kit_folder, shipped_kit, shipped_kits

FORMAT = Path(__file__).parents[2] / "docs" / "kit-format.md"
SHIPPED = sorted(path.name for path in shipped_kits().iterdir() if (path / "film.yaml").is_file())


@pytest.mark.parametrize("key", SHIPPED)
def test_a_shipped_kit_has_no_fault(key: str) -> None:
    report = check_folder(shipped_kit(key))
    assert report.problems == []
    assert report.warnings == []
    assert report.kit is not None
    assert report.kit.film.key == key


@pytest.mark.slow
@pytest.mark.parametrize("key", SHIPPED)
def test_a_shipped_kit_is_checked_within_three_seconds(key: str) -> None:
    began = time.perf_counter()
    check_folder(shipped_kit(key))
    assert time.perf_counter() - began < 3


def test_a_kit_that_is_not_shipped_is_not_found() -> None:
    with pytest.raises(FileNotFoundError, match="No kit 'the-lighthouse'"):
        shipped_kit("the-lighthouse")


def test_a_command_takes_a_folder_or_the_key_of_a_shipped_kit(tmp_path: Path) -> None:
    assert kit_folder(str(tmp_path)) == tmp_path
    assert kit_folder(SHIPPED[0]) == shipped_kit(SHIPPED[0])
    assert kit_folder("the-lighthouse") == Path("the-lighthouse")


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(kit_schema())
    assert json.loads(SCHEMA_FILE.read_text(encoding="utf-8")) == kit_schema()


def test_every_definition_of_the_schema_is_a_file_or_is_used() -> None:
    text = json.dumps(kit_schema())
    files = {name for name, definition in kit_schema()["$defs"].items() if "description" in definition}
    for name in kit_schema()["$defs"]:
        assert name in files or f"#/$defs/{name}" in text


@pytest.mark.parametrize(
    ("heading", "definition"),
    [
        ("## film.yaml", "film"),
        ("## sources.yaml", "sources"),
        ("## facts", "facts"),
        ("## conflicts", "conflicts"),
        ("## terms.yaml", "terms"),
        ("## prompts.yaml", "prompts"),
        ("## guidelines.yaml", "guidelines"),
        ("## quizzes", "quiz"),
    ],
)
def test_the_examples_of_the_format_fit_the_schema(heading: str, definition: str) -> None:
    section = FORMAT.read_text(encoding="utf-8").split(heading, 1)[1]
    example = re.search(r"```yaml\n(.*?)```", section, re.DOTALL)
    assert example
    messages = [
        message
        for path, message in faults(definition, parse_yaml(example[1], heading).data)
        # The examples shorten what a file writes out.
        if "paragraphs" not in path and "facts" not in path
    ]
    assert messages == []
