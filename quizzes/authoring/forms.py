"""Drafting from facts, and changing a question with its options proved again."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from classroom.common.layout import one_button
from classroom.library.models import Topic
from quizzes.authoring.editing import object_to_options, object_to_stem, object_to_whole
from quizzes.authoring.ledger import Ledger
from quizzes.authoring.words import PROVED_TYPES, WordsForm
from quizzes.bank.models import QuestionVersion
from quizzes.bank.queries import VersionView
from quizzes.grading import BadQuestion, validate


class FactSearchForm(forms.Form):
    """Finds the facts to draft from."""

    q = forms.CharField(label=_("Words"), required=False, max_length=100, widget=forms.SearchInput)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    seed = forms.IntegerField(required=False, min_value=0, max_value=10_000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, topics: Sequence[Topic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["topic"].choices = [("", _("all")), *((topic.key, topic.title) for topic in topics)]  # type: ignore[attr-defined]  # a ChoiceField's own
        self.fields["q"].widget.attrs["class"] = "form-control"
        self.fields["topic"].widget.attrs["class"] = "form-select"


class EditForm(WordsForm):
    """The words of a question. What the facts decide, the right answer, is shown and not changed."""

    def __init__(self, *args: Any, view: VersionView, ledger: Ledger, **kwargs: Any) -> None:
        super().__init__(*args, view=view, ledger=ledger, **kwargs)
        self.wrong_ids = _wrong_ids(view.version)
        for entry in self.version.content.get("options", []):
            if entry["id"] in self.wrong_ids:
                self.fields[f"option-{entry['id']}"] = forms.CharField(
                    label=_("Wrong option"), max_length=500, initial=entry["text"]
                )
        self.helper = one_button(self, _("Save as the next version"))
        wrong = [f"option-{each}" for each in self.wrong_ids]
        self.helper.layout = Layout(
            "stem",
            *([Fieldset(gettext("Wrong options"), *wrong)] if wrong else []),
            self.feedback_layout(),
            "explanation",
            "hints",
        )

    def options(self) -> dict[str, str]:
        """The wrong options as they are now, by id."""
        return {each: self.cleaned_data[f"option-{each}"] for each in self.wrong_ids}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.check_marks(self.ledger.facts)
        if not self.errors:
            self._prove(cleaned["stem"], {each: cleaned[f"option-{each}"] for each in self.wrong_ids})
        return cleaned

    def _prove(self, stem: str, texts: dict[str, str]) -> None:
        keys = [fact.key for fact in self.version.facts.all() if fact.key in self.ledger.facts]
        facts = [self.ledger.facts[key] for key in keys]
        reason = object_to_stem(self.version.type, stem, _shown(self.version), keys, self.ledger)
        if reason:
            self.add_error("stem", reason)
        if texts and not facts:
            self._refuse_unproved(texts)
        elif texts:
            for option, objection in object_to_options(texts, facts, self.ledger, stem=stem).items():
                self.add_error(f"option-{option}", objection)
            if not self.errors:
                whole = object_to_whole(list(texts.values()), facts, self.ledger, stem=stem)
                self.add_error(None, whole) if whole else None
        self._validate(texts)

    def _refuse_unproved(self, texts: dict[str, str]) -> None:
        before = {entry["id"]: entry["text"] for entry in self.version.content["options"]}
        for option, text in texts.items():
            if text != before[option]:
                self.add_error(
                    f"option-{option}",
                    _("No fact of the kit stands behind this question any more: a new option cannot be proved wrong."),
                )

    def _validate(self, texts: dict[str, str]) -> None:
        content = dict(self.version.content)
        if texts:
            content["options"] = [
                {"id": entry["id"], "text": texts.get(entry["id"], entry["text"])} for entry in content["options"]
            ]
        try:
            validate(self.version.type, content, self.version.answer_key.key)
            self.feedback = self.take_feedback(self.version.type, content, self.version.content)
        except BadQuestion as fault:
            self.add_error(None, str(fault))


def _wrong_ids(version: QuestionVersion) -> list[str]:
    if version.type not in PROVED_TYPES:
        return []
    correct = version.answer_key.key["correct"]
    right = set(correct) if isinstance(correct, list) else {correct}
    return [entry["id"] for entry in version.content["options"] if entry["id"] not in right]


def _shown(version: QuestionVersion) -> list[str]:
    return [entry["text"] for part in ("prompts", "items") for entry in version.content.get(part, [])]
