"""What an answer says of a fact, and how many say what: the rules that the pages print, and nothing else.

Of each student counts the latest attempt at a quiz that is handed in. An answer is

- **known** where it earned full marks;
- **as a source says** where it did not, and gives what a source gives for that fact, more or less finely: no mistake,
  however the question was meant;
- **mistaken** where it earned nothing and the question rests on this fact alone;
- **not clear** where it earned a part, or earned nothing and the question rests on several facts, or asks whether a
  fact that the sources dispute is true: it does not tell what was mistaken;
- **left empty**.

The share of a fact that is known is that of all who were asked, whoever left it empty among them. Where fewer than
``FEW`` were asked, no share is told.
"""

from collections import Counter
from dataclasses import dataclass, field
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FEW = 5


class Mark(Enum):
    """What one answer says of one fact; the value is how it is drawn and styled."""

    KNOWN = "known"
    MISTAKEN = "mistaken"
    READING = "reading"
    UNCLEAR = "unclear"
    EMPTY = "empty"

    @property
    def label(self) -> str | Promise:
        return _LABELS[self]

    @property
    def symbol(self) -> str:
        return _SYMBOLS[self]


_LABELS: dict[Mark, str | Promise] = {
    Mark.KNOWN: _("known"),
    Mark.MISTAKEN: _("mistaken"),
    Mark.READING: _("as a source says"),
    Mark.UNCLEAR: _("not clear"),
    Mark.EMPTY: _("left empty"),
}
_SYMBOLS = {Mark.KNOWN: "■", Mark.MISTAKEN: "✕", Mark.READING: "○", Mark.UNCLEAR: "◢", Mark.EMPTY: "–"}


@dataclass
class Tally:
    """How many answers said what of one fact, and the mistaken ones by their words."""

    marks: Counter[Mark] = field(default_factory=Counter)
    mistakes: Counter[str] = field(default_factory=Counter)

    def add(self, mark: Mark, words: str) -> None:
        self.marks[mark] += 1
        if mark is Mark.MISTAKEN:
            self.mistakes[words] += 1

    @property
    def asked(self) -> int:
        return self.marks.total()

    @property
    def is_few(self) -> bool:
        return 0 < self.asked < FEW

    @property
    def known_percent(self) -> int | None:
        """The share of those asked who knew it, in whole per cent; None where too few were asked."""
        return None if self.asked < FEW else percent(self.marks[Mark.KNOWN], self.asked)

    @property
    def most_mistaken(self) -> tuple[str, int] | None:
        """The mistaken answer that most gave, with how many; of several, the first by the alphabet."""
        return min(self.mistakes.items(), key=lambda each: (-each[1], each[0]), default=None)


def percent(part: float, whole: int) -> int:
    """In whole per cent, a half rounded up; ``whole`` is not zero."""
    return int(100 * part / whole + 0.5)
