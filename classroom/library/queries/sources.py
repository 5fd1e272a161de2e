"""Sources, and what rests on each paragraph of them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.urls import reverse

from classroom.common.translated import told, worded
from classroom.library.models import Citation, Film, Passage, Reading, Source, Term
from classroom.library.queries.cards import visible_line
from classroom.library.queries.timeline import precision_words
from classroom.library.values.dates import display_date


@dataclass(frozen=True)
class SourceDate:
    """A date as precise as the source gives it."""

    machine: str
    text: str
    precision: str


@dataclass(frozen=True)
class SourceLine:
    """A source in a list, with how much of it the kit knows and the school has attached."""

    key: str
    url: str
    short_name: str
    title: str
    author: str
    publisher: str
    kind: str
    date: SourceDate | None
    paragraphs: int
    attached: int
    facts: int


@dataclass(frozen=True)
class RestingFact:
    """A fact that rests on a paragraph, with what the paragraph says about it."""

    url: str
    statement: str
    standing: str
    standing_label: str
    says: str
    stance_label: str


@dataclass(frozen=True)
class ParagraphLine:
    """A paragraph and what rests on it. ``line`` is its text, empty where this reader may not see it."""

    number: int
    line: str
    facts: tuple[RestingFact, ...]
    conflicts: tuple[tuple[str, str], ...]
    terms: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SourcePage:
    """All that the ledger holds about a source. ``reliability`` is for teachers, and empty for anybody else."""

    head: SourceLine
    date_updated: SourceDate | None
    date_note: str
    also_named: tuple[str, ...]
    reliability: str
    lines_hidden: bool
    paragraphs: tuple[ParagraphLine, ...]


def source_lines(film: Film) -> list[SourceLine]:
    return [_head(film, source) for source in _counted(film)]


def get_source(film: Film, source_key: str) -> Source:
    """A source of the film; else 404."""
    return get_object_or_404(_counted(film), key=source_key)


def source_page(film: Film, source: Source, *, for_teacher: bool) -> SourcePage:
    """The page of a source that ``get_source`` has fetched."""
    head = _head(film, source)
    return SourcePage(
        head=head,
        date_updated=_date(source.date_updated),
        date_note=source.date_note,
        also_named=tuple(source.also_named),
        reliability=worded(source.reliability, film.language) if for_teacher else "",
        lines_hidden=bool(head.attached) and not for_teacher and not source.lines_for_students,
        paragraphs=_paragraphs(film, source, for_teacher),
    )


def _counted(film: Film) -> QuerySet[Source]:
    """The film's sources with their counts, each from a query of its own: joins would multiply one another."""
    return Source.objects.filter(film=film).annotate(
        paragraph_count=_count(Passage.objects.filter(source=OuterRef("pk")), "source"),
        attached_count=_count(Passage.objects.filter(source=OuterRef("pk")).exclude(text=""), "source"),
        fact_count=_count(
            Citation.objects.filter(passage__source=OuterRef("pk"), fact__retired_at__isnull=True),
            "passage__source",
            "fact",
        ),
    )


def _count(rows: QuerySet[Any], group: str, counted: str = "pk") -> Coalesce:
    grouped = rows.order_by().values(group).annotate(number=Count(counted, distinct=True)).values("number")
    return Coalesce(Subquery(grouped, output_field=IntegerField()), 0)


def _head(film: Film, source: Any) -> SourceLine:
    return SourceLine(
        key=source.key,
        url=reverse("classroom:source", args=[film.key, source.key]),
        short_name=source.short_name,
        title=source.title,
        author=source.author,
        publisher=source.publisher,
        kind=source.get_kind_display(),
        date=_date(source.date),
        paragraphs=source.paragraph_count,
        attached=source.attached_count,
        facts=source.fact_count,
    )


def _date(text: str) -> SourceDate | None:
    return SourceDate(text, display_date(text), precision_words(text)) if text else None


def _paragraphs(film: Film, source: Source, for_teacher: bool) -> tuple[ParagraphLine, ...]:
    """The paragraphs that something rests on now, in order."""
    citations = Citation.objects.filter(fact__retired_at__isnull=True).select_related("fact").order_by("fact__position")
    readings = Reading.objects.filter(conflict__retired_at__isnull=True).select_related("conflict")
    passages = Passage.objects.filter(source=source).prefetch_related(
        Prefetch("citations", queryset=citations),
        Prefetch("readings", queryset=readings.order_by("conflict__position")),
        Prefetch("terms", queryset=Term.objects.filter(retired_at__isnull=True)),
    )
    lines = []
    for passage in passages:
        passage.source = source
        line = _paragraph(film, passage, visible_line(passage, for_teacher=for_teacher))
        if line.facts or line.conflicts or line.terms:
            lines.append(line)
    return tuple(lines)


def _paragraph(film: Film, passage: Passage, line: str) -> ParagraphLine:
    conflicts = {
        reading.conflict.key: told(reading.conflict.translations, film.language).text("title", reading.conflict.title)
        for reading in passage.readings.all()
    }
    glossary = reverse("classroom:glossary", args=[film.key])
    return ParagraphLine(
        number=passage.number,
        line=line,
        facts=tuple(_resting(film, citation) for citation in passage.citations.all()),
        conflicts=tuple(
            (reverse("classroom:conflict", args=[film.key, key]), title) for key, title in conflicts.items()
        ),
        terms=tuple((f"{glossary}#term-{term.key}", term.term) for term in passage.terms.all()),
    )


def _resting(film: Film, citation: Citation) -> RestingFact:
    said = told(citation.fact.translations, film.language)
    return RestingFact(
        url=reverse("classroom:fact", args=[film.key, citation.fact.key]),
        statement=said.text("statement", citation.fact.statement),
        standing=citation.fact.standing,
        standing_label=citation.fact.get_standing_display(),
        says=said.word(citation.says),
        stance_label=citation.get_stance_display(),
    )
