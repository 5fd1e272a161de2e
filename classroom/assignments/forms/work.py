"""A student's answer in a lesson."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from classroom.assignments.actions import STEP_ANSWER_MAX


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


class StepTimeForm(forms.Form):
    """What a page tells of the time that it was visible: the seconds since it last told, and whether it is now."""

    seconds = forms.IntegerField(min_value=0, max_value=86400)
    away = forms.BooleanField(required=False)
