"""Forms for setting work."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from classroom.assignments import activities
from classroom.assignments.actions import Somebody
from classroom.assignments.activities import Offer
from classroom.assignments.forms.exceptions import Audience, audience_field
from classroom.assignments.forms.times import TimesForm
from classroom.common.layout import KeyField, one_button
from classroom.people.models import Section


class AssignForm(TimesForm):
    """Times, and for a lesson which of its parts go with it; then what each kind of activity wants to know."""

    key = KeyField()

    def __init__(
        self, *args: Any, section: Section, offer: Offer, parts: Sequence[Offer], audience: Audience, **kwargs: Any
    ) -> None:
        kinds = [activities.kind_of(each.kind) for each in (offer, *parts)]
        first_part = next((kind.first_part for kind in kinds if kind.first_part), "")
        super().__init__(*args, first_part=first_part, **kwargs)
        self.section = section
        self.offer, self.possible_parts = offer, {part.ref: part for part in parts}
        self.possible_audience = audience
        layout: list[Any] = ["key", Fieldset(gettext("When"), *(name for name in self.fields if name.endswith("_at")))]
        if parts:
            self.fields["parts"] = forms.MultipleChoiceField(
                label=_("Set with it"),
                required=False,
                choices=[(part.ref, f"{activities.kind_of(part.kind).label}: {part.title}") for part in parts],
                initial=[part.ref for part in parts],
                widget=forms.CheckboxSelectMultiple,
                help_text=_("Students find these at their place in the lesson, and on their home page."),
            )
            layout.append(Fieldset(gettext("Parts of the lesson"), "parts"))
        if audience:
            self.fields["audience"] = audience_field(audience)
            layout.append(Fieldset(gettext("For whom"), "audience"))
        self._options: dict[str, dict[str, str]] = {}
        for kind_key in dict.fromkeys([offer.kind, *(part.kind for part in parts)]):
            layout.extend(self._add_options(kind_key))
        self.helper = one_button(self, _("Assign"))
        self.helper.layout = Layout(*layout)

    def _add_options(self, kind_key: str) -> list[Any]:
        kind = activities.kind_of(kind_key)
        fields = kind.option_fields(self.section)
        names = {name: f"{kind_key}-{name}" for name in fields}
        for name, field in fields.items():
            self.fields[names[name]] = field
        self._options[kind_key] = names
        groups = kind.option_groups()
        if not groups:
            return [Fieldset(str(kind.label), *names.values())] if names else []
        return [Fieldset(f"{kind.label}: {legend}", *(names[name] for name in of_group)) for legend, of_group in groups]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors:
            setting = {self.offer.kind, *(part.kind for part in self.parts())}
            for kind_key, chosen in self.options().items():
                if kind_key in setting:
                    refused = activities.kind_of(kind_key).refusals(chosen, self.section, self.audience())
                    for name, words in refused.items():
                        self.add_error(self._options[kind_key][name], str(words))
        return cleaned

    def parts(self) -> list[Offer]:
        return [self.possible_parts[ref] for ref in self.cleaned_data.get("parts", [])]

    def audience(self) -> list[Somebody]:
        return [self.possible_audience.somebody(ref) for ref in self.cleaned_data.get("audience", [])]

    def options(self) -> dict[str, dict[str, Any]]:
        """What was chosen for each kind, by the kind's key and the field's own name."""
        return {
            kind_key: {name: self.cleaned_data[full] for name, full in names.items()}
            for kind_key, names in self._options.items()
        }
