"""What a teacher decides about a question that was wrongly keyed."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from classroom.common.layout import one_button
from quizzes.bank.models import QuestionVersion
from quizzes.marking.actions import Decision, fits
from quizzes.marking.models import Regrade
from quizzes.marking.rulings import WRITTEN

Policy = Regrade.Policy


class RegradeForm(forms.Form):
    """``offered`` are versions with their keys in words; those whose key fits the question may be chosen."""

    policy = forms.ChoiceField(label=_("How answers are graded"), widget=forms.RadioSelect)
    corrected = forms.ChoiceField(label=_("The new key"), required=False)
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("Students read this once they may see the right answer."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    everywhere = forms.BooleanField(label=_("In all my classes that were asked it"), required=False)
    expected = forms.CharField(widget=forms.HiddenInput, max_length=5000, required=False)

    def __init__(
        self,
        *args: Any,
        version: QuestionVersion,
        offered: Sequence[tuple[QuestionVersion, str]],
        was_regraded: bool,
        others: int,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.version = version
        fitting = [(each, words) for each, words in offered if fits(version, each)]
        self.offered = {str(each.pk): each for each, _words in fitting}
        choices = [("", gettext("none"))]
        choices += [
            (str(each.pk), gettext("%(key)s (version %(number)d)") % {"key": words, "number": each.number})
            for each, words in fitting
        ]
        self.fields["corrected"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField's own
        wanted = {Policy.FULL, Policy.DROP}
        wanted |= set() if version.type in WRITTEN else {Policy.NEW_KEY, Policy.BOTH}
        wanted |= {Policy.AS_ASKED} if was_regraded else set()
        self.fields["policy"].choices = [each for each in Policy.choices if each[0] in wanted]  # type: ignore[attr-defined]
        if version.type in WRITTEN:
            del self.fields["corrected"]
        if not others:
            del self.fields["everywhere"]
        self.helper = one_button(self, _("See what would change"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        needs_key = cleaned.get("policy") in (Policy.NEW_KEY, Policy.BOTH)
        if needs_key and not cleaned.get("corrected"):
            self.add_error("corrected", _("Choose the version that has the new key, or write it first."))
        return cleaned

    def decision(self) -> Decision:
        needs_key = self.cleaned_data["policy"] in (Policy.NEW_KEY, Policy.BOTH)
        return Decision(
            version=self.version,
            policy=self.cleaned_data["policy"],
            corrected=self.offered[self.cleaned_data["corrected"]] if needs_key else None,
            reason=self.cleaned_data["reason"].strip(),
        )

    def numbers(self) -> dict[int, int]:
        """By quiz assignment, the number of the last regrade that the page showed."""
        pairs = [each.split(":") for each in self.cleaned_data["expected"].split(",")]
        return {int(each[0]): int(each[1]) for each in pairs if len(each) == 2 and all(map(_is_number, each))}


def expected_text(numbers: dict[int, int]) -> str:
    return ",".join(f"{quiz}:{number}" for quiz, number in sorted(numbers.items()))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19
