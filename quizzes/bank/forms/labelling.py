"""The words by which a question of one's own is found."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from classroom.common.layout import one_button
from quizzes.bank.models import Question, QuestionTag

MOST_TAGS = 20


class TagsField(forms.CharField):
    """Tags as a teacher types them, one a line; as they are kept, a list."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        names: dict[str, str] = {}
        for line in super().clean(value).splitlines():
            name = " ".join(line.split())
            if name:
                names.setdefault(name.casefold(), name)
        if len(names) > MOST_TAGS or any(len(name) > QuestionTag.LONGEST for name in names.values()):
            raise forms.ValidationError(
                _("At most %(most)d of %(longest)d characters each."),
                params={"most": MOST_TAGS, "longest": QuestionTag.LONGEST},
            )
        return list(names.values())


class LabelsForm(forms.Form):
    """Difficulty, standards and tags. Topics, facts and lessons a question has from the ledger.

    ``basis`` is of the words that the page shows.
    """

    basis = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    difficulty = forms.ChoiceField(
        label=_("Difficulty"), required=False, choices=[("", _("not said")), *Question.Difficulty.choices]
    )
    standards = TagsField(label=_("Standards"), help_text=_("Codes of the curriculum, one a line."))
    tags = TagsField(label=_("Tags"), help_text=_("Words of your own, one a line."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = one_button(self, _("Save the tags"))
        self.helper.layout = Layout("basis", "difficulty", "standards", "tags")

    def differences(self, kept: "LabelsForm") -> list[tuple[str, str, str]]:
        """Where what was typed differs from what another form shows as kept: what it is about, this, and that."""
        found = []
        for name in ("difficulty", "standards", "tags"):
            field = self.fields[name]
            mine, other = self.cleaned_data[name], kept.initial[name]
            if _sorted(mine) != _sorted(other):
                found.append((str(field.label), _in_words(field, mine), _in_words(field, other)))
        return found


def _sorted(value: str | list[str]) -> str | list[str]:
    return sorted(value) if isinstance(value, list) else value


def _in_words(field: forms.Field, value: str | list[str]) -> str:
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices)[value])  # type: ignore[arg-type]  # pairs, as all of ours
    return ", ".join(value) or str(_("none"))
