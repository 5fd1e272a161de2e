"""The lists that come with the project, as data: ``lists/words-*.txt``."""

from functools import cache

from classroom.screening.matching.concern import LANGUAGES, lines
from classroom.screening.matching.kinds import Action
from classroom.screening.matching.words import Entry

_WITH_HAN = "han:"


@cache
def site_entries() -> tuple[Entry, ...]:
    """The watched words that every site begins with."""
    return tuple(
        Entry(word.removeprefix(_WITH_HAN), action, with_han=word.startswith(_WITH_HAN))
        for action, word in _rows()
        if action != Action.ALLOW
    )


@cache
def site_allowed() -> tuple[str, ...]:
    """Words that hold a watched one and mean something else."""
    return tuple(word for action, word in _rows() if action == Action.ALLOW)


@cache
def _rows() -> tuple[tuple[Action, str], ...]:
    rows = [line.partition(" ") for language in LANGUAGES for line in lines(f"words-{language}.txt")]
    return tuple((Action(action), word) for action, _space, word in rows)
