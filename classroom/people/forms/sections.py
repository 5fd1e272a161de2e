"""Classes: made, changed and copied."""

import zoneinfo
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from classroom.common.layout import KeyField, one_button
from classroom.people.copying import NewYear
from classroom.people.models import Section


class SectionForm(forms.ModelForm[Section]):
    key = KeyField()

    class Meta:
        model = Section
        fields = ["name", "time_zone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("As your students know it, such as Year 9 History.")
        zones = sorted(zone for zone in zoneinfo.available_timezones() if "/" in zone or zone == "UTC")
        self.fields["time_zone"].widget = forms.Select(choices=[(zone, zone.replace("_", " ")) for zone in zones])
        self.helper = one_button(self, _("Save"))


class SectionEditForm(SectionForm):
    """What is decided about a class that is there."""

    key = None  # type: ignore[assignment]  # how Django leaves out a field of a form's parent

    class Meta(SectionForm.Meta):
        fields = ["name", "time_zone", "assistants_grade"]


class CopyForm(SectionForm):
    """A class for a new year. What it is set comes along with its first day, from which all others follow."""

    with_staff = forms.BooleanField(
        label=_("The same teachers and assistants"),
        required=False,
        initial=True,
        help_text=_("You teach it in any case."),
    )
    with_work = forms.BooleanField(
        label=_("Copy what the class is set"),
        required=False,
        initial=True,
        help_text=_("Without anything that a student did, and without what was for single students or groups."),
    )
    first_day = forms.DateField(
        label=_("First day of the new year"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    class Meta(SectionForm.Meta):
        pass

    def __init__(self, *args: Any, old_first: date | None, **kwargs: Any) -> None:
        """``old_first`` is when the work of the class began; None where there is none to copy."""
        super().__init__(*args, **kwargs)
        if old_first is None:
            del self.fields["with_work"], self.fields["first_day"]
        else:
            self.fields["first_day"].initial = old_first + timedelta(weeks=52)
            self.fields["first_day"].help_text = _(
                "The first work of the class opened on %(day)s. It opens on the same weekday, on the day that you "
                "choose or the next such day after it, and everything else keeps its distance, weekday and time."
            ) % {"day": date_format(old_first, "l j F Y")}
        self.helper = one_button(self, _("Go on"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("with_work") and not cleaned.get("first_day") and "first_day" not in self.errors:
            self.add_error("first_day", _("Give the first day, so that the work gets its dates."))
        day = cleaned.get("first_day")
        if day is not None and not 2000 <= day.year <= 2200:
            self.add_error("first_day", _("Give a day of this century."))
        return cleaned

    @property
    def section(self) -> dict[str, Any]:
        """The new class's own name and time zone, and the key of the form."""
        return {name: self.cleaned_data[name] for name in (*self.Meta.fields, "key")}

    @property
    def new_year(self) -> NewYear | None:
        """When the work begins, where it comes along."""
        if not self.cleaned_data.get("with_work"):
            return None
        return NewYear(self.cleaned_data["first_day"], zoneinfo.ZoneInfo(self.cleaned_data["time_zone"]))

    def as_sent(self) -> list[tuple[str, str]]:
        """What was sent, for the hidden fields of the page that asks whether the plan is right."""
        return [(name, self.data[name]) for name in self.fields if self.data.get(name)]
