r"""The characters that GIFT keeps for itself, and how they are written: \~ \= \# \{ \} \: \\ and \n."""

from typing import Final

# Each escaped character stands as a noncharacter while a question is taken apart, as Moodle does with "&&035;".
_HELD: Final = {mark: chr(0xFDD0 + place) for place, mark in enumerate(":#={}~\n")}
_SHOWN: Final = str.maketrans({held: mark for mark, held in _HELD.items()})
_AFTER_SLASH: Final = {**{mark: held for mark, held in _HELD.items() if mark != "\n"}, "n": _HELD["\n"], "\\": "\\"}
_ESCAPED: Final = str.maketrans(
    {**{mark: f"\\{mark}" for mark in "\\#={}~:"}, "\n": "\\n", "\r": ""},
)


def hold(text: str) -> str:
    """The text with its escaped characters out of the way."""
    out: list[str] = []
    place = 0
    while True:
        found = text.find("\\", place)
        if found < 0:
            return "".join((*out, text[place:]))
        out.append(text[place:found])
        after = text[found + 1 : found + 2]
        out.append(_AFTER_SLASH.get(after, f"\\{after}"))
        place = found + 2


def show(text: str) -> str:
    """The text as its author meant it."""
    return text.translate(_SHOWN).strip()


def escape(text: str) -> str:
    """The text as GIFT holds it."""
    return text.strip().translate(_ESCAPED)
