"""The form that narrows the list of questions, alike in the bank and where a quiz is put together."""

from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from classroom.library.models import Fact
from quizzes.bank.finding import Choices, QuestionFilter
from quizzes.bank.models import Question
from quizzes.bank.words import STATES, TYPE_WORDS

_ANY = ("", _("any"))


class QuestionFilterForm(forms.Form):
    """Narrows the list of questions. A choice that is not there narrows nothing, and is said to be wrong."""

    q = forms.CharField(label=_("Words"), required=False, max_length=100, widget=forms.SearchInput)
    type = forms.ChoiceField(label=_("Type"), required=False, choices=[_ANY, *TYPE_WORDS.items()])
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    lesson = forms.ChoiceField(label=_("Lesson"), required=False)
    fact = forms.SlugField(label=_("Fact, by its key"), required=False, max_length=100)
    standing = forms.ChoiceField(
        label=_("Standing of its facts"), required=False, choices=[_ANY, *Fact.Standing.choices]
    )
    difficulty = forms.ChoiceField(label=_("Difficulty"), required=False, choices=[_ANY, *Question.Difficulty.choices])
    standard = forms.ChoiceField(label=_("Standard"), required=False)
    tag = forms.ChoiceField(label=_("Tag"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[_ANY, *STATES.items()])
    whose = forms.ChoiceField(
        label=_("Whose"),
        required=False,
        choices=[("", _("the kit's and mine")), ("kit", _("the kit's")), ("own", _("mine"))],
    )
    use = forms.ChoiceField(
        label=_("In a quiz"), required=False, choices=[_ANY, ("used", _("yes")), ("unused", _("not yet"))]
    )

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        listed = {
            "topic": [(topic.key, topic.title) for topic in choices.topics],
            "lesson": list(choices.lessons),
            "standard": [(name, name) for name in choices.standards],
            "tag": [(name, name) for name in choices.tags],
        }
        for name, entries in listed.items():
            self.fields[name].choices = [_ANY, *entries]  # type: ignore[attr-defined]  # a ChoiceField's own
            if not entries and name in ("standard", "tag"):
                del self.fields[name]
        for field in self.fields.values():
            typed = isinstance(field, forms.CharField)
            field.widget.attrs["class"] = "form-control" if typed else "form-select"

    def wanted(self) -> QuestionFilter:
        """What the valid fields ask for."""
        self.is_valid()
        known = {each.name for each in fields(QuestionFilter)}
        asked = {name: value for name, value in self.cleaned_data.items() if value and name in known}
        return QuestionFilter(words=self.cleaned_data.get("q", ""), **asked)

    def kept(self) -> dict[str, str]:
        """The valid fields that ask for something, as an address carries them."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
