"""Times as people type them, in the class's zone."""

import zoneinfo
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from classroom.assignments.actions import Times
from classroom.common import clock_words, local_time
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
        if (exact := _with_offset(str(value))) is not None:
            return exact
        typed = self._as_typed(str(value))
        try:
            return local_time.read(typed, active_zone()).at
        except local_time.Skipped as skipped:
            raise forms.ValidationError(clock_words.skipped(typed, skipped.change), code="skipped") from skipped
        except OverflowError as error:
            # At the very ends of the calendar, which another zone has passed already.
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error

    def _as_typed(self, value: str) -> datetime:
        for each in self.FORMATS:
            try:
                return datetime.strptime(value.strip(), each)  # noqa: DTZ007 - the zone is the class's; see above
            except ValueError:
                continue
        raise forms.ValidationError(self.error_messages["invalid"], code="invalid")


def _with_offset(value: str) -> datetime | None:
    """A moment that names its offset, as pages of ours carry it: no clock can be read wrong there."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return None if moment.tzinfo is None else moment.astimezone(UTC)


def active_zone() -> zoneinfo.ZoneInfo:
    return zoneinfo.ZoneInfo(timezone.get_current_timezone_name())


def doubled_words(moment: datetime) -> str:
    """What was taken to be meant by a time that comes twice; empty for all others."""
    typed = timezone.localtime(moment, active_zone()).replace(tzinfo=None)
    change = local_time.read(typed, active_zone()).doubled
    return "" if change is None else clock_words.doubled(typed, change)


class TimesForm(forms.Form):
    """When work opens, is due and closes."""

    opens_at = LocalTimeField(label=_("Opens"), help_text=_("From then on students see it."))
    due_at = LocalTimeField(
        label=_("Due"),
        required=False,
        help_text=_("After it, what is missing counts as behind. Leave it empty, and nobody is ever behind with it."),
    )
    closes_at = LocalTimeField(
        label=_("Closes"),
        required=False,
        help_text=_("After it nothing can be handed in. Leave it empty to keep it open."),
    )

    def __init__(self, *args: Any, first_part: str | Promise = "", **kwargs: Any) -> None:
        """``first_part`` names what is due first where work has two due times; see ``ActivityKind.first_part``."""
        super().__init__(*args, **kwargs)
        if first_part:
            self.fields["first_due_at"] = first_due_field(first_part)
            self.order_fields(["opens_at", "first_due_at", "due_at", "closes_at"])
        self.helper = one_button(self, _("Save the times"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens, due, closes = (cleaned.get(name) for name in ("opens_at", "due_at", "closes_at"))
        first = cleaned.get("first_due_at")
        if first and opens and first < opens:
            self.add_error("first_due_at", _("It would be due before it opens."))
        if first and due and first > due:
            self.add_error("first_due_at", _("That is later than the whole is due."))
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
            first_due_at=self.cleaned_data.get("first_due_at"),
        )

    def notes(self) -> list[str]:
        """What has to be said of times that were taken as they stand and yet might be misread."""
        times = self.times()
        moments = times.opens_at, times.first_due_at, times.due_at, times.closes_at
        found = [doubled_words(each) for each in moments if each]
        return list(dict.fromkeys(note for note in found if note))


def first_due_field(first_part: str | Promise) -> LocalTimeField:
    """When the first part of work with two due times is due."""
    return LocalTimeField(
        label=_("Due first: %(what)s") % {"what": first_part},
        required=False,
        help_text=_("The rest is due at the time for the whole. Leave it empty, and all is due then."),
    )


def default_times(at: datetime) -> dict[str, datetime]:
    """What a new assignment's form starts from: open at once, to the minute."""
    return {"opens_at": at.replace(second=0, microsecond=0)}
