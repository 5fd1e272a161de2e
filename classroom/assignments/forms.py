"""Forms for setting work, and for a student's answer in a lesson."""

import zoneinfo
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils import formats, timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from classroom.assignments import activities
from classroom.assignments.actions import STEP_ANSWER_MAX, Times
from classroom.assignments.activities import Offer
from classroom.common import local_time
from classroom.common.layout import one_button

LOCAL = "%Y-%m-%dT%H:%M"


class LocalTimeField(forms.DateTimeField):
    """A time as people type it: read and shown in the time zone that is active, which a view sets to the class's."""

    FORMATS = (LOCAL, "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S")

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(format=LOCAL, attrs={"type": "datetime-local"})
        super().__init__(input_formats=self.FORMATS, widget=widget, **kwargs)

    def to_python(self, value: Any) -> datetime | None:
        """In UTC. A time that the clocks skip is refused; of one that comes twice, the first is meant."""
        if value in self.empty_values:
            return None
        typed = self._as_typed(str(value))
        try:
            return local_time.read(typed, active_zone()).at
        except local_time.Skipped as skipped:
            raise forms.ValidationError(skipped_words(typed, skipped.change), code="skipped") from skipped

    def _as_typed(self, value: str) -> datetime:
        for each in self.FORMATS:
            try:
                return datetime.strptime(value.strip(), each)  # noqa: DTZ007 - the zone is the class's; see above
            except ValueError:
                continue
        raise forms.ValidationError(self.error_messages["invalid"], code="invalid")


def active_zone() -> zoneinfo.ZoneInfo:
    return zoneinfo.ZoneInfo(timezone.get_current_timezone_name())


def skipped_words(typed: datetime, change: local_time.Change) -> str:
    """Why nothing can be set for a time."""
    return gettext(
        "On %(day)s the clocks go forward from %(before)s to %(after)s, so there is no %(typed)s. Choose a time before "
        "%(before)s, or from %(after)s on."
    ) % _change_words(typed, change)


def doubled_words(moment: datetime) -> str:
    """What was taken to be meant by a time that comes twice; empty for all others."""
    typed = timezone.localtime(moment, active_zone()).replace(tzinfo=None)
    change = local_time.read(typed, active_zone()).doubled
    if change is None:
        return ""
    return gettext(
        "On %(day)s the clocks go back from %(before)s to %(after)s, so %(typed)s comes twice. The first is taken."
    ) % _change_words(typed, change)


def _change_words(typed: datetime, change: local_time.Change) -> dict[str, str]:
    return {
        "day": formats.date_format(change.before, "j F Y"),
        "before": f"{change.before:%H:%M}",
        "after": f"{change.after:%H:%M}",
        "typed": f"{typed:%H:%M}",
    }


class TimesForm(forms.Form):
    """When work opens, is due and closes."""

    opens_at = LocalTimeField(label=_("Opens"), help_text=_("From then on students see it."))
    due_at = LocalTimeField(label=_("Due"), required=False, help_text=_("After it, what is missing counts as behind."))
    closes_at = LocalTimeField(
        label=_("Closes"),
        required=False,
        help_text=_("After it nothing can be handed in. Leave it empty to keep it open."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = one_button(self, _("Save the times"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens, due, closes = (cleaned.get(name) for name in ("opens_at", "due_at", "closes_at"))
        if opens and due and due < opens:
            self.add_error("due_at", _("It would be due before it opens."))
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("It would close before it opens."))
        if due and closes and closes < due:
            self.add_error("closes_at", _("It would close before it is due."))
        return cleaned

    def times(self) -> Times:
        return Times(
            opens_at=self.cleaned_data["opens_at"],
            due_at=self.cleaned_data["due_at"],
            closes_at=self.cleaned_data["closes_at"],
        )

    def notes(self) -> list[str]:
        """What has to be said of times that were taken as they stand and yet might be misread."""
        times = self.times()
        found = [doubled_words(each) for each in (times.opens_at, times.due_at, times.closes_at) if each]
        return list(dict.fromkeys(note for note in found if note))


class AssignForm(TimesForm):
    """Times, and for a lesson which of its parts go with it; then what each kind of activity wants to know."""

    def __init__(self, *args: Any, offer: Offer, parts: Sequence[Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer, self.possible_parts = offer, {part.ref: part for part in parts}
        layout: list[Any] = [Fieldset(gettext("When"), "opens_at", "due_at", "closes_at")]
        if parts:
            self.fields["parts"] = forms.MultipleChoiceField(
                label=_("Set with it"),
                required=False,
                choices=[(part.ref, f"{activities.kind_of(part.kind).label}: {part.title}") for part in parts],
                initial=[part.ref for part in parts],
                widget=forms.CheckboxSelectMultiple,
                help_text=_("Students find these at their place in the lesson, and on their home page."),
            )
            layout.append(Fieldset(gettext("Parts of the lesson"), "parts"))
        self._options: dict[str, dict[str, str]] = {}
        for kind_key in dict.fromkeys([offer.kind, *(part.kind for part in parts)]):
            layout.extend(self._add_options(kind_key))
        self.helper = one_button(self, _("Assign"))
        self.helper.layout = Layout(*layout)

    def _add_options(self, kind_key: str) -> list[Any]:
        kind = activities.kind_of(kind_key)
        names = {name: f"{kind_key}-{name}" for name in kind.option_fields()}
        for name, field in kind.option_fields().items():
            self.fields[names[name]] = field
        self._options[kind_key] = names
        return [Fieldset(str(kind.label), *names.values())] if names else []

    def parts(self) -> list[Offer]:
        return [self.possible_parts[ref] for ref in self.cleaned_data.get("parts", [])]

    def options(self) -> dict[str, dict[str, Any]]:
        """What was chosen for each kind, by the kind's key and the field's own name."""
        return {
            kind_key: {name: self.cleaned_data[full] for name, full in names.items()}
            for kind_key, names in self._options.items()
        }


class StepAnswerForm(forms.Form):
    """A student's answer to a step. ``revision`` is of the answer that the page shows."""

    text = forms.CharField(
        label=_("Your answer"),
        max_length=STEP_ANSWER_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("There is nothing here yet to save.")},
    )
    revision = forms.IntegerField(min_value=0, initial=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs |= {"rows": rows, "class": "form-control"}


def default_times(at: datetime) -> dict[str, datetime]:
    """What a new assignment's form starts from: open at once, to the minute."""
    return {"opens_at": at.replace(second=0, microsecond=0)}
