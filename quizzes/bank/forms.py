"""Forms of the bank: finding questions, and putting a quiz together."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from classroom.common.layout import one_button
from classroom.library.models import Topic
from quizzes.bank.models import Quiz, QuizItem
from quizzes.bank.queries import STATES, QuestionFilter

MOST_QUESTIONS = 100


class HintsField(forms.CharField):
    """Hints for practice as a teacher types them, one a line; as they are kept, a list."""

    MOST, LONGEST = 5, 300

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Hints"),
            required=False,
            max_length=self.MOST * (self.LONGEST + 2),
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("For practice, one a line, the faintest first. A student sees one only when they ask for it."),
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        hints = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(hints) > self.MOST or any(len(hint) > self.LONGEST for hint in hints):
            raise forms.ValidationError(
                _("At most %(most)d hints of %(longest)d characters each."),
                params={"most": self.MOST, "longest": self.LONGEST},
            )
        return hints


class QuestionFilterForm(forms.Form):
    """Narrows the list of questions. A choice that is not there narrows nothing, and is said to be wrong."""

    q = forms.CharField(label=_("Words"), required=False, max_length=100, widget=forms.SearchInput)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("any")), *STATES.items()])
    whose = forms.ChoiceField(
        label=_("Whose"),
        required=False,
        choices=[("", _("the kit's and mine")), ("kit", _("the kit's")), ("own", _("mine"))],
    )

    def __init__(self, *args: Any, topics: Sequence[Topic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["topic"].choices = [("", _("all")), *((topic.key, topic.title) for topic in topics)]  # type: ignore[attr-defined]  # a ChoiceField's own
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "form-control" if name == "q" else "form-select"

    def wanted(self) -> QuestionFilter:
        """What the valid fields ask for."""
        self.is_valid()
        asked = self.cleaned_data
        return QuestionFilter(
            asked.get("q", ""), asked.get("topic", ""), asked.get("state", ""), asked.get("whose", "")
        )


class QuizForm(forms.ModelForm[Quiz]):
    """What a quiz is called, and what its students are told."""

    class Meta:
        model = Quiz
        fields = ["title", "instructions"]
        widgets = {"instructions": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = one_button(self, _("Make the quiz"))
        self.helper.layout = Layout("title", "instructions")


class QuizQuestionsForm(forms.Form):
    """Which questions a quiz asks, and in which order: a place for each that it has, and ticks for those to add."""

    def __init__(
        self, *args: Any, items: Sequence[QuizItem], offered: Sequence[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for item in items:
            self.fields[f"place-{item.question_id}"] = forms.IntegerField(
                label=_("Place"),
                required=False,
                min_value=1,
                max_value=MOST_QUESTIONS,
                initial=item.position,
                widget=forms.NumberInput(attrs={"class": "form-control place"}),
            )
        self.fields["add"] = forms.TypedMultipleChoiceField(
            label=_("Add"), required=False, coerce=int, choices=offered, widget=_ticks()
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and len(self.question_ids()) > MOST_QUESTIONS:
            self.add_error(None, _("A quiz has at most %(most)d questions.") % {"most": MOST_QUESTIONS})
        return cleaned

    def question_ids(self) -> list[int]:
        """The questions in their new order; those without a place are left out, new ones come last."""
        kept = [item for item in self.items if self.cleaned_data.get(f"place-{item.question_id}")]
        kept.sort(key=lambda item: (self.cleaned_data[f"place-{item.question_id}"], item.position))
        return [*(item.question_id for item in kept), *self.cleaned_data.get("add", [])]


def _ticks() -> forms.CheckboxSelectMultiple:
    return forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"})
