"""A small kit about a film that does not exist: it proves that nothing in the code knows the real one."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).parent
LIGHTHOUSE = HERE / "the-lighthouse"
DOCUMENTS = HERE / "the-lighthouse-documents"


class KitFolder:
    """A copy of the small kit that a test may spoil."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.documents = DOCUMENTS

    def replace(self, file: str, old: str, new: str) -> "KitFolder":
        """Put `new` for the first `old` in a file."""
        path = self.path / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return self

    def write(self, file: str, text: str) -> "KitFolder":
        """Write a whole file."""
        (self.path / file).parent.mkdir(parents=True, exist_ok=True)
        (self.path / file).write_text(text, encoding="utf-8")
        return self

    def line_of(self, file: str, text: str) -> int:
        """The number of the first line that holds the text."""
        lines = (self.path / file).read_text(encoding="utf-8").splitlines()
        return next(number for number, line in enumerate(lines, 1) if text in line)


@pytest.fixture
def kit(tmp_path: Path) -> KitFolder:
    return KitFolder(shutil.copytree(LIGHTHOUSE, tmp_path / "kit"))


@pytest.fixture
def spoil(kit: KitFolder) -> Callable[[str, str, str], KitFolder]:
    """``spoil(file, old, new)`` gives the small kit with one thing changed."""
    return kit.replace
