from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from classroom.library.models import Fact, Topic
from classroom.library.queries import FactFilter


class FactFilterForm(forms.Form):
    """Narrows the list of facts. A choice that is not there narrows nothing, and is said to be wrong."""

    q = forms.CharField(label=_("Words"), required=False, max_length=100, widget=forms.SearchInput)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    standing = forms.ChoiceField(label=_("Standing"), required=False, choices=[("", _("any")), *Fact.Standing.choices])
    nature = forms.ChoiceField(label=_("Nature"), required=False, choices=[("", _("any")), *Fact.Nature.choices])

    def __init__(self, *args: Any, topics: Sequence[Topic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["topic"].choices = [("", _("all")), *((topic.key, topic.title) for topic in topics)]  # type: ignore[attr-defined]  # a ChoiceField's own
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "form-control" if name == "q" else "form-select"

    def wanted(self) -> FactFilter:
        """What the valid fields ask for."""
        self.is_valid()
        asked = self.cleaned_data
        return FactFilter(
            words=asked.get("q", ""),
            topic=asked.get("topic", ""),
            standing=asked.get("standing", ""),
            nature=asked.get("nature", ""),
        )
