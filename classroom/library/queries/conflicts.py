"""Where the sources differ: sources by readings, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from django.db.models import Prefetch, prefetch_related_objects
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.safestring import SafeString

from classroom.common.translated import told, worded
from classroom.library.models import Conflict, Fact, Film, Passage, Reading
from classroom.library.pictures import readings_picture
from classroom.library.queries.cards import visible_line


@dataclass(frozen=True)
class ConflictLine:
    """A conflict in a list."""

    url: str
    title: str
    kind: str
    readings: tuple[str, ...]


@dataclass(frozen=True)
class PassageMark:
    """A paragraph by its number, with its text where this reader may see it."""

    url: str
    number: int
    line: str


@dataclass(frozen=True)
class ReadingHead:
    """One side of a conflict; the letter stands for it where words are too long."""

    letter: str
    says: str


@dataclass(frozen=True)
class ConflictRow:
    """A source, and for each reading the paragraphs in which it says so: none where it does not."""

    source: str
    url: str
    cells: tuple[tuple[PassageMark, ...], ...]


@dataclass(frozen=True)
class ConflictTable:
    """A conflict as a table of sources by readings, for ``components/conflict_table.html``."""

    key: str
    url: str
    title: str
    kind: str
    readings: tuple[ReadingHead, ...]
    rows: tuple[ConflictRow, ...]
    why: str
    conclusion: str

    @property
    def picture(self) -> SafeString:
        """Sources by readings, as dots."""
        rows = [(row.source, [len(cell) for cell in row.cells]) for row in self.rows]
        return readings_picture([reading.letter for reading in self.readings], rows)


def conflict_lines(film: Film) -> list[ConflictLine]:
    """Every conflict of the film, in the kit's order."""
    conflicts = Conflict.objects.filter(film=film, retired_at__isnull=True).prefetch_related("readings")
    return [_in_list(film, conflict) for conflict in conflicts]


def _in_list(film: Film, conflict: Conflict) -> ConflictLine:
    said = told(conflict.translations, film.language)
    return ConflictLine(
        url=reverse("classroom:conflict", args=[film.key, conflict.key]),
        title=said.text("title", conflict.title),
        kind=worded(conflict.kind, film.language),
        readings=tuple(said.texts_in("readings", [reading.says for reading in conflict.readings.all()])),
    )


def conflicts_of(film: Film) -> list[Conflict]:
    """Every conflict of the film, in the kit's order, to choose from."""
    return list(Conflict.objects.filter(film=film, retired_at__isnull=True))


def get_conflict(film: Film, conflict_key: str) -> Conflict:
    """A conflict of the film, one that the kit has dropped too; else 404."""
    return get_object_or_404(Conflict, film=film, key=conflict_key)


def facts_in(conflict: Conflict) -> list[Fact]:
    return list(conflict.facts.current().with_sources())


def conflict_tables(conflicts: Sequence[Conflict], *, for_teacher: bool) -> list[ConflictTable]:
    """Tables of these conflicts, in their order; in the same few queries however many they are."""
    passages = Passage.objects.select_related("source").order_by("source__position", "number")
    readings = Reading.objects.order_by("position").prefetch_related(Prefetch("passages", queryset=passages))
    prefetch_related_objects(conflicts, "film", Prefetch("readings", queryset=readings))
    return [_table(conflict, for_teacher) for conflict in conflicts]


def _table(conflict: Conflict, for_teacher: bool) -> ConflictTable:
    film_key, said = conflict.film.key, told(conflict.translations, conflict.film.language)
    readings = list(conflict.readings.all())
    sources = {passage.source for reading in readings for passage in reading.passages.all()}
    rows = []
    for source in sorted(sources, key=lambda each: each.position):
        page = reverse("classroom:source", args=[film_key, source.key])
        cells = tuple(
            tuple(
                PassageMark(
                    url=f"{page}#paragraph-{passage.number}",
                    number=passage.number,
                    line=visible_line(passage, for_teacher=for_teacher),
                )
                for passage in reading.passages.all()
                if passage.source_id == source.pk
            )
            for reading in readings
        )
        rows.append(ConflictRow(source.short_name, page, cells))
    return ConflictTable(
        key=conflict.key,
        url=reverse("classroom:conflict", args=[film_key, conflict.key]),
        title=said.text("title", conflict.title),
        kind=worded(conflict.kind, conflict.film.language),
        readings=tuple(
            ReadingHead(ascii_uppercase[index % len(ascii_uppercase)], says)
            for index, says in enumerate(said.texts_in("readings", [reading.says for reading in readings]))
        ),
        rows=tuple(rows),
        why=said.text("why", conflict.why),
        conclusion=said.text("conclusion", conflict.conclusion),
    )
