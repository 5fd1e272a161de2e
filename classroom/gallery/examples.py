"""What the gallery shows: invented facts of a lighthouse, as the kits of the tests have them, in every state."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from crispy_forms.utils import render_crispy_form
from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from classroom.common.layout import plain_fields
from classroom.common.pages import PageLinks
from classroom.lessons.queries import FactsMap, NumberedCard
from classroom.library.models import Citation, Fact
from classroom.library.queries import (
    CitationLine,
    ConflictTable,
    FactCard,
    PassageMark,
    Timeline,
    TimelineRow,
    TimelineYear,
)
from classroom.library.queries.conflicts import ConflictRow, ReadingHead

HERE = "#"


@dataclass(frozen=True)
class Part:
    """A component by the name of its template, and what it is given in each state."""

    name: str
    states: tuple[dict[str, Any], ...]

    @property
    def template(self) -> str:
        return f"components/{self.name}.html"

    @property
    def drawn(self) -> list[SafeString]:
        return [render_to_string(self.template, state) for state in self.states]


class ExampleForm(forms.Form):
    """One field of each look."""

    name = forms.CharField(label="Name of the lighthouse", help_text="As the log has it.")
    nights = forms.IntegerField(label="Nights it burned", min_value=1)
    keeper = forms.ChoiceField(label="Keeper", choices=[("", "–"), ("ida", "Ida"), ("grace", "Grace")])
    weather = forms.ChoiceField(label="Weather", choices=[("fog", "Fog"), ("clear", "Clear")], widget=forms.RadioSelect)
    lit = forms.BooleanField(label="The lamp was lit")
    notes = forms.CharField(label="Notes", widget=forms.Textarea(attrs={"rows": 3}), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # It is there to be looked at: nothing takes what it would send.
        self.helper = plain_fields(self)


def forms_drawn() -> list[SafeString]:
    """The form as it is asked for, and as it comes back; here it does not take the focus from the page."""
    blank, refused = ExampleForm(prefix="blank"), ExampleForm({"refused-nights": "0"}, prefix="refused")
    return [mark_safe(render_crispy_form(each).replace(" autofocus", "")) for each in (blank, refused)]  # noqa: S308 - our own


def parts() -> list[Part]:
    """Every component, in the order of a page from its top to its foot."""
    cards = [_card(standing) for standing in Fact.Standing]
    return [
        Part("crumbs", ({"trail": [(HERE, "Home"), (HERE, "Year 9"), ("", "Here")]},)),
        Part("pager", ({"links": PageLinks(number=2, of=3, total=70, previous="?page=1", following="?page=3")},)),
        Part(
            "empty",
            ({"heading": "No keeper yet.", "words": "Keepers are listed here.", "url": HERE, "label": "Add one"},),
        ),
        Part("standing_badge", tuple({"standing": each.value, "label": each.label} for each in Fact.Standing)),
        Part("fact_card", tuple({"card": each, "number": at, "anchored": True} for at, each in enumerate(cards, 1))),
        Part("citations", ({"citations": cards[2].citations}, {"citations": ()})),
        Part("conflict_table", ({"table": _table()},)),
        Part("timeline", ({"years": _timeline()},)),
        Part("facts_map", ({"facts": FactsMap(tuple(NumberedCard(at, each) for at, each in enumerate(cards, 1)))},)),
        # A script shows it where it can do what it says.
        Part("marking_keys", ({},)),
        Part("share_bar", ({"length": 30}, {"length": 100})),
    ]


def _card(standing: Fact.Standing) -> FactCard:
    stances = {"Harbour News": Citation.Stance.STATES}
    if standing == Fact.Standing.CORROBORATED:
        stances["Gull Post"] = Citation.Stance.ROUNDS
    if standing == Fact.Standing.DISPUTED:
        stances["Gull Post"] = Citation.Stance.CONTRADICTS
    return FactCard(
        key=f"lamp-{standing.value}",
        url=HERE,
        statement="The lamp 燈 burned for 40 nights.",
        about="nights of the lamp",
        value="40 nights",
        standing=standing.value,
        standing_label=str(standing.label),
        standing_words="",
        nature="fact",
        nature_words="fact",
        working="",
        use_label="may be scored",
        note="",
        retired=standing == Fact.Standing.DOUBTFUL,
        citations=tuple(_citation(source, each) for source, each in stances.items()),
    )


def _citation(source: str, stance: Citation.Stance) -> CitationLine:
    return CitationLine(
        source=source,
        source_url=HERE,
        paragraph=3,
        says="it burned so long",
        stance=stance.value,
        stance_label=str(stance.label),
        value="38 nights" if stance == Citation.Stance.CONTRADICTS else "",
        line="For forty nights the lamp was not let out." if stance == Citation.Stance.STATES else "",
    )


def _table() -> ConflictTable:
    said, silent = (PassageMark(HERE, 3, ""),), ()
    return ConflictTable(
        key="nights",
        url=HERE,
        title="How long did it burn?",
        kind="number",
        readings=(ReadingHead("A", "40 nights"), ReadingHead("B", "38 nights")),
        rows=(ConflictRow("Harbour News", HERE, (said, silent)), ConflictRow("Gull Post", HERE, (silent, said))),
        why="One counts the night of the storm.",
        conclusion="It burned for more than five weeks.",
    )


def _timeline() -> Timeline:
    return Timeline(
        [
            TimelineYear(
                "1911",
                (
                    _row(1, "1911 to 1913", "a period", (date(1911, 1, 1), date(1913, 12, 31)), Fact.Standing.DISPUTED),
                    _row(2, "1911", "to the year", (date(1911, 1, 1), date(1911, 12, 31)), Fact.Standing.CORROBORATED),
                    _row(3, "May 1911", "to the month", (date(1911, 5, 1), date(1911, 5, 31)), Fact.Standing.DOUBTFUL),
                    _row(4, "3 May 1911", "to the day", (date(1911, 5, 3),) * 2, Fact.Standing.SINGLE_SOURCE),
                ),
            ),
            TimelineYear(
                "1913", (_row(5, "2 June 1913", "to the day", (date(1913, 6, 2),) * 2, Fact.Standing.CORROBORATED),)
            ),
            TimelineYear("Year not given", (_row(6, "27 July", "day without a year", None, Fact.Standing.DISPUTED),)),
        ]
    )


def _row(
    number: int, when: str, precision: str, span: tuple[date, date] | None, standing: Fact.Standing
) -> TimelineRow:
    return TimelineRow(
        number=number,
        key=f"dated-{number}",
        url=HERE,
        when=when,
        machine="" if precision == "a period" else "1911",
        precision=precision,
        statement="The lamp was lit.",
        standing=standing.value,
        standing_label=str(standing.label),
        nature="fact",
        topic_id=0,
        span=span,
    )
