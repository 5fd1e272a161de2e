"""What is printed of a quiz, and how."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.bank.paper.sheets import VERSIONS, Paper

_PARTS = {"questions": ("questions",), "key": ("key",), "": ("questions", "key")}


class PaperForm(forms.Form):
    """Which versions and parts, how large, and the number that gives the order. What is wrong falls back."""

    version = forms.ChoiceField(
        label=_("Version"), required=False, choices=[("", _("A and B")), *((each, each) for each in VERSIONS)]
    )
    part = forms.ChoiceField(
        label=_("Part"),
        required=False,
        choices=[("", _("questions and key")), ("questions", _("questions alone")), ("key", _("key alone"))],
    )
    reasons = forms.ChoiceField(
        label=_("Key"),
        required=False,
        choices=[("", _("with explanations and feedback")), ("none", _("right answers alone"))],
    )
    size = forms.ChoiceField(label=_("Print"), required=False, choices=[("", _("usual")), ("large", _("large"))])
    number = forms.IntegerField(
        label=_("Paper number"),
        required=False,
        min_value=1,
        max_value=9999,
        help_text=_("The same number always gives the same paper; another mixes anew."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.is_valid()
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "form-control" if name == "number" else "form-select"

    def seed(self) -> int:
        return self.cleaned_data.get("number") or 1

    def is_large(self) -> bool:
        return self.cleaned_data.get("size") == "large"

    def has_notes(self) -> bool:
        """Whether explanations and feedback stand on what is printed."""
        return "key" in self.parts() and not self.cleaned_data.get("reasons")

    def parts(self) -> tuple[str, ...]:
        return _PARTS[self.cleaned_data.get("part", "")]

    def wanted(self, papers: Sequence[Paper]) -> list[Paper]:
        version = self.cleaned_data.get("version")
        return [each for each in papers if not version or each.version == version]
