"""What a student has more of than others throughout a class."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from classroom.assignments.models import Accommodation
from classroom.common.layout import one_button


class AccommodationForm(forms.Form):
    """Longer limits and further attempts. The model's own values are those of somebody who has neither."""

    time_factor = forms.DecimalField(
        label=_("Time limits, times"),
        min_value=1,
        max_value=10,
        max_digits=4,
        decimal_places=2,
        help_text=_("1 is as long as for the others, 1.5 is time and a half. It holds for every quiz with a limit."),
    )
    extra_attempts = forms.IntegerField(
        label=_("Extra attempts"), min_value=0, max_value=20, help_text=_("At every quiz, beyond what all have.")
    )

    def __init__(self, *args: Any, accommodation: Accommodation | None, **kwargs: Any) -> None:
        held = accommodation or Accommodation()
        initial = {"time_factor": held.time_factor, "extra_attempts": held.extra_attempts}
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.helper = one_button(self, _("Save"))
