"""Changing what is watched for."""

import re
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from classroom.library.models import Film
from classroom.people.models import Section, User
from classroom.screening.matching.folding import fold
from classroom.screening.models import FilmWords, WatchedWord

_LETTERS = re.compile(r"[a-zñ]{2,}|[\u3400-\u9fff]{2,}")
_NAMES = re.compile(r"@([A-Za-z0-9_]{2,30})")


@transaction.atomic
def watch(*, section: Section, word: str, action: str, by: User, at: datetime) -> WatchedWord:
    """Put a word on a class's list; where it is there, what happens changes."""
    row, _made = WatchedWord.objects.update_or_create(
        section=section, word=word, defaults={"action": action, "added_by": by, "added_at": at}
    )
    return row


def forget(*, word: WatchedWord) -> None:
    """Take a word off a class's list."""
    word.delete()


def learn(*, film: Film, texts: Iterable[str]) -> FilmWords:
    """Keep which words and names the texts of a film's kit use, so that no list stops them."""
    words: set[str] = set()
    names: set[str] = set()
    for text in texts:
        words.update(_LETTERS.findall(fold(text).text))
        names.update(name.casefold() for name in _NAMES.findall(text))
    learnt, _made = FilmWords.objects.update_or_create(
        film=film, defaults={"kit_version": film.kit_version, "words": sorted(words), "names": sorted(names)}
    )
    return learnt
