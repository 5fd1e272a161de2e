"""What is watched for in a class, made ready to look with."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Q, QuerySet

from classroom.lessons.models import Step
from classroom.library.models import Fact, Film, Term
from classroom.screening.matching import Action, Entry, Match, WordList, screen
from classroom.screening.matching.lists import site_allowed, site_entries
from classroom.screening.models import FilmWords, WatchedWord

LISTS_KEPT_READY = 64


@dataclass(frozen=True)
class Rules:
    """What a class's posts are looked through for; ``known`` are names that the film itself speaks of."""

    words: WordList
    known: frozenset[str]

    def matches(self, text: str) -> list[Match]:
        return screen(text, self.words, known=self.known)


def rules_for(section_id: int, film_words: FilmWords) -> Rules:
    """The lists in force in a class, in one query: the class's own go before the site's, and these before ours."""
    rows = WatchedWord.objects.filter(Q(section=section_id) | Q(section__isnull=True)).order_by("pk")
    own = {(row.section_id is not None, row.word.casefold()): row.action for row in rows}
    named = {word: action for (of_class, word), action in own.items() if not of_class}
    named |= {word: action for (of_class, word), action in own.items() if of_class}
    return Rules(_words(frozenset(named.items()), frozenset(film_words.words)), frozenset(film_words.names))


@lru_cache(maxsize=LISTS_KEPT_READY)
def _words(own: frozenset[tuple[str, str]], allowed: frozenset[str]) -> WordList:
    named = dict(own)
    entries = [entry for entry in site_entries() if entry.word not in named]
    entries += [Entry(word, Action(action)) for word, action in sorted(own) if action != Action.ALLOW]
    let_through = [word for word, action in named.items() if action == Action.ALLOW]
    return WordList(entries, {*site_allowed(), *allowed, *let_through})


def class_words(section_id: int) -> QuerySet[WatchedWord]:
    """What a class has put on its own list, by word."""
    return WatchedWord.objects.filter(section=section_id).select_related("added_by").order_by("word", "pk")


def is_watched(section_id: int, word: str) -> bool:
    """Whether a class has this word on its own list."""
    return WatchedWord.objects.filter(section=section_id, word=word).exists()


def texts_of(film: Film) -> Iterable[str]:
    """What the film's kit says of it: facts, terms and lessons."""
    for row in Fact.objects.filter(film=film).values_list("statement", "value", "subject"):
        yield from (str(each) for each in row)
    for term, definition, chinese in Term.objects.filter(film=film).values_list("term", "definition", "chinese"):
        yield from (term, definition, chinese)
    yield from Step.objects.filter(lesson__film=film, lesson__owner__isnull=True).values_list("body", flat=True)
