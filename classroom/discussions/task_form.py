"""The form for what a thread asks, once it is set."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from classroom.common.fields import change_sent
from classroom.common.layout import one_button
from classroom.discussions import options
from classroom.discussions.models import Task

Difference = tuple[str, str, str]


class TaskForm(forms.Form):
    """What a thread asks of each student. ``revision`` is of the task that the page has shown."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, task: Task) -> None:
        super().__init__(data, initial={name: getattr(task, name) for name in (*options.OF_TASK, "revision")})
        self.fields.update(options.task_fields())
        self.helper = one_button(self, gettext_lazy("Save"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in options.OF_TASK:
            # A number that is left empty stays at what a thread asks by itself.
            if name in cleaned and cleaned[name] is None:
                cleaned[name] = self.fields[name].initial
        for name, fault in options.faults(cleaned).items():
            self.add_error(name, fault)
        return cleaned

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in options.OF_TASK}

    def show_what_is_kept(self, stored: Task) -> list[Difference]:
        """Somebody else was first: what each field is about, as it was sent, as it is kept. Sent again, it is saved."""
        change_sent(self, revision=str(stored.revision))
        return [
            (str(self.fields[name].label), _in_words(self.cleaned_data[name]), _in_words(getattr(stored, name)))
            for name in options.OF_TASK
            if self.cleaned_data[name] != getattr(stored, name)
        ]


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return _("none") if value is None else str(value)
