"""Sending a kit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from classroom.common.layout import one_button
from kits.zipped import MOST_BYTES, NotAKit, files_of


class KitFileForm(forms.Form):
    """A kit as a zip file; what was sent is in ``cleaned_data["body"]``, and can be unpacked."""

    file = forms.FileField(
        label=_("Zip file"),
        help_text=_("The kit's folder, packed; up to 5 MB."),
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = one_button(self, _("Check this kit"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        upload = cleaned.get("file")
        if upload is not None:
            # One byte more than is allowed is enough to refuse it.
            cleaned["body"] = upload.read(MOST_BYTES + 1)
            try:
                files_of(cleaned["body"])
            except NotAKit as fault:
                self.add_error("file", str(fault))
        return cleaned
