from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from classroom.stances.models import PLACES, Moment
from classroom.stances.queries import Choices


class MarkForm(forms.Form):
    """A place on the line and, after reading, what moved the student there."""

    moment = forms.ChoiceField(choices=Moment.choices, widget=forms.HiddenInput)
    place = forms.TypedChoiceField(
        label=_("Your place"),
        coerce=int,
        choices=[(number, number) for number in range(1, PLACES + 1)],
        error_messages={"required": _("Choose a place on the line, or leave it out altogether: you may pass.")},
    )
    moved_by = forms.ChoiceField(label=_("What moved you there?"), required=False)

    def __init__(self, *args: Any, choices: Sequence[Choices], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["moved_by"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as it is declared above
        field.choices = [("", _("Nothing in particular")), *((each.label, each.pairs) for each in choices)]

    @property
    def moved(self) -> tuple[str, int] | None:
        """What was chosen, as ("post", 7)."""
        kind, _colon, number = self.cleaned_data["moved_by"].partition(":")
        return (kind, int(number)) if number else None


class CloseForm(forms.Form):
    """The marking that a teacher means to close: theirs may be an old page."""

    moment = forms.TypedChoiceField(choices=Moment.choices, coerce=Moment)
