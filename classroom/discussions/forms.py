"""Forms for posts, and for what moderators decide."""

import uuid
from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from classroom.common.layout import one_button
from classroom.discussions.actions import POST_MAX, REASON_MAX, KeyUsed, ParentGone, Refused, ThreadShut
from classroom.discussions.models import Guideline, Post, Thread
from classroom.discussions.queries import Place

_REFUSALS: dict[type[Refused], str | Promise] = {
    ThreadShut: gettext_lazy("This thread takes no more posts, so this was not sent. Your text is below: copy it."),
    ParentGone: gettext_lazy(
        "The post that you reply to is no longer shown. Your text is below: send it again to post it on its own."
    ),
    KeyUsed: gettext_lazy("You have sent another text from this page, and that one is kept. Send again to add this."),
}


class LongText(forms.CharField):
    """Text in several lines, of a limited length.

    The browser is not told the limit: it would cut off what is pasted without a word.
    """

    widget = forms.Textarea

    def __init__(self, *, limit: int, rows: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.limit = limit
        self.widget.attrs["rows"] = rows

    def to_python(self, value: Any) -> str:
        # Browsers send CRLF; what is kept and compared has one kind of line end.
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")

    def validate(self, value: str) -> None:
        super().validate(value)
        over = len(value) - self.limit
        if over > 0:
            message = ngettext(
                "This is %(over)d character too long: at most %(limit)d fit. Nothing of it is lost; shorten it here.",
                "This is %(over)d characters too long: at most %(limit)d fit. Nothing of it is lost; shorten it here.",
                over,
            )
            raise forms.ValidationError(message, params={"over": over, "limit": self.limit}, code="too_long")


def _body(label: str | Promise) -> LongText:
    return LongText(
        label=label,
        limit=POST_MAX,
        rows=6,
        help_text=gettext_lazy("*One star* or **two** for stress, > before a quotation, - before each item of a list."),
        error_messages={"required": gettext_lazy("There is nothing here yet to send.")},
    )


class PostForm(forms.Form):
    """A new post or reply. ``key`` goes with one showing of the form, so that sending it twice posts once."""

    body = _body(gettext_lazy("Your post"))
    key = forms.UUIDField(widget=forms.HiddenInput)
    parent = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, place: Place, parent: int | None = None) -> None:
        super().__init__(data, initial={"key": uuid.uuid4(), "parent": parent})
        held = not place.for_staff and place.thread.policy == Thread.Policy.HOLD_ALL
        self.helper = _posting(
            self, gettext_lazy("Send to a teacher") if held else gettext_lazy("Post"), "post_new", place.thread.pk
        )

    def refuse(self, refused: Refused) -> None:
        """Say why it was not kept; when the form is sent again it counts as a new one."""
        self.add_error(None, str(_REFUSALS[type(refused)]))
        _change(self, key=str(uuid.uuid4()))
        if isinstance(refused, ParentGone):
            _change(self, parent="")


class MendForm(forms.Form):
    """A post that waits or was returned, for its author. ``revision`` is of the text that the page has shown."""

    body = _body(gettext_lazy("Your post"))
    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, post: Post) -> None:
        # Several may stand on one page, and an id stands once.
        super().__init__(data, initial={"body": post.body, "revision": post.revision}, auto_id=f"post-{post.pk}-%s")
        self.post = post
        returned = post.state == Post.State.RETURNED
        self.helper = _posting(
            self, gettext_lazy("Send it again") if returned else gettext_lazy("Save the change"), "post_edit", post.pk
        )
        self.helper.inputs[0].id = f"post-{post.pk}-submit"

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"]
        if self.post.state == Post.State.RETURNED and body == self.post.body:
            raise forms.ValidationError(_("This is the text that was returned. Mend it, then send it again."))
        return body

    def refuse(self, refused: Refused) -> None:
        self.add_error(None, str(_REFUSALS[type(refused)]))

    def show_what_is_kept(self, stored: Post) -> None:
        """The post has moved on since the page was opened: say how, and keep what was typed."""
        if stored.state not in (Post.State.HELD, Post.State.RETURNED):
            self.add_error(
                None,
                _("A teacher has decided on this post meanwhile, so this was not saved. Your text is below: copy it."),
            )
            return
        self.add_error(
            None,
            _("This post has changed since you opened it. Kept is: “%(text)s” To keep yours instead, send it again.")
            % {"text": stored.body},
        )
        _change(self, revision=str(stored.revision))


class ApproveForm(forms.Form):
    """One button. ``back`` is where it stood: in the thread, or in the queue."""

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    back = forms.CharField(required=False, widget=forms.HiddenInput)


class AgainstForm(ApproveForm):
    """A decision against a post: the rule, and what its author is told."""

    rule = forms.TypedChoiceField(
        label=gettext_lazy("The rule that it is about"),
        error_messages={"required": gettext_lazy("Name the rule, so that the author knows what to keep to.")},
    )
    reason = LongText(
        label=gettext_lazy("What you tell the author"),
        limit=REASON_MAX,
        rows=4,
        help_text=gettext_lazy(
            "Name the words that it is about, and what would put it right. Only the author sees it."
        ),
        error_messages={"required": gettext_lazy("Give a reason: nobody can mend what they are not told.")},
    )

    def __init__(
        self, data: Any = None, *, post: Post, rules: Sequence[Guideline], button: str | Promise, back: str = ""
    ) -> None:
        super().__init__(data, initial={"revision": post.revision, "back": back})
        by_id = {str(rule.pk): rule for rule in rules}
        field = self.fields["rule"]
        # A list, not a query set: the page that shows it asks the database nothing.
        field.choices = [("", _("Choose a rule")), *((pk, rule.title) for pk, rule in by_id.items())]  # type: ignore[attr-defined]
        field.coerce = by_id.__getitem__  # type: ignore[attr-defined]
        self.helper = one_button(self, button)

    def show_the_change(self, stored: Post) -> None:
        """The post changed while the reason was written: it is shown as it is now, and the reason is kept."""
        self.add_error(None, _("The author has changed this post since you opened it. Read it as it is now, above."))
        _change(self, revision=str(stored.revision))


def _posting(form: forms.Form, button: str | Promise, view: str, pk: int) -> FormHelper:
    helper = one_button(form, button)
    helper.form_action = reverse(f"classroom:{view}", args=[pk])
    return helper


def _change(form: forms.Form, **values: str) -> None:
    """Let a form that is shown again carry other hidden values than were sent, and the same text."""
    form.data = {**{name: form.data.get(name, "") for name in form.fields}, **values}
