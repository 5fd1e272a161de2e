"""Writes topics, sources, facts, conflicts and terms."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from classroom.library.models import Citation, Conflict, Fact, Film, Passage, Reading, Source, Term, Topic
from kits.load.rows import Rows
from kits.records.shapes import Data, Record

Places = dict[tuple[str, int], Passage]


@dataclass
class Shelf:
    """What later rows point to, by natural keys; filled as the load goes on."""

    film: Film
    at: datetime
    topics: dict[str, Topic] = field(default_factory=dict)
    passages: Places = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    conflicts: dict[str, Conflict] = field(default_factory=dict)

    def places(self, passages: Iterable[Data]) -> list[Passage]:
        """The rows of passages."""
        return [self.passages[each["source"], each["paragraph"]] for each in passages]


def write_film(film: Film, record: Record) -> None:
    """Write the columns of the film itself, and save it."""
    data = record.data
    for name in ("title", "year", "language", "licence", "summary", "content_note", "context_names"):
        setattr(film, name, data[name])
    film.kit_version = data["version"]
    film.families_markdown = data["families"]
    film.rules_title, film.rules_note = data["rules_title"], data["rules_note"]
    film.families_html = record.quiet["families_html"]
    film.save()


def write_topics(shelf: Shelf, rows: Rows[Topic]) -> None:
    """Write topics."""
    for topic, record in rows.each():
        topic.title = record.data["title"]
        topic.position = record.quiet["position"]
    rows.save()
    shelf.topics = rows.by_key()


def write_sources(shelf: Shelf, rows: Rows[Source]) -> None:
    """Write sources and their passages. A paragraph that has changed loses the text that was attached to it."""
    for source, record in rows.each():
        for name, value in record.data.items():
            if name not in {"key", "paragraphs"}:
                setattr(source, name, value)
        source.position = record.quiet["position"]
    rows.save()
    for source, record in rows.each():
        _write_passages(source, {int(number): print_ for number, print_ in record.data["paragraphs"].items()})
    passages = Passage.objects.filter(source__film=shelf.film).select_related("source")
    shelf.passages = {(passage.source.key, passage.number): passage for passage in passages}


def _write_passages(source: Source, wanted: dict[int, str]) -> None:
    stored = {passage.number: passage for passage in source.passages.all()}
    Passage.objects.bulk_create(
        Passage(source=source, number=number, sha256=print_)
        for number, print_ in wanted.items()
        if number not in stored
    )
    for number, passage in stored.items():
        # A paragraph that is gone stays as an empty row: facts that were retired may cite it.
        print_ = wanted.get(number, "")
        if passage.sha256 != print_:
            passage.sha256, passage.text = print_, ""
            passage.save(update_fields=["sha256", "text"])


def write_facts(shelf: Shelf, rows: Rows[Fact]) -> None:
    """Write facts and their citations."""
    plain = {"key", "topic", "citations"}
    for fact, record in rows.each():
        for name, value in record.data.items():
            if name not in plain:
                setattr(fact, name, value)
        fact.topic = shelf.topics[record.data["topic"]]
        fact.position = record.quiet["position"]
        fact.retired_at = None
    rows.save()
    shelf.facts = rows.by_key()
    written = list(rows.each())
    Citation.objects.filter(fact__in=[fact for fact, _record in written]).delete()
    Citation.objects.bulk_create(
        Citation(
            fact=fact,
            passage=shelf.passages[each["source"], each["paragraph"]],
            position=position,
            says=each["says"],
            stance=each["stance"],
            value=each["value"],
            unit=each["unit"],
            precision=each["precision"],
        )
        for fact, record in written
        for position, each in enumerate(record.data["citations"], 1)
    )


def write_conflicts(shelf: Shelf, rows: Rows[Conflict]) -> None:
    """Write conflicts and their readings."""
    for conflict, record in rows.each():
        for name in ("title", "kind", "why", "conclusion", "translations"):
            setattr(conflict, name, record.data[name])
        conflict.position = record.quiet["position"]
        conflict.retired_at = None
    rows.save()
    shelf.conflicts = rows.by_key()
    for conflict, record in rows.each():
        conflict.facts.set([shelf.facts[key] for key in record.data["facts"]])
        conflict.readings.all().delete()
        for position, each in enumerate(record.data["readings"], 1):
            reading = Reading.objects.create(conflict=conflict, position=position, says=each["says"])
            reading.passages.set(shelf.places(each["citations"]))


def write_terms(shelf: Shelf, rows: Rows[Term]) -> None:
    """Write terms."""
    for term, record in rows.each():
        for name in ("term", "kind", "definition", "chinese", "also", "translations"):
            setattr(term, name, record.data[name])
        term.retired_at = None
    rows.save()
    for term, record in rows.each():
        term.passages.set(shelf.places(record.data["citations"]))
