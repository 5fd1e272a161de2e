"""What a teacher decides about a class's quiz, once it is set."""

from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from classroom.common.layout import one_button
from quizzes.delivery.models import QuizAssignment
from quizzes.delivery.options import option_fields, option_groups, settings_from


class SettingsForm(forms.Form):
    """All settings of a quiz, in groups. ``revision`` is of those that the page shows."""

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, quiz_assignment: QuizAssignment, **kwargs: Any) -> None:
        fields = option_fields()
        initial = {name: getattr(quiz_assignment, name) for name in [*fields, "revision"]}
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.fields.update(fields)
        self.helper = one_button(self, _("Save the settings"))
        groups = [Fieldset(capfirst(legend), *names) for legend, names in option_groups()]
        self.helper.layout = Layout("revision", *groups)

    def settings(self) -> dict[str, Any]:
        return settings_from({name: value for name, value in self.cleaned_data.items() if name != "revision"})


def differences(form: SettingsForm, stored: QuizAssignment) -> list[tuple[str, str, str]]:
    """Where a form and what is stored differ: what it is about, as the form has it, as it is stored."""
    sent = form.settings()
    found = []
    for name, field in option_fields().items():
        kept = getattr(stored, name)
        if sent.get(name) != kept:
            found.append((str(field.label), _in_words(field, sent.get(name)), _in_words(field, kept)))
    return found


def with_revision(sent: QueryDict, revision: int) -> QueryDict:
    """What was sent, as if its page had shown the settings of this revision."""
    again = sent.copy()
    again["revision"] = str(revision)
    return again


def _in_words(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]  # pairs, as all of ours
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    return str(field.prepare_value(value) if value not in (None, "", []) else _("none"))
