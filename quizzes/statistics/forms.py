"""Which facts of a class to show."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from quizzes.statistics.queries.evidence import Evidence
from quizzes.statistics.queries.facts import Wanted, topics_in
from quizzes.statistics.queries.taken import Which

_SHOWN = [
    ("", _("all")),
    ("asked", _("asked about")),
    ("mistaken", _("mistaken by somebody")),
    ("never", _("never asked about")),
    ("open", _("disputed or doubtful")),
]


Choice = tuple[int | str, str]


def _or_all(choices: list[Choice]) -> list[tuple[int | str, str | Promise]]:
    return [("", _("all")), *choices]


class WantedForm(forms.Form):
    """By lesson, quiz, topic, and by what is known of them."""

    lesson = forms.TypedChoiceField(label=_("Lesson"), required=False, coerce=int, empty_value=None)
    quiz = forms.TypedChoiceField(label=_("Quiz"), required=False, coerce=int, empty_value=None)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    show = forms.ChoiceField(label=_("Facts"), required=False, choices=_SHOWN)

    def __init__(self, *args: Any, evidence: Evidence, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics = topics_in(list(evidence.facts.values()))
        offered: dict[str, list[Choice]] = {
            "lesson": [(each.pk, each.title) for each in evidence.lessons],
            "quiz": [(each.pk, each.title) for each in evidence.quizzes],
            "topic": [(topic.key, topic.title) for topic in topics],
        }
        for name, choices in offered.items():
            self.fields[name].choices = _or_all(choices)  # type: ignore[attr-defined]  # a ChoiceField's own
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"

    @property
    def wanted(self) -> Wanted:
        """What was chosen; a choice that is not offered asks for nothing."""
        self.is_valid()
        chosen = self.cleaned_data
        return Wanted(
            lesson=chosen.get("lesson"),
            quiz=chosen.get("quiz"),
            topic=chosen.get("topic", ""),
            show=chosen.get("show", ""),
        )


class WhichForm(forms.Form):
    """Which attempts are analysed, and of which classes; what is not offered asks for the first ones of this class."""

    attempts = forms.ChoiceField(
        label=_("Attempts"), required=False, choices=[(each.value, each.label) for each in Which]
    )
    classes = forms.ChoiceField(
        label=_("Classes"), required=False, choices=[("", _("this class")), ("all", _("all my classes with this quiz"))]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"

    @property
    def which(self) -> Which:
        self.is_valid()
        return Which(self.cleaned_data.get("attempts") or Which.FIRST.value)

    @property
    def elsewhere(self) -> bool:
        self.is_valid()
        return self.cleaned_data.get("classes") == "all"
