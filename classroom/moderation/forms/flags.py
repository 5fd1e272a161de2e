"""Why a post is reported."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from classroom.common.fields import LongText
from classroom.common.layout import one_button
from classroom.discussions.models import Flag
from classroom.moderation.actions import NOTE_MAX


class FlagForm(forms.Form):
    reason = forms.ChoiceField(
        label=gettext_lazy("What is wrong with it?"),
        choices=Flag.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the one that comes closest.")},
    )
    note = LongText(
        label=gettext_lazy("What should the teacher know?"),
        limit=NOTE_MAX,
        rows=3,
        required=False,
        help_text=gettext_lazy("You can leave this empty."),
    )

    def __init__(self, data: Any = None, *, flag: Flag) -> None:
        super().__init__(data, initial={"reason": flag.reason, "note": flag.note})
        self.helper = one_button(self, gettext_lazy("Tell the teacher"))
