"""Questioning a key, and deciding about it."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from classroom.common.layout import one_button
from classroom.library.models import Passage


class AppealForm(forms.Form):
    """``passages`` are those of the film's sources, in order."""

    passage = forms.ChoiceField(
        label=_("Which paragraph says otherwise"),
        help_text=_("Paragraphs are numbered as on the pages of the sources."),
    )
    text = forms.CharField(
        label=_("Why the right answer should be another"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, passages: Sequence[Passage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.passages = {str(each.pk): each for each in passages}
        choices: list[Any] = [("", gettext("Choose a paragraph"))]
        for source, group in groupby(passages, key=lambda each: each.source):
            lines = [(str(each.pk), _line(each)) for each in group]
            choices.append((source.short_name, lines))
        self.fields["passage"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField's own
        self.helper = one_button(self, _("Send it to my teacher"))

    def chosen(self) -> Passage:
        return self.passages[self.cleaned_data["passage"]]


def _line(passage: Passage) -> str:
    name = passage.source.short_name
    return gettext("%(source)s, paragraph %(number)d") % {"source": name, "number": passage.number}


class DecisionForm(forms.Form):
    decision = forms.CharField(
        label=_("Your reason"),
        help_text=_("The student reads it."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    upheld = forms.ChoiceField(
        label=_("Decision"),
        choices=[("yes", _("The student is right: the key is to be mended")), ("no", _("The key stands"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = one_button(self, _("Decide, and tell the student"))


class ReviewForm(forms.Form):
    outcome = forms.CharField(label=_("What came of it"), max_length=500)
