"""What is vendored is what its script made, and small enough for a school's line."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest
from django.conf import settings

VENDOR = Path(settings.BASE_DIR) / "classroom" / "static" / "classroom" / "vendor"
LISTED = re.findall(r"^\| (\S+) \|.*`([0-9a-f]{64})` \|$", (VENDOR / "README.md").read_text(), re.MULTILINE)


@pytest.mark.parametrize(("name", "sha256"), LISTED)
def test_a_vendored_file_is_as_it_was_made(name: str, sha256: str) -> None:
    assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == sha256


def test_every_vendored_file_is_listed() -> None:
    assert {name for name, _sha256 in LISTED} == {path.name for path in VENDOR.iterdir()} - {"README.md"}


def test_the_style_sheet_fetches_nothing_and_stays_small() -> None:
    css = (VENDOR / "bootstrap.css").read_bytes()

    assert b"url(http" not in css
    assert b"@import" not in css
    assert len(gzip.compress(css, 9)) < 16_000
