"""What the forms of all types have in common."""

from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from classroom.common.layout import one_button
from quizzes.authoring.checking import unchecked
from quizzes.authoring.editing import object_to_stem
from quizzes.authoring.ledger import Ledger, LedgerFact
from quizzes.authoring.readings import with_readings
from quizzes.authoring.refusal import Refused
from quizzes.authoring.writing import lines
from quizzes.authoring.writing.lines import Content, Key, Made, lines_of
from quizzes.bank.forms import FeedbackForm, HintsField
from quizzes.grading import BadQuestion, validate

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Help = str | _StrPromise


def area(label: "Help", help_text: "Help" = "", *, rows: int = 4, required: bool = True) -> forms.CharField:
    """Several lines, one entry each."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def line(label: "Help", help_text: "Help" = "", *, required: bool = False, longest: int = 100) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=longest)


def tick(label: "Help", help_text: "Help" = "") -> forms.BooleanField:
    return forms.BooleanField(label=label, help_text=help_text, required=False)


def rule(choices: "list[tuple[str, Help]]") -> forms.ChoiceField:
    return forms.ChoiceField(label=_("How it is marked"), choices=choices)


FORM_ID = "sheet"


class Sheet(FeedbackForm):
    """What every type has in common. A type adds its fields and says how they become content and key."""

    stem = area(_("Question"), rows=3)
    points = forms.DecimalField(label=_("Points"), min_value=0, max_value=1000, decimal_places=2, initial=1)
    explanation = area(
        _("Explanation"),
        _("Shown with the right answer. [^key] cites the fact of that key: it opens there, with its sources."),
        required=False,
    )
    hints = HintsField()
    facts = area(
        _("Facts it rests on"),
        _(
            "The keys of facts, one a line. What they can prove of the key is then checked, and you are told what they "
            "cannot."
        ),
        rows=2,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        question_type: str,
        ledger: Ledger,
        before: tuple[Content, Key] | None = None,
        **kwargs: Any,
    ) -> None:
        self.question_type, self.ledger = question_type, ledger
        self.old_content, self.old_key = before or ({}, {})
        self.content: Content = {}
        self.key: Key = {}
        self.feedback: dict[str, Any] = {}
        self.note = ""
        kwargs["initial"] = {**(self.typed(*before) if before else {}), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.add_fields()
        self.fit_feedback(question_type)
        self.helper = one_button(self, _("Save as a draft"))
        # The search for facts stands beside the form, and its buttons send all that is typed in it.
        self.helper.form_id = FORM_ID
        self.helper.layout = self.lay_out()

    def add_fields(self) -> None:
        """Adds what depends on what was typed."""

    def lay_out(self) -> Layout:
        """The type's own fields stand between the question and what is common to all."""
        own = [name for name in self.fields if name not in Sheet.base_fields]
        return Layout("stem", *own, "points", self.feedback_layout(), "explanation", "hints", "facts")

    def typed(self, content: Content, key: Key) -> dict[str, Any]:
        """The type's own fields, for a question that is there."""
        raise NotImplementedError

    def make(self, sent: dict[str, Any]) -> Made:
        """Content and key. Raises BadLine."""
        raise NotImplementedError

    def clean_points(self) -> Any:
        points = self.cleaned_data["points"]
        if not points:
            raise forms.ValidationError(_("A question is worth more than nothing."))
        return points

    def clean_facts(self) -> list[str]:
        keys = list(dict.fromkeys(lines_of(self.cleaned_data["facts"])))
        for key in keys:
            if key not in self.ledger.facts:
                raise forms.ValidationError(_("There is no fact “%(key)s”."), params={"key": key})
        return keys

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.check_marks(self.ledger.facts)
        if not self.errors:
            try:
                self.content, self.key = self.make(cleaned)
                validate(self.question_type, self.content, self.key)
                self._hold_against_facts(cleaned["stem"], [self.ledger.facts[key] for key in cleaned["facts"]])
                self.feedback = self.take_feedback(self.question_type, self.content)
            except (lines.BadLine, BadQuestion, Refused) as fault:
                self.add_error(None, str(fault))
        return cleaned

    def unchecked(self) -> list[str]:
        """What of a valid question's key no fact could prove."""
        facts = [self.ledger.facts[key] for key in self.cleaned_data["facts"]]
        return unchecked(self.question_type, self.content, self.key, facts)

    def asks_more(self) -> str:
        """What to say where something was typed for which there are new fields to be filled; else nothing."""
        return ""

    def typed_so_far(self) -> dict[str, Any]:
        """All that was typed, right or wrong, as the initial values of the same form."""
        return {name: self[name].value() for name in self.fields}

    def _hold_against_facts(self, stem: str, facts: list[LedgerFact]) -> None:
        """Gives wordings that the facts' readings allow their due, and refuses wrong options that are not wrong."""
        if not facts:
            return
        shown = [entry["text"] for part in ("prompts", "items") for entry in self.content.get(part, [])]
        reason = object_to_stem(self.question_type, stem, shown, [fact.key for fact in facts], self.ledger)
        if reason:
            self.add_error("stem", reason)
        self.key = with_readings(self.question_type, self.content, self.key, facts, self.ledger, stem=stem)
        validate(self.question_type, self.content, self.key)
