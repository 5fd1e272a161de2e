"""The words of a post that a decision is about."""

import re
from dataclasses import dataclass

from classroom.discussions.models import Post


@dataclass(frozen=True)
class Stretch:
    """A piece of a text; ``marked`` where it is what a decision is about."""

    text: str
    marked: bool = False


def place_of(words: str, text: str) -> tuple[int, int] | None:
    """Where some words stand in a text, whatever the space between them and whether capital or small; else None."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    found = re.search(pattern, text, re.IGNORECASE) if pattern else None
    return found.span() if found else None


def stretches(text: str, about: str) -> list[Stretch]:
    """A text with what a decision is about marked; in one piece where that is all of it."""
    place = place_of(about, text)
    if place is None:
        return [Stretch(text)]
    start, end = place
    pieces = (Stretch(text[:start]), Stretch(text[start:end], marked=True), Stretch(text[end:]))
    return [each for each in pieces if each.text]


def first_found(post: Post) -> str:
    """What the screening has found first in a post, for a moderator to begin from."""
    places = sorted((each["start"], each["end"]) for each in post.matches)
    return post.body[slice(*places[0])] if places else ""
