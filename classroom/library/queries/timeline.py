"""The timeline: every fact whose value is a date or a period. Nothing is typed twice."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from classroom.common.translated import told
from classroom.library.models import Fact, Film
from classroom.library.pictures import DatedSign, timeline_key, timeline_picture
from classroom.library.values.dates import date_precision, date_span, period_span

# The year in which dates without one are compared: a leap year, so that 29 February has its place.
_ANY_YEAR = 2000


@dataclass(frozen=True)
class TimelineRow:
    """One dated fact. ``machine`` is the date for ``<time datetime>``, empty for a period; ``number`` counts the rows,
    and ``span`` is its first and last day, None where no year is given.
    """

    number: int
    key: str
    url: str
    when: str
    machine: str
    precision: str
    statement: str
    standing: str
    standing_label: str
    nature: str
    topic_id: int
    span: tuple[date, date] | None


@dataclass(frozen=True)
class TimelineYear:
    """The rows that begin in one year; ``label`` says so where no year is given."""

    label: str
    rows: tuple[TimelineRow, ...]


class Timeline(tuple[TimelineYear, ...]):
    """The years in their order, and their picture."""

    @property
    def picture(self) -> SafeString:
        """What has a year, each date as wide as it is vague; its numbers are those of the rows."""
        signs = [
            DatedSign(row.number, *row.span, is_period=not row.machine, standing=row.standing)
            for year in self
            for row in year.rows
            if row.span
        ]
        return timeline_picture(signs)

    @property
    def key(self) -> list[tuple[SafeString, str]]:
        return timeline_key()


def timeline(film: Film, topic_id: int | None = None) -> Timeline:
    """The dated facts of a film, of one topic where it is given, by year; those without a year come last."""
    facts = Fact.objects.current().filter(film=film, value_type__in=["date", "period"])
    if topic_id is not None:
        facts = facts.filter(topic_id=topic_id)
    years: dict[str, list[TimelineRow]] = {}
    for number, fact in enumerate(sorted(facts, key=_place), 1):
        years.setdefault(_year(str(fact.value)), []).append(_row(film, fact, number))
    return Timeline(TimelineYear(label or _("Year not given"), tuple(rows)) for label, rows in years.items())


def _place(fact: Fact) -> tuple[bool, date, int, int]:
    """Where a row stands: by its first day, and the coarser first, so that "2011" opens the year it names."""
    text = str(fact.value)
    first, last = period_span(text) if "/" in text else date_span(text, year=_ANY_YEAR)
    return text.startswith("--"), first, -(last - first).days, fact.position


def _year(text: str) -> str:
    return "" if text.startswith("--") else text[:4]


def _row(film: Film, fact: Fact, number: int) -> TimelineRow:
    text = str(fact.value)
    is_period = "/" in text
    return TimelineRow(
        number=number,
        key=fact.key,
        url=reverse("classroom:fact", args=[film.key, fact.key]),
        when=fact.value_text,
        machine="" if is_period else text,
        precision=_("a period") if is_period else precision_words(text),
        statement=told(fact.translations, film.language).text("statement", fact.statement),
        standing=fact.standing,
        standing_label=fact.get_standing_display(),
        nature=fact.nature,
        topic_id=fact.topic_id,
        span=None if text.startswith("--") else period_span(text) if is_period else date_span(text),
    )


def precision_words(text: str) -> str:
    """How precise a canonical date is, for a reader."""
    return {
        "year": _("to the year"),
        "month": _("to the month"),
        "day": _("to the day"),
        "day-of-year": _("day without a year"),
    }[date_precision(text)]
