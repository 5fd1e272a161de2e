"""What students type: numbers, dates, words, texts."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from classroom.library.values.dates import display_date
from quizzes.authoring.writing import lines
from quizzes.authoring.writing.lines import Content, Key, Made, lines_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Help = str | _StrPromise
from quizzes.authoring.writing.sheets.base import Sheet, area, line, tick


class NumericSheet(Sheet):
    value = line(_("Right number"), _("Or leave it empty, and give a range."))
    off = line(_("How far off it may be"), _("A number such as 5, or a share such as 5%."))
    least = line(_("Range from"))
    most = line(_("Range to"))
    unit = line(_("Unit"), _("In the singular, such as day, child, percent or USD."))
    asks_unit = tick(_("Students write the unit themselves"))
    unit_cost = forms.IntegerField(
        label=_("What a missing unit takes away, in per cent"), required=False, min_value=0, max_value=100, initial=100
    )
    units = area(_("Other units allowed"), _("One a line, with its size: week = 7"), rows=2, required=False)

    def typed(self, content: Content, key: Key) -> dict[str, Any]:
        numbers = {name: str(key[name]) if name in key else "" for name in ("value", "least", "most")}
        off = f"{100 * key['relative']:g}%" if key.get("relative") else str(key.get("tolerance") or "")
        return {
            **numbers,
            "off": off,
            "unit": key.get("unit", content["unit"]),
            "asks_unit": content.get("asks_unit", False),
            "unit_cost": round(100 * key.get("unit_penalty", 1)),
            "units": "\n".join(f"{name} = {factor}" for name, factor in key.get("units", {}).items()),
        }

    def make(self, sent: dict[str, Any]) -> Made:
        cost = sent["unit_cost"] if sent["unit_cost"] is not None else 100
        numbers = {name: sent[name] for name in ("value", "off", "least", "most", "unit")}
        return lines.numeric(**numbers, units=lines_of(sent["units"]), unit_cost=cost if sent["asks_unit"] else None)


class DateSheet(Sheet):
    date = line(
        _("Right date"), _("As precise as students should be: 2011, April 2011 or 3 April 2011."), required=True
    )
    partial = forms.BooleanField(
        label=_("A right but less precise date gives part of the points"), required=False, initial=True
    )

    def typed(self, content: Content, key: Key) -> dict[str, Any]:
        return {"date": display_date(key["value"]), "partial": key.get("partial", True)}

    def make(self, sent: dict[str, Any]) -> Made:
        return lines.date(sent["date"], partial=sent["partial"])


class ShortSheet(Sheet):
    accept = area(
        _("Right answers"), _("One a line, the best first. Case, accents and punctuation make no difference.")
    )
    reject = area(_("Wrong answers that come near"), _("One a line: never taken for a slip."), rows=2, required=False)
    typos = forms.BooleanField(label=_("Pass over one slip of the pen"), required=False, initial=True)
    wildcards = tick(_("A star * stands for any letters"))
    case = tick(_("Capitals make a difference"))

    def typed(self, content: Content, key: Key) -> dict[str, Any]:
        flags = {name: key.get(name, False) for name in ("typos", "wildcards", "case")}
        return {"accept": "\n".join(key["accept"]), "reject": "\n".join(key.get("reject", [])), **flags}

    def make(self, sent: dict[str, Any]) -> Made:
        flags = {name: sent[name] for name in ("typos", "wildcards", "case")}
        return lines.short(lines_of(sent["accept"]), lines_of(sent["reject"]), **flags)


class WrittenSheet(Sheet):
    rubric = area(
        _("Rubric"),
        _(
            "What gives points, one criterion a line, with levels if you like: "
            "2 = Names a source | 1 = Names it loosely"
        ),
    )
    model = area(_("What a good answer may say"), required=False)
    least_words = forms.IntegerField(label=_("Fewest words"), required=False, min_value=0, max_value=10_000)
    most_words = forms.IntegerField(label=_("Most words"), required=False, min_value=1, max_value=10_000)

    def typed(self, content: Content, key: Key) -> dict[str, Any]:
        criteria = "\n".join(lines.criterion_typed(each) for each in key["rubric"])
        return {"rubric": criteria, "model": key.get("model", ""), **content}

    def make(self, sent: dict[str, Any]) -> Made:
        content = {name: sent[name] for name in ("least_words", "most_words") if sent[name]}
        key: Key = {"rubric": lines.rubric(lines_of(sent["rubric"]), before=self.old_key)}
        return content, key | ({"model": sent["model"]} if sent["model"] else {})
