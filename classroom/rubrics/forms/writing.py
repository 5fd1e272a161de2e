"""Writing a rubric: criteria below each other, each with its levels, and room for more."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from classroom.rubrics.criteria import MOST_POINTS, Criterion, Level, exact

MOST_CRITERIA, MOST_LEVELS, FEWEST_LEVELS = 8, 6, 2


@dataclass(frozen=True)
class LevelFields:
    """What a level is written in."""

    id: forms.BoundField
    points: forms.BoundField
    text: forms.BoundField


@dataclass(frozen=True)
class CriterionFields:
    """What a criterion is written in."""

    number: int
    id: forms.BoundField
    title: forms.BoundField
    takes_part: forms.BoundField
    levels: list[LevelFields]


class RubricForm(forms.Form):
    """``lines`` are what the page starts from; ``is_first`` where no rubric graded the discussion so far, and
    ``needs_reason`` where somebody was graded by one.
    """

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = forms.CharField(
        label=_("Why the rubric changes"),
        max_length=300,
        required=False,
        help_text=_("It stays in the history of the scores that change by it, which students do not see."),
    )
    hidden = forms.BooleanField(
        label=_("Hide the marks from students until I release them in the gradebook"), required=False, initial=True
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        lines: Sequence[Criterion],
        number: int,
        needs_reason: bool = False,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        """``more`` is what was typed so far by somebody who wants room for more; nothing of it is judged."""
        typed = data if data is not None else more
        sizes = _sizes(typed) if typed is not None else [len(each.levels) for each in lines]
        if data is None:
            sizes = [min(size + 1, MOST_LEVELS) for size in sizes]
            sizes += [FEWEST_LEVELS + 1] * (len(sizes) < MOST_CRITERIA)
        initial = {"number": number, **_initial(lines)} if more is None else {**_NOTHING_TICKED, **more.dict()}  # type: ignore[attr-defined]  # a QueryDict
        super().__init__(data, initial=initial)
        self.label_suffix = ""
        self.lines: list[Criterion] = []
        self._known = {each.id: {one.id for one in each.levels} for each in lines}
        self._sizes, self._needs_reason = sizes, needs_reason
        for at, size in enumerate(sizes):
            self.fields.update(_fields(at, size))
        if number:
            del self.fields["hidden"]
        if not needs_reason:
            del self.fields["reason"]
        for field in self.fields.values():
            if isinstance(field.widget, forms.TextInput | forms.NumberInput):
                field.widget.attrs["class"] = "form-control"
            if isinstance(field.widget, forms.CheckboxInput):
                field.widget.attrs["class"] = "form-check-input"

    def criteria(self) -> list[CriterionFields]:
        """For the page."""
        return [
            CriterionFields(
                at + 1,
                self[f"c{at}-id"],
                self[f"c{at}-title"],
                self[f"c{at}-part"],
                [LevelFields(*(self[f"c{at}-l{place}-{name}"] for name in _OF_LEVEL)) for place in range(size)],
            )
            for at, size in enumerate(self._sizes)
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        taken: set[str] = set()
        for at, size in enumerate(self._sizes):
            levels = self._levels(at, size, cleaned)
            title = cleaned.get(f"c{at}-title", "").strip()
            if not title and not levels:
                continue
            if not title and f"c{at}-title" not in self.errors:
                self.add_error(f"c{at}-title", _("Say what this line looks at."))
            elif len(levels) < FEWEST_LEVELS:
                self.add_error(f"c{at}-title", _("Write at least two levels for it, with points and words."))
            elif not any(level.points for level in levels):
                self.add_error(f"c{at}-title", _("Its best level needs points."))
            known = cleaned.get(f"c{at}-id", "")
            own = known if known in self._known and known not in taken else secrets.token_hex(4)
            taken.add(own)
            self.lines.append(Criterion(own, title, tuple(levels), cleaned.get(f"c{at}-part", False)))
        if not self.lines and not self.errors:
            self.add_error(None, _("A rubric has one line at least."))
        if self._needs_reason and not cleaned.get("reason", "").strip() and "reason" not in self.errors:
            self.add_error("reason", _("Students were graded by this rubric already: say why it changes."))
        return cleaned

    def _levels(self, at: int, size: int, cleaned: Mapping[str, Any]) -> list[Level]:
        found: list[Level] = []
        known = self._known.get(cleaned.get(f"c{at}-id", ""), set())
        for place in range(size):
            name = f"c{at}-l{place}"
            points, text = cleaned.get(f"{name}-points"), cleaned.get(f"{name}-text", "").strip()
            if f"{name}-points" in self.errors or (points is None and not text):
                continue
            if points is None:
                self.add_error(f"{name}-points", _("How many points does it give?"))
                continue
            if not text:
                self.add_error(f"{name}-text", _("Say in words what earns these points."))
                continue
            own = cleaned.get(f"{name}-id", "")
            taken = {each.id for each in found}
            found.append(Level(own if own in known - taken else secrets.token_hex(4), points, text))
        return found

    def show_what_is_kept(self, number: int) -> None:
        """Somebody else was first: what was sent stays on the page, and saved again it takes the place of theirs."""
        self.data = {**{name: self.data.get(name, "") for name in self.fields}, "number": str(number)}


_OF_LEVEL = ("id", "points", "text")
_NOTHING_TICKED: dict[str, Any] = {"hidden": False}


def _fields(at: int, size: int) -> dict[str, forms.Field]:
    """The fields of one criterion."""
    name = f"c{at}"
    found: dict[str, forms.Field] = {
        f"{name}-id": _id(),
        f"{name}-title": forms.CharField(label=_("What it looks at"), max_length=120, required=False),
        f"{name}-part": forms.BooleanField(
            label=_("Whoever answers the teachers alone gets all points of this line"), required=False
        ),
    }
    for place in range(size):
        found[f"{name}-l{place}-id"] = _id()
        found[f"{name}-l{place}-points"] = forms.DecimalField(
            label=_("Points"), min_value=0, max_value=MOST_POINTS, max_digits=6, decimal_places=2, required=False
        )
        found[f"{name}-l{place}-text"] = forms.CharField(label=_("In words"), max_length=200, required=False)
    return found


def _id() -> forms.CharField:
    return forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)


def _initial(lines: Sequence[Criterion]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for at, line in enumerate(lines):
        found |= {f"c{at}-id": line.id, f"c{at}-title": line.title, f"c{at}-part": line.takes_part}
        for place, level in enumerate(line.levels):
            own = {"id": level.id, "points": exact(level.points), "text": level.text}
            found |= {f"c{at}-l{place}-{name}": own[name] for name in _OF_LEVEL}
    return found


def _sizes(sent: Mapping[str, Any]) -> list[int]:
    """How many levels each criterion of a form has room for, as it was sent."""
    criteria = next(at for at in count() if at == MOST_CRITERIA or f"c{at}-title" not in sent)
    return [
        next(place for place in count() if place == MOST_LEVELS or f"c{at}-l{place}-points" not in sent)
        for at in range(criteria)
    ]
