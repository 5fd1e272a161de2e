"""The inventory as a document, which says what the code says."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from classroom.common import data_inventory
from classroom.privacy import inventory

DOCUMENT = settings.BASE_DIR / "docs" / "privacy.md"


def test_the_record_of_processing_is_what_the_code_says() -> None:
    """If not: manage.py data_inventory --into docs/privacy.md"""
    written = DOCUMENT.read_text()
    assert inventory.put_into(written) == written


def test_the_command_prints_and_writes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "privacy.md"
    file.write_text("# Ours\n<!-- inventory --> stale-words <!-- end of inventory -->\nEnd.\n")
    call_command("data_inventory", into=file)
    call_command("data_inventory")
    printed = capsys.readouterr().out.partition("\n")[2]
    assert printed.strip() in file.read_text()
    assert "stale-words" not in file.read_text()
    assert "| `username` | identity |" in printed

    file.write_text("No marks.")
    with pytest.raises(CommandError, match="marks"):
        call_command("data_inventory", into=file)


def test_as_json_it_has_every_field_of_every_table(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("data_inventory", format="json")
    data = json.loads(capsys.readouterr().out)
    assert set(data) == {table.label for table in data_inventory.tables()}
    assert data["classroom.Post"]["fields"]["body"] == {
        "class": "expression",
        "purpose": "What they said.",
        "readers": ["the person", "the class", "who teaches the class", "admins"],
        "kept": "class",
        "on_erasure": "delete",
    }


def test_each_way_of_keeping_and_of_erasing_has_its_words() -> None:
    assert set(inventory.COUNTED_FROM) == set(data_inventory.Keep)
    assert set(inventory.ERASED) == set(data_inventory.Erase)
