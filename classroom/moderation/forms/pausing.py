"""Forms for muting a student, and for locking and slowing a thread."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from classroom.common.fields import LongText, change_sent
from classroom.common.layout import one_button
from classroom.discussions.models import Mute, Thread
from classroom.moderation.actions import REASON_MAX
from classroom.people.models import Section

USUAL = timedelta(days=7)
LONGEST = timedelta(days=366)
SLOWEST_MINUTES = 24 * 60


class MuteForm(forms.Form):
    """Until when, and why. ``replaces`` is the mute that stands on the page that is shown."""

    until = forms.DateField(
        label=gettext_lazy("They can post again on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("From the beginning of that day, on the clocks of the class."),
    )
    reason = LongText(
        label=gettext_lazy("What you tell the student"),
        limit=REASON_MAX,
        rows=4,
        help_text=gettext_lazy("Why, and what you expect afterwards. Only the student and those who moderate see it."),
        error_messages={"required": gettext_lazy("Give a reason: nobody can mend what they are not told.")},
    )
    replaces = forms.IntegerField(required=False, widget=forms.HiddenInput)
    back = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, section: Section, standing: Mute | None, at: datetime, back: str = ""
    ) -> None:
        self.section, self.today = section, localtime(at, section.zone).date()
        first = localtime(standing.until, section.zone).date() if standing else self.today + USUAL
        initial = {"until": first, "replaces": standing.pk if standing else None, "back": back}
        super().__init__(data, initial=initial)
        self.helper = one_button(self, gettext_lazy("Mute the student"))

    def clean_until(self) -> datetime:
        """The beginning of the day in the class's zone."""
        day = self.cleaned_data["until"]
        if day <= self.today:
            raise forms.ValidationError(_("Choose a day after today."))
        if day > self.today + LONGEST:
            raise forms.ValidationError(_("Choose a day within a year."))
        return datetime.combine(day, time(), tzinfo=self.section.zone)

    def show_the_other(self, mute: Mute) -> None:
        """Another moderator was first: what was typed stays, and sent again it stands in theirs' place."""
        self.add_error(
            None,
            _("%(name)s has muted this student meanwhile, as you see above. Send yours to put it in its place.")
            % {"name": mute.by.name if mute.by else _("Somebody")},
        )
        change_sent(self, replaces=str(mute.pk))


class PauseForm(forms.Form):
    """A thread's lock, and how slow it is. What the page has shown goes with it: a late page changes nothing."""

    locked = forms.BooleanField(
        label=gettext_lazy("Locked"), required=False, help_text=gettext_lazy("Everybody can read it; nobody can write.")
    )
    slow_minutes = forms.IntegerField(
        label=gettext_lazy("Minutes between two posts of the same student"),
        min_value=0,
        max_value=SLOWEST_MINUTES,
        help_text=gettext_lazy("0 for as often as they like. Those who teach are not slowed."),
    )
    seen_locked = forms.CharField(required=False, widget=forms.HiddenInput)
    seen_slow = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    back = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, thread: Thread, at: datetime, back: str = "") -> None:
        self.at = at
        initial = {
            "locked": thread.is_locked(at),
            "slow_minutes": thread.slow_minutes,
            "back": back,
            **_seen(thread),
        }
        super().__init__(data, initial=initial)
        self.helper = one_button(self, gettext_lazy("Save"))

    def saw(self, thread: Thread) -> bool:
        """Whether the page has shown the thread as it is now."""
        sent = {name: self.cleaned_data[name] for name in ("seen_locked", "seen_slow")}
        return sent == _seen(thread)

    def show_what_is_kept(self, stored: Thread) -> None:
        """Somebody else was first: say how it is, and keep what was typed."""
        self.add_error(
            None,
            _(
                "Somebody else has changed this thread since you opened the page. It is %(locked)s, with %(minutes)d "
                "minutes between two posts. Save to put yours in its place."
            )
            % {
                "locked": _("locked") if stored.is_locked(self.at) else _("open"),
                "minutes": stored.slow_minutes,
            },
        )
        change_sent(self, **{name: str(value) for name, value in _seen(stored).items()})


def _seen(thread: Thread) -> dict[str, str | int]:
    return {
        "seen_locked": thread.locked_at.isoformat() if thread.locked_at else "",
        "seen_slow": thread.slow_minutes,
    }
