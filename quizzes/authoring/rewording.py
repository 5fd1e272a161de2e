"""The form for changing the words of a question, and nothing but its words."""

from datetime import datetime
from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from classroom.common.layout import one_button
from classroom.people.models import User
from quizzes.authoring.editing import object_to_options, object_to_right, object_to_stem
from quizzes.authoring.ledger import Ledger, LedgerFact
from quizzes.authoring.words import PROVED_TYPES, WordsForm
from quizzes.bank import actions
from quizzes.bank.models import Question, QuestionVersion
from quizzes.bank.queries import VersionView
from quizzes.grading import BadQuestion, objection, texts_of, with_texts


class RewordForm(WordsForm):
    """Every text of a question in a field of its own; the key, the points and the facts have none."""

    def __init__(self, *args: Any, view: VersionView, ledger: Ledger, **kwargs: Any) -> None:
        super().__init__(*args, view=view, ledger=ledger, **kwargs)
        # A text's place in the content may hold any id, so fields are named by number.
        self.places = {f"text-{number}": place for number, place in enumerate(texts_of(self.version.content))}
        texts = texts_of(self.version.content)
        for name, place in self.places.items():
            self.fields[name] = _text_field(place, texts[place], right=_is_right(self.version, place))
        if not view.hints:
            del self.fields["hints"]
        self.helper = one_button(self, _("Change the words for everybody"))
        texts_of_its_own = [Fieldset(gettext("Its other texts"), *self.places)] if self.places else []
        rest = [name for name in ("explanation", "hints") if name in self.fields]
        self.helper.layout = Layout("stem", *texts_of_its_own, self.feedback_layout(), *rest)

    @property
    def content(self) -> dict[str, Any]:
        """The content with its new texts."""
        texts = {place: self.cleaned_data[name] for name, place in self.places.items()}
        return with_texts(self.version.content, texts)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.check_marks(self.ledger.facts)
        if not self.errors:
            self._hold_against_facts(cleaned)
        if not self.errors:
            key = self.version.answer_key.key
            reason = objection(self.version.type, (self.version.content, key), (self.content, key))
            if reason:
                self.add_error(None, reason)
        if not self.errors:
            try:
                self.feedback = self.take_feedback(self.version.type, self.content, self.version.content)
            except BadQuestion as fault:
                self.add_error("answers_said" if "answers_said" in self.fields else None, str(fault))
        return cleaned

    def save(self, *, question: Question, by: User, at: datetime) -> QuestionVersion:
        """Raises NotARewording, where the question has been changed meanwhile."""
        return actions.reword(
            question=question,
            version=self.version,
            stem=self.cleaned_data["stem"],
            content=self.content,
            explanation=self.cleaned_data["explanation"],
            hints=self.cleaned_data.get("hints", []),
            feedback=self.feedback,
            by=by,
            at=at,
        )

    def _hold_against_facts(self, cleaned: dict[str, Any]) -> None:
        """New words are proved as they would be in a new version: options beside the facts, the stem by its sources."""
        keys = [fact.key for fact in self.version.facts.all() if fact.key in self.ledger.facts]
        facts = [self.ledger.facts[key] for key in keys]
        if not facts:
            return
        shown = [cleaned[name] for name, place in self.places.items() if place.startswith(("prompts/", "items/"))]
        reason = object_to_stem(self.version.type, cleaned["stem"], shown, keys, self.ledger)
        if reason:
            self.add_error("stem", reason)
        if self.version.type in PROVED_TYPES:
            before = texts_of(self.version.content)
            for name, place in self.places.items():
                if cleaned[name] != before[place]:
                    self._prove(name, cleaned[name], facts, cleaned["stem"])

    def _prove(self, name: str, text: str, facts: list[LedgerFact], stem: str) -> None:
        if _is_right(self.version, self.places[name]):
            reason = object_to_right(text, facts)
        else:
            reason = object_to_options({name: text}, facts, self.ledger, stem=stem).get(name, "")
        if reason:
            self.add_error(name, reason)


def _is_right(version: QuestionVersion, place: str) -> bool:
    correct = version.answer_key.key.get("correct")
    return place in {f"options/{each}" for each in (correct if isinstance(correct, list) else [correct])}


def _text_field(place: str, text: str, *, right: bool) -> forms.CharField:
    if place == "text":
        words = _("The text, with its gaps")
        return forms.CharField(label=words, max_length=5000, initial=text, widget=forms.Textarea(attrs={"rows": 5}))
    kind = place.split("/")[-2]
    labels = {"prompts": _("What is to be matched"), "items": _("Item"), "options": _("Option")}
    label = _("Right option") if right else labels[kind]
    return forms.CharField(label=label, max_length=500, initial=text)
