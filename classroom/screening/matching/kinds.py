"""What the screening looks for, and what it hands back. Plain Python: no Django here."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What was found."""

    WORD = "word"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    HANDLE = "handle"
    LINK = "link"
    SELF_HARM = "self-harm"
    THREAT = "threat"


PRIVATE = frozenset({Kind.PHONE, Kind.EMAIL, Kind.ADDRESS, Kind.HANDLE, Kind.LINK})
CONCERNS = frozenset({Kind.SELF_HARM, Kind.THREAT})


class Action(StrEnum):
    """What is done about a watched word. ``ALLOW`` takes a word off the lists below it."""

    BLOCK = "block"
    HOLD = "hold"
    FLAG = "flag"
    CENSOR = "censor"
    ALLOW = "allow"


@dataclass(frozen=True, order=True)
class Match:
    """A stretch of a text, ``text[start:end]``, and why it was found; ``entry`` is the word on the list."""

    start: int
    end: int
    kind: Kind
    action: Action = Action.HOLD
    entry: str = ""

    def as_json(self) -> dict[str, int | str]:
        return {
            "start": self.start,
            "end": self.end,
            "kind": self.kind.value,
            "action": self.action.value,
            "entry": self.entry,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, int | str]) -> "Match":
        return cls(
            int(kept["start"]),
            int(kept["end"]),
            Kind(str(kept["kind"])),
            Action(str(kept["action"])),
            str(kept["entry"]),
        )
