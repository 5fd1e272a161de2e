"""Options to be chosen: one, several, true or false."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.authoring.writing import lines
from quizzes.authoring.writing.lines import Content, Key, Made, lines_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Help = str | _StrPromise
from quizzes.authoring.writing.sheets.base import Sheet, area, line, rule, tick

WRONG = _(
    "One option a line. “50%: ...” before an option says what it is worth; “100%: ...” makes it as right as the best."
)


class ChoiceSheet(Sheet):
    right = line(_("Right option"), required=True, longest=500)
    wrong = area(_("Other options"), WRONG)
    below_zero = tick(_("Marks may go below zero"), _("Then “-50%: ...” before an option takes marks away."))

    def typed(self, content: Content, key: Key) -> dict[str, Any]:
        right, wrong = lines.options_typed(content, key)
        return {"right": right[0], "wrong": "\n".join(wrong), "below_zero": key.get("below_zero", False)}

    def make(self, sent: dict[str, Any]) -> Made:
        return lines.choice(
            [sent["right"]], lines_of(sent["wrong"]), below_zero=sent["below_zero"], before=self.old_content
        )


class MultipleSheet(Sheet):
    right = area(_("Right options"), _("One a line."))
    wrong = area(_("Wrong options"), _("One a line."), required=False)
    scoring = rule(
        [
            ("right-minus-wrong", _("Right options less wrong ones")),
            ("all-or-nothing", _("All or nothing")),
            ("per-option", _("Each option rightly ticked or left alone")),
            ("weights", _("By weights: “70%: ...” before each right option, “-20%: ...” before wrong ones")),
        ]
    )
    below_zero = tick(_("Marks may go below zero"))

    def typed(self, content: Content, key: Key) -> dict[str, Any]:
        right, wrong = lines.options_typed(content, key)
        held = {"scoring": key.get("scoring", "right-minus-wrong"), "below_zero": key.get("below_zero", False)}
        return {"right": "\n".join(right), "wrong": "\n".join(wrong), **held}

    def make(self, sent: dict[str, Any]) -> Made:
        return lines.multiple(
            lines_of(sent["right"]),
            lines_of(sent["wrong"]),
            scoring=sent["scoring"],
            below_zero=sent["below_zero"],
            before=self.old_content,
        )


class TrueFalseSheet(Sheet):
    correct = forms.ChoiceField(label=_("The statement is"), choices=[("true", _("true")), ("false", _("false"))])
    penalty = forms.IntegerField(
        label=_("What a wrong answer takes away"),
        help_text=_("In per cent of the points; 0 for nothing."),
        min_value=0,
        max_value=100,
        initial=0,
    )

    def typed(self, content: Content, key: Key) -> dict[str, Any]:
        return {"correct": "true" if key["correct"] else "false", "penalty": round(100 * key.get("penalty", 0))}

    def make(self, sent: dict[str, Any]) -> Made:
        key: Key = {"correct": sent["correct"] == "true"}
        return {}, key | ({"penalty": sent["penalty"] / 100} if sent["penalty"] else {})
