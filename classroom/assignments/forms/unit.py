"""A form for a whole unit: which lessons in which order, from when, on which weekdays."""

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from classroom.assignments.actions import Planned, Times
from classroom.assignments.activities import Offer
from classroom.assignments.forms.times import active_zone, doubled_words
from classroom.assignments.units import Day, NoSuchTime, plan
from classroom.common import clock_words
from classroom.common.layout import KeyField, one_button


class UnitForm(forms.Form):
    """The lessons are put in order by numbers; what has none is left out. Numbers may have gaps."""

    key = KeyField()
    first = forms.DateField(label=_("First date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On"), coerce=int, choices=list(WEEKDAYS.items()), widget=forms.CheckboxSelectMultiple
    )
    time = forms.TimeField(label=_("At"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    due_after = forms.IntegerField(
        label=_("Due after how many days"),
        required=False,
        min_value=0,
        max_value=365,
        help_text=_("At the same time of day. Leave it empty for no due time."),
    )
    with_parts = forms.BooleanField(label=_("Bring each lesson's quiz and discussions with it"), required=False)

    def __init__(
        self, *args: Any, lessons: Sequence[Offer], parts: Mapping[str, Sequence[Offer]], **kwargs: Any
    ) -> None:
        """``parts`` holds what goes with each lesson, by the lesson's reference."""
        super().__init__(*args, **kwargs)
        self._lessons = {f"place-{lesson.id}": lesson for lesson in lessons}
        self._parts = parts
        self._days: list[Day] = []
        for name, lesson in self._lessons.items():
            self.fields[name] = forms.IntegerField(label=lesson.told_apart, required=False, min_value=1, max_value=999)
        self.helper = one_button(self, _("Show the plan"))
        self.helper.layout = Layout(
            "key",
            Fieldset(gettext("Lessons, in the order of the numbers that you give them"), *self._lessons),
            Fieldset(gettext("When"), "first", "weekdays", "time", "due_after"),
            Fieldset(gettext("Parts"), "with_parts"),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        chosen = self._chosen()
        if not chosen:
            raise forms.ValidationError(_("Give at least one lesson a number."))
        try:
            self._days = plan(
                len(chosen),
                first=cleaned["first"],
                weekdays=cleaned["weekdays"],
                at=cleaned["time"],
                due_after=cleaned["due_after"],
                zone=active_zone(),
            )
        except NoSuchTime as skipped:
            raise forms.ValidationError(clock_words.skipped(skipped.typed, skipped.change)) from skipped
        return cleaned

    def _chosen(self) -> list[Offer]:
        numbered = [(self.cleaned_data.get(name), name) for name in self._lessons]
        # Lessons with the same number keep the order of the kit.
        placed = sorted((number, place, name) for place, (number, name) in enumerate(numbered) if number)
        return [self._lessons[name] for _number, _place, name in placed]

    def planned(self) -> list[Planned]:
        with_parts = self.cleaned_data["with_parts"]
        return [
            Planned(
                offer=lesson,
                parts=self._parts.get(lesson.ref, ()) if with_parts else (),
                times=Times(opens_at=day.opens_at, due_at=day.due_at),
            )
            for lesson, day in zip(self._chosen(), self._days, strict=True)
        ]

    def notes(self) -> list[str]:
        found = [doubled_words(each) for day in self._days for each in day.doubled]
        return list(dict.fromkeys(found))

    def as_sent(self) -> list[tuple[str, str]]:
        """What was sent, for the hidden fields of the page that asks whether the plan is right."""
        sent = []
        for name, field in self.fields.items():
            value = field.widget.value_from_datadict(self.data, self.files, name)
            sent += [(name, str(each)) for each in (value if isinstance(value, list) else [value]) if each]
        return sent
