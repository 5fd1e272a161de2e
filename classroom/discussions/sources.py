"""What a post rests on: facts of the ledger, and passages whose text the school has attached."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.discussions.models import Post, PostSource
from classroom.library import queries as library
from classroom.library import values
from classroom.library.models import Fact, Film, Passage
from classroom.library.queries import FactFilter

# A post with more of them is a list, not an argument.
AT_MOST = 6
_FOUND = 12
_FACT, _PASSAGE = "fact", "passage"


@dataclass(frozen=True, slots=True)
class Offered:
    """Something that can be attached, by the reference that a form sends for it."""

    ref: str
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class SourceView:
    """What a reader opens below a post: a fact with who says so, or a paragraph."""

    kind: str
    statement: str
    url: str
    standing: str
    # Each source with what it says.
    lines: tuple[tuple[str, str], ...]
    value: str = ""


def find(film: Film, words: str, *, for_teacher: bool) -> list[Offered]:
    """The facts and passages in which every one of these words occurs; nothing for no words."""
    if not words.strip():
        return []
    facts = library.find_facts(film, FactFilter(words=words))[:_FOUND]
    passages = _passages(film, for_teacher=for_teacher)
    for word in words.split():
        passages = passages.filter(text__icontains=word)
    return [*map(_fact, facts), *map(_passage, passages[:_FOUND])]


def by_refs(film: Film, refs: Iterable[str], *, for_teacher: bool) -> list[Offered]:
    """What these references name of the film and this person may see; others are left out, and so is what comes after
    twice as many as a post may have.
    """
    wanted = list(dict.fromkeys(refs))[: AT_MOST * 2]
    ids: dict[str, list[int]] = defaultdict(list)
    for ref in wanted:
        kind, _colon, pk = ref.partition(":")
        if pk.isascii() and pk.isdigit() and len(pk) < 18:
            ids[kind].append(int(pk))
    found: dict[str, Offered] = {}
    if ids[_FACT]:
        facts = Fact.objects.current().filter(film=film, pk__in=ids[_FACT])
        found |= {each.ref: each for each in map(_fact, facts)}
    if ids[_PASSAGE]:
        passages = _passages(film, for_teacher=for_teacher).filter(pk__in=ids[_PASSAGE])
        found |= {each.ref: each for each in map(_passage, passages)}
    return [found[ref] for ref in wanted if ref in found]


def _passages(film: Film, *, for_teacher: bool) -> QuerySet[Passage]:
    passages = Passage.objects.filter(source__film=film).exclude(text="").select_related("source")
    return passages if for_teacher else passages.filter(source__lines_for_students=True)


def _fact(fact: Fact) -> Offered:
    return Offered(f"{_FACT}:{fact.pk}", _("Fact"), fact.statement)


def _passage(passage: Passage) -> Offered:
    where = _at(passage.source.short_name, passage.number)
    return Offered(f"{_PASSAGE}:{passage.pk}", where, passage.text)


def attach(post: Post, offered: Sequence[Offered]) -> None:
    """Put these below a post, in their order. In the transaction that writes it."""
    rows = []
    for position, each in enumerate(offered, 1):
        kind, _colon, pk = each.ref.partition(":")
        rows.append(PostSource(post=post, position=position, **{f"{kind}_id": int(pk)}))
    PostSource.objects.bulk_create(rows)


def refs_of(post: Post) -> list[str]:
    """By what references a form ticks what a post rests on, in its order."""
    rows = PostSource.objects.filter(post=post).order_by("position").values_list("fact_id", "passage_id")
    return [f"{_FACT}:{fact}" if fact else f"{_PASSAGE}:{passage}" for fact, passage in rows]


def rests_on(post: Post, offered: Sequence[Offered]) -> bool:
    """Whether it is these that a post rests on, in this order."""
    return refs_of(post) == [each.ref for each in offered]


# What a query of posts adds for ``views_of``: it has then a row for each source and, of a fact, for each citation.
COLUMNS = (
    "sources__position",
    "sources__fact__citations__position",
    "sources__fact__key",
    "sources__fact__statement",
    "sources__fact__standing",
    "sources__fact__value",
    "sources__fact__value_type",
    "sources__fact__unit",
    "sources__fact__precision",
    "sources__fact__citations__says",
    "sources__fact__citations__passage__number",
    "sources__fact__citations__passage__source__short_name",
    "sources__passage__number",
    "sources__passage__text",
    "sources__passage__source__key",
    "sources__passage__source__short_name",
    "sources__passage__source__lines_for_students",
)
Row = tuple[Any, ...]


def views_of(rows: Iterable[Row], film: Film, *, for_teacher: bool) -> list[SourceView]:
    """What one post rests on, out of its rows of ``COLUMNS``."""
    by_position: dict[int, list[Row]] = defaultdict(list)
    for row in sorted((row for row in rows if row[0] is not None), key=lambda row: (row[0], row[1] or 0)):
        by_position[row[0]].append(row[2:])
    return [
        _of_fact(each, film) if each[0][0] else _of_passage(each[0][10:], film, for_teacher=for_teacher)
        for each in by_position.values()
    ]


def _of_fact(rows: Sequence[Row], film: Film) -> SourceView:
    key, statement, standing, value, value_type, unit, precision = rows[0][:7]
    return SourceView(
        kind=_("Fact"),
        statement=statement,
        url=reverse("classroom:fact", args=[film.key, key]),
        standing=str(Fact.Standing(standing).label),
        lines=tuple((_at(source, number), says) for says, number, source in (row[7:10] for row in rows) if source),
        value=values.display(values.parse(value, value_type, unit or None, precision)),
    )


def _at(source: str, paragraph: int) -> str:
    return _("%(source)s, paragraph %(number)d") % {"source": source, "number": paragraph}


def _of_passage(row: Row, film: Film, *, for_teacher: bool) -> SourceView:
    number, text, key, short_name, lines_for_students = row
    # The school may have stopped showing the lines to students since.
    line = text if for_teacher or lines_for_students else ""
    where = _at(short_name, number)
    page = reverse("classroom:source", args=[film.key, key])
    return SourceView(_("Passage"), line or where, f"{page}#paragraph-{number}", where, ())
