"""Hints for those who teach: numbers and dates in a post that no source goes with, and sources that give others.

A hint and no mark: plain comparison of figures, which knows nothing of what a sentence means. Small numbers are passed
over, since most of them count arguments, and so is what a post quotes.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from classroom.discussions.excerpts import unmarked
from classroom.discussions.sources import SourceView
from classroom.library.values.dates import read_date
from classroom.library.values.numbers import read_number

# The innermost of quotations.
_QUOTED = re.compile(r"<blockquote>(?:(?!<blockquote>).)*?</blockquote>", re.DOTALL)
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*(?:\s+(?:thousand|million|billion)\b)?", re.IGNORECASE)
# "May" in lower case is more often a verb.
_MONTH = (
    r"(?:(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?|May\b)"
)
_DAY = r"\b\d{1,2}(?:st|nd|rd|th)?"
_DATE = re.compile(
    rf"\d{{4}}-\d\d-\d\d|\d{{4}} ?年(?: ?\d{{1,2}} ?月(?: ?\d{{1,2}} ?[日号])?)?"
    rf"|{_DAY} (?:of )?{_MONTH}(?:,? \d{{4}})?|\b{_MONTH} (?:the )?{_DAY}\b(?:,? \d{{4}})?|\b{_MONTH},? (?:of )?\d{{4}}"
    r"|\b(?:18|19|20)\d\d\b(?![.,]\d)"
)
_SMALL = 12
# Of a source that gives many, some are enough to see what is meant.
_GIVEN_AT_MOST = 4


@dataclass(frozen=True)
class Figures:
    """The numbers and dates that a text gives, each with how it is written first; dates in canonical form."""

    numbers: Mapping[Decimal, str]
    dates: Mapping[str, str]

    @property
    def written(self) -> list[str]:
        return [*self.numbers.values(), *self.dates.values()]

    def unlike(self, given: "Figures") -> list[str]:
        """What is given of a kind that both have and agree in nowhere; empty where nothing speaks against them."""
        found: list[str] = []
        if self.numbers and given.numbers and not self.numbers.keys() & given.numbers.keys():
            found += given.numbers.values()
        if (
            self.dates
            and given.dates
            and not any(_may_be_same(one, other) for one in self.dates for other in given.dates)
        ):
            found += given.dates.values()
        return found


def figures(text: str) -> Figures:
    """The numbers and dates in a text that say something. A number from 1800 to 2099 is taken for a year."""
    dates: dict[str, str] = {}
    numbers: dict[Decimal, str] = {}

    def keep(found: re.Match[str]) -> str:
        try:
            dates.setdefault(read_date(found[0]), found[0])
        except ValueError:
            return found[0]
        return " "

    for written in _FIGURE.findall(_DATE.sub(keep, text)):
        try:
            number = read_number(written)
        except ValueError:
            continue
        if number > _SMALL:
            numbers.setdefault(number, written)
    return Figures(numbers, dates)


def hints(html: str, sources: Sequence[SourceView]) -> list[str]:
    """What a teacher may want to look at in a post, as its page shows it, with the sources below it."""
    said = figures(unmarked(_unquoted(html)))
    if not said.written:
        return []
    if not sources:
        return [_("It gives %(figures)s and no source.") % {"figures": _listed(said.written)}]
    given = [
        (source, figures(f"{source.statement} {source.value} {' '.join(says for _at, says in source.lines)}"))
        for source in sources
    ]
    if not any(each.written for _source, each in given):
        return [
            _("It gives %(figures)s, and what it rests on gives no number or date.")
            % {"figures": _listed(said.written)}
        ]
    return [
        _("It gives %(figures)s; “%(source)s” gives %(others)s.")
        % {"figures": _listed(said.written), "source": source.statement, "others": _listed(unlike[:_GIVEN_AT_MOST])}
        for source, each in given
        if (unlike := said.unlike(each))
    ]


def _unquoted(html: str) -> str:
    replaced = 1
    while replaced:
        html, replaced = _QUOTED.subn(" ", html)
    return html


def _listed(written: Iterable[str]) -> str:
    return ", ".join(written)


def _may_be_same(one: str, other: str) -> bool:
    """Whether two canonical dates can be of one day: the less exact one is how the other begins, or ends."""
    if one.startswith("--") == other.startswith("--"):
        return one.startswith(other) or other.startswith(one)
    day, dated = sorted((one, other))
    return len(dated) < len("2011-04-03") or dated.endswith(day[1:])
