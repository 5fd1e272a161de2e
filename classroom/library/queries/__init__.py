"""What the pages of the library show, as plain data: templates ask the database nothing."""

from classroom.library.queries.cards import CitationLine, FactCard, fact_cards, visible_line
from classroom.library.queries.conflicts import (
    ConflictLine,
    ConflictTable,
    PassageMark,
    conflict_lines,
    conflict_tables,
    conflicts_of,
    facts_in,
    get_conflict,
)
from classroom.library.queries.facts import (
    FactFilter,
    FactLink,
    FactPage,
    cards_cited,
    fact_page,
    find_facts,
    get_fact,
    topics_of,
)
from classroom.library.queries.films import FilmCounts, count_film, films, get_film
from classroom.library.queries.sources import SourceLine, SourcePage, get_source, source_lines, source_page
from classroom.library.queries.terms import TermGroup, TermLine, glossary
from classroom.library.queries.timeline import Timeline, TimelineRow, TimelineYear, timeline

__all__ = [
    "CitationLine",
    "ConflictLine",
    "ConflictTable",
    "FactCard",
    "FactFilter",
    "FactLink",
    "FactPage",
    "FilmCounts",
    "PassageMark",
    "SourceLine",
    "SourcePage",
    "TermGroup",
    "TermLine",
    "Timeline",
    "TimelineRow",
    "TimelineYear",
    "cards_cited",
    "conflict_lines",
    "conflict_tables",
    "conflicts_of",
    "count_film",
    "fact_cards",
    "fact_page",
    "facts_in",
    "films",
    "find_facts",
    "get_conflict",
    "get_fact",
    "get_film",
    "get_source",
    "glossary",
    "source_lines",
    "source_page",
    "timeline",
    "topics_of",
    "visible_line",
]
