"""An appeal, and its answer."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from classroom.common.fields import LongText
from classroom.common.layout import one_button
from classroom.discussions.models import Guideline
from classroom.moderation.actions import APPEAL_MAX
from classroom.moderation.forms.deciding import rule_field, set_rules

UPHELD, REJECTED = "upheld", "rejected"


class AppealForm(forms.Form):
    words = LongText(
        label=gettext_lazy("Why the decision is wrong"),
        limit=APPEAL_MAX,
        rows=5,
        help_text=gettext_lazy("Say what you meant, and why it keeps to the rule. You can appeal once."),
        error_messages={"required": gettext_lazy("Say why: whoever reads it has nothing else to go by.")},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.helper = one_button(self, gettext_lazy("Appeal"))


class AnswerForm(forms.Form):
    outcome = forms.ChoiceField(
        label=gettext_lazy("Your answer"),
        choices=[
            (UPHELD, gettext_lazy("The author is right: show the post to the class as it was")),
            (REJECTED, gettext_lazy("The decision stands")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the two.")},
    )
    rule = rule_field()
    words = LongText(
        label=gettext_lazy("What you tell the author"),
        limit=APPEAL_MAX,
        rows=4,
        required=False,
        help_text=gettext_lazy("Answer what they say. Where the decision stands, a rule and a reason are needed."),
    )

    back = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, rules: Sequence[Guideline], back: str = "") -> None:
        super().__init__(data, initial={"back": back})
        set_rules(self, rules)
        self.fields["rule"].required = False
        self.fields["rule"].label = _("The rule, where the decision stands")
        self.helper = one_button(self, gettext_lazy("Answer the appeal"))

    def clean(self) -> None:
        if self.cleaned_data.get("outcome") != REJECTED:
            return
        if not self.cleaned_data.get("rule") and "rule" not in self.errors:
            self.add_error("rule", _("Name the rule, so that the author knows what to keep to."))
        if not self.cleaned_data.get("words") and "words" not in self.errors:
            self.add_error("words", _("Give a reason: the author has given theirs."))
