"""Forms for what moderators decide."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from classroom.common.fields import LongText, change_sent
from classroom.common.layout import one_button
from classroom.discussions.models import Guideline, Post
from classroom.moderation.actions import REASON_MAX
from classroom.moderation.passages import first_found, place_of

ABOUT_MAX = 1000
ANSWER_MAX = 300


class ApproveForm(forms.Form):
    """One button. ``back`` is where it stood: in the thread, or in the queue."""

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    back = forms.CharField(required=False, widget=forms.HiddenInput)


class LeaveForm(ApproveForm):
    """The same, with a line for those who have reported the post."""

    answer = forms.CharField(max_length=ANSWER_MAX, required=False)


def rule_field() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=gettext_lazy("The rule that it is about"),
        error_messages={"required": gettext_lazy("Name the rule, so that the author knows what to keep to.")},
    )


def reason_field() -> LongText:
    return LongText(
        label=gettext_lazy("What you tell the author"),
        limit=REASON_MAX,
        rows=4,
        help_text=gettext_lazy(
            "Name the words that it is about, and what would put it right. Only the author sees it."
        ),
        error_messages={"required": gettext_lazy("Give a reason: nobody can mend what they are not told.")},
    )


def set_rules(form: forms.Form, rules: Sequence[Guideline]) -> None:
    """Let the form's ``rule`` be one of these."""
    by_id = {str(rule.pk): rule for rule in rules}
    field = form.fields["rule"]
    # A list, not a query set: the page that shows it asks the database nothing.
    field.choices = [("", _("Choose a rule")), *((pk, rule.title) for pk, rule in by_id.items())]  # type: ignore[attr-defined]
    field.coerce = by_id.__getitem__  # type: ignore[attr-defined]


class AgainstForm(ApproveForm):
    """A decision against a post: the rule, and what its author is told."""

    rule = rule_field()
    about = LongText(
        label=gettext_lazy("The words that it is about"),
        limit=ABOUT_MAX,
        rows=2,
        required=False,
        help_text=gettext_lazy(
            "Copy them from the post: the author sees them marked. Leave it empty where it is about the whole post."
        ),
    )
    reason = reason_field()

    def __init__(
        self, data: Any = None, *, post: Post, rules: Sequence[Guideline], button: str | Promise, back: str = ""
    ) -> None:
        super().__init__(data, initial={"revision": post.revision, "back": back, "about": first_found(post)})
        self.post = post
        set_rules(self, rules)
        self.helper = one_button(self, button)

    def clean_about(self) -> str:
        words: str = self.cleaned_data["about"].strip()
        if not words:
            return ""
        place = place_of(words, self.post.body)
        if place is None:
            raise forms.ValidationError(_("These words are not in the post. Copy them as they stand there."))
        return self.post.body[slice(*place)]

    def show_the_other(self, told: str, stored: Post) -> None:
        """Another moderator was first: what was typed is kept, and sent again it is about the post as it is now."""
        self.add_error(None, told)
        change_sent(self, revision=str(stored.revision))

    def show_the_change(self, stored: Post) -> None:
        """The post changed while the reason was written: it is shown as it is now, and the reason is kept."""
        self.add_error(None, _("The author has changed this post since you opened it. Read it as it is now, above."))
        change_sent(self, revision=str(stored.revision))
