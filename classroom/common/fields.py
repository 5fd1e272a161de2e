"""Fields of forms that lose nothing of what was typed."""

from typing import Any

from django import forms
from django.utils.translation import ngettext


class LongText(forms.CharField):
    """Text in several lines, of a limited length.

    The browser is not told the limit: it would cut off what is pasted without a word.
    """

    widget = forms.Textarea

    def __init__(self, *, limit: int, rows: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.limit = limit
        self.widget.attrs["rows"] = rows

    def to_python(self, value: Any) -> str:
        # Browsers send CRLF; what is kept and compared has one kind of line end.
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")

    def validate(self, value: str) -> None:
        super().validate(value)
        over = len(value) - self.limit
        if over > 0:
            message = ngettext(
                "This is %(over)d character too long: at most %(limit)d fit. Nothing of it is lost; shorten it here.",
                "This is %(over)d characters too long: at most %(limit)d fit. Nothing of it is lost; shorten it here.",
                over,
            )
            raise forms.ValidationError(message, params={"over": over, "limit": self.limit}, code="too_long")


def change_sent(form: forms.Form, **values: str) -> None:
    """Let a form that is shown again carry other hidden values than were sent, and the same text."""
    form.data = {**{name: form.data.get(name, "") for name in form.fields}, **values}
