"""Hints as a teacher types them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class HintsField(forms.CharField):
    """Hints for practice as a teacher types them, one a line; as they are kept, a list."""

    MOST, LONGEST = 5, 300

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Hints"),
            required=False,
            max_length=self.MOST * (self.LONGEST + 2),
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("For practice, one a line, the faintest first. A student sees one only when they ask for it."),
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        hints = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(hints) > self.MOST or any(len(hint) > self.LONGEST for hint in hints):
            raise forms.ValidationError(
                _("At most %(most)d hints of %(longest)d characters each."),
                params={"most": self.MOST, "longest": self.LONGEST},
            )
        return hints
