"""Looking through a text for what a person should see before a class does. No text leaves the server."""

from collections.abc import Collection

from classroom.screening.matching import concern, private
from classroom.screening.matching.folding import fold
from classroom.screening.matching.kinds import CONCERNS, PRIVATE, Action, Kind, Match
from classroom.screening.matching.words import Entry, WordList, is_entry

__all__ = ["CONCERNS", "PRIVATE", "Action", "Entry", "Kind", "Match", "WordList", "is_entry", "screen"]


def screen(text: str, words: WordList, *, known: Collection[str] = ()) -> list[Match]:
    """Everything in a text that somebody should see, in the order in which it stands there.

    ``known`` are names on other services that the film itself speaks of, in lower case and without their @.
    """
    folded = fold(text)
    return sorted([*words.find(folded), *concern.find(folded), *private.find(text, known)])
