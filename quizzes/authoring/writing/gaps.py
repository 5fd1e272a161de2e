"""The form for a text with gaps: what belongs in a gap is asked once the gap stands in the text."""

from decimal import Decimal
from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from classroom.library.values.dates import display_date
from classroom.library.values.numbers import plain_number
from quizzes.authoring.writing import lines
from quizzes.authoring.writing.lines import Content, Key, Made, lines_of
from quizzes.authoring.writing.sheets import Sheet, area, line
from quizzes.grading.blanks import MARKER, MOST_GAPS

TYPES = [
    ("short", _("a word or a few")),
    ("choice", _("a choice")),
    ("numeric", _("a number")),
    ("date", _("a date")),
]
PARTS = ("type", "right", "wrong", "off", "unit", "points")


class BlanksSheet(Sheet):
    text = area(
        _("Text with gaps"),
        _("Write [[1]], [[2]] and so on where a gap is. Save, and you are asked what belongs in each."),
        rows=6,
    )

    def add_fields(self) -> None:
        """Six fields for each gap that stands in the text."""
        text = self.data.get("text", "") if self.is_bound else self.initial.get("text", "")
        self.gaps = list(dict.fromkeys(MARKER.findall(text)))[:MOST_GAPS]
        for gap in self.gaps:
            self.fields |= {
                f"gap-{gap}-type": forms.ChoiceField(label=_("What is asked for"), choices=TYPES),
                f"gap-{gap}-right": area(
                    _("Right answer"),
                    _("Of words, all that are right, one a line, the best first. A range of numbers: 5..7"),
                    rows=2,
                ),
                f"gap-{gap}-wrong": area(
                    _("Other options of a choice, or words that are wrong"), _("One a line."), rows=2, required=False
                ),
                f"gap-{gap}-off": line(_("How far off a number may be"), _("5, or 5%.")),
                f"gap-{gap}-unit": line(_("Unit of a number")),
                f"gap-{gap}-points": forms.DecimalField(
                    label=_("Weight"),
                    help_text=_("How much it counts beside the others; 1 where nothing is said."),
                    required=False,
                    min_value=0,
                    max_value=1000,
                    decimal_places=2,
                ),
            }

    def asks_more(self) -> str:
        if all(f"gap-{gap}-type" in self.data for gap in self.gaps):
            return ""
        return gettext("Now say what belongs in each gap, and save again.")

    def lay_out(self) -> Layout:
        """The text, then a group of fields for each gap."""
        groups = [
            Fieldset(gettext("Gap %(gap)s") % {"gap": gap}, *(f"gap-{gap}-{part}" for part in PARTS))
            for gap in self.gaps
        ]
        return Layout("stem", "text", *groups, "points", self.feedback_layout(), "explanation", "hints", "facts")

    def typed(self, content: Content, key: Key) -> dict[str, Any]:
        found: dict[str, Any] = {"text": content["text"]}
        for gap in content["gaps"]:
            own = key["gaps"][gap["id"]]
            shown = {"type": gap["type"], "points": own.get("points", 1), **_typed(gap, own["key"])}
            found |= {f"gap-{gap['id']}-{part}": value for part, value in shown.items()}
        return found

    def make(self, sent: dict[str, Any]) -> Made:
        content: Content = {"text": sent["text"], "gaps": []}
        key: Key = {"gaps": {}}
        before = {gap["id"]: gap for gap in self.old_content.get("gaps", ())}
        for gap in self.gaps:
            own = {part: sent[f"gap-{gap}-{part}"] for part in PARTS}
            try:
                old = before.get(gap, {})
                kept = self.old_key["gaps"][gap]["key"] if old.get("type") == own["type"] else {}
                made, made_key = _made(own, old.get("content"), kept)
            except lines.BadLine as fault:
                raise lines.BadLine(gettext("Gap %(gap)s: %(reason)s") % {"gap": gap, "reason": fault}) from fault
            content["gaps"].append({"id": gap, "type": own["type"], "content": made})
            key["gaps"][gap] = {"key": made_key, "points": plain_number(_weight(own["points"]))}
        return content, key


def _weight(typed: Decimal | None) -> Decimal:
    return Decimal(1) if typed is None else typed


def _made(own: dict[str, Any], before: Content | None, old: Key) -> Made:
    """Content and key of a gap; ``old`` is its key of before, whose rules without a field stay."""
    right, wrong = lines_of(own["right"]), lines_of(own["wrong"])
    if own["type"] == "short":
        rules = {name: old.get(name, False) for name in ("typos", "wildcards", "case")} if old else {"typos": True}
        return lines.short(right, wrong, **rules)
    if own["type"] == "choice":
        return lines.choice(right, wrong, before=before)
    if len(right) != 1:
        raise lines.BadLine(gettext("A number or a date stands on one line."))
    if own["type"] == "date":
        return lines.date(right[0], partial=old.get("partial", True))
    least, dots, most = (part.strip() for part in right[0].partition(".."))
    if dots:
        return lines.numeric(value="", off="", least=least, most=most, unit=own["unit"])
    return lines.numeric(value=right[0], off=own["off"], least="", most="", unit=own["unit"])


def _typed(gap: Content, key: Key) -> dict[str, Any]:
    if gap["type"] == "short":
        return {"right": "\n".join(key["accept"]), "wrong": "\n".join(key.get("reject", []))}
    if gap["type"] == "choice":
        right, wrong = lines.options_typed(gap["content"], key)
        return {"right": "\n".join(right), "wrong": "\n".join(wrong)}
    if gap["type"] == "date":
        return {"right": display_date(key["value"])}
    off = f"{100 * key['relative']:g}%" if key.get("relative") else str(key.get("tolerance") or "")
    number = str(key["value"]) if "value" in key else f"{key.get('least', '')}..{key.get('most', '')}"
    return {"right": number, "off": off, "unit": gap["content"]["unit"]}
