"""Where something stands in a kit, and what is wrong there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, order=True)
class Problem:
    """One fault in a kit: `file` is relative to the kit's folder, `line` counts from 1 (0: the file as a whole)."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"


@dataclass(frozen=True)
class Place:
    """The file and line where an element begins, and the lines of its fields."""

    file: str
    line: int
    fields: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)

    def of(self, name: str) -> "Place":
        """The place of one field; the element's own where the field is absent."""
        return Place(self.file, self.fields.get(name, self.line))

    def problem(self, message: str, *, field: str = "") -> Problem:
        """A problem at this place, or at the named field."""
        return Problem(self.file, self.fields.get(field, self.line), message)


class Problems:
    """Collects problems without repeating one; sorted by file and line when asked for."""

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        self._found = dict.fromkeys(problems)

    def add(self, problem: Problem) -> None:
        """Note one problem."""
        self._found[problem] = None

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note several problems."""
        self._found.update(dict.fromkeys(problems))

    def __bool__(self) -> bool:
        return bool(self._found)

    def sorted(self) -> list[Problem]:
        """All problems, by file, line and message."""
        return sorted(self._found)
