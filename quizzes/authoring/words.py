"""What the two forms share that change a question's words: in its next version, or for everybody at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.authoring.ledger import Ledger
from quizzes.bank.forms import FeedbackForm, HintsField, feedback_typed
from quizzes.bank.queries import VersionView

# Types whose options are proved beside the facts.
PROVED_TYPES = frozenset({"choice", "multiple"})


class WordsForm(FeedbackForm):
    """The stem and what is said to it. ``feedback`` is what was typed, once the form is found right."""

    stem = forms.CharField(label=_("Question"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    explanation = forms.CharField(
        label=_("Explanation"),
        help_text=_("[^key] cites the fact of that key: it opens there, with its sources."),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    hints = HintsField()

    def __init__(self, *args: Any, view: VersionView, ledger: Ledger, **kwargs: Any) -> None:
        self.version, self.ledger = view.version, ledger
        self.feedback: dict[str, Any] = {}
        feedback = feedback_typed(view.version.type, view.version.content, view.version.answer_key.feedback)
        own = {"stem": view.version.stem, "explanation": view.explanation, "hints": view.hints}
        kwargs["initial"] = own | feedback
        super().__init__(*args, **kwargs)
        self.fit_feedback(view.version.type)
