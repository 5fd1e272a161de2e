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
        layout: list[Any] = ["key", Fieldset(gettext("When"), "opens_at", "due_at", "closes_at")]
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
        # Beside what makes two parts of the work: a lesson with a discussion is not due twice.
        own = [*names.values(), *(["first_due_at"] if kind.first_part else [])]
        groups = kind.option_groups()
        if not groups:
            return [Fieldset(str(kind.label), *own)] if own else []
        return [Fieldset(f"{kind.label}: {legend}", *(names[name] for name in of_group)) for legend, of_group in groups]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors:
            setting = {self.offer.kind, *(part.kind for part in self.parts())}
            self._judge_first_due(setting)
            for kind_key, chosen in self.options().items():
                if kind_key in setting:
                    refused = activities.kind_of(kind_key).refusals(chosen, self.section, self.audience())
                    for name, words in refused.items():
                        self.add_error(self._options[kind_key][name], str(words))
        return cleaned

    def _judge_first_due(self, setting: set[str]) -> None:
        divided = [key for key in setting if activities.kind_of(key).first_part]
        if not self.cleaned_data.get("first_due_at") or not divided:
            return
        if not any(activities.kind_of(key).has_rest(self.options()[key]) for key in divided):
            self.add_error("first_due_at", _("Nothing more is asked of each student: ask for more, or leave it empty."))

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
