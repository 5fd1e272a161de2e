"""Text from outside, before anything is made of it."""

import unicodedata
from collections.abc import Iterable

# Format characters (zero width, direction) hide in a name or turn it round; the joiners alone are part of real names.
_JOINERS = {"\u200c", "\u200d"}
# What is shorter than this is typed again sooner than it is copied.
_WORTH_COPYING = 20


def storable(text: str) -> bool:
    """Whether every database takes it: no NUL, and no half of a surrogate pair."""
    return "\x00" not in text and not any(0xD800 <= ord(letter) <= 0xDFFF for letter in text)


def visible_name(text: str) -> str:
    """A name as it is kept: composed (NFC), one space between words, nothing unseen in it; "" where nothing is left."""
    composed = unicodedata.normalize("NFC", text)
    seen = "".join(
        letter
        for letter in composed
        if letter in _JOINERS or letter.isspace() or not unicodedata.category(letter).startswith("C")
    )
    name = " ".join(seen.split())
    return name if any(letter.isalnum() for letter in name) else ""


def in_sentences(fields: Iterable[tuple[str, str]]) -> list[str]:
    """Of a form's fields, what somebody wrote at length; no password, and none of what the form carried by itself."""
    return [
        value
        for name, value in fields
        # Chinese is written without spaces.
        if "password" not in name
        and len(value.strip()) >= _WORTH_COPYING
        and (len(value.split()) > 1 or not value.isascii())
    ]
