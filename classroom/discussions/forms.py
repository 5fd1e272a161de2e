"""Forms for posts, and for the threads of an assignment."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from classroom.assignments.forms.times import LocalTimeField
from classroom.common import clock
from classroom.common.fields import LongText, change_sent
from classroom.common.layout import one_button, plain_fields
from classroom.discussions.actions import (
    POST_MAX,
    Enough,
    KeyUsed,
    Muted,
    ParentGone,
    Refused,
    ThreadShut,
    TooLate,
    TooSoon,
    WordBlocked,
)
from classroom.discussions.attaching import Attaching
from classroom.discussions.models import Post, Thread
from classroom.discussions.queries import Place, ThreadSettings, policy_of
from classroom.discussions.sources import refs_of
from classroom.discussions.wording import muted_words

_REFUSALS: dict[type[Refused], str | Promise] = {
    ThreadShut: gettext_lazy("This thread takes no more posts, so this was not sent. Your text is below: copy it."),
    ParentGone: gettext_lazy(
        "The post that you reply to is no longer shown. Your text is below: send it again to post it on its own."
    ),
    TooLate: gettext_lazy(
        "The time to change this post is over, so this was not saved. Your text is below: copy it, and reply with it."
    ),
    Enough: gettext_lazy(
        "You have written as many posts as this thread takes of one student, so this was not sent. Your text is below: "
        "copy it into one of your posts that still can be changed, or delete one of them."
    ),
    KeyUsed: gettext_lazy("You have sent another text from this page, and that one is kept. Send again to add this."),
}


def _refusal(refused: Refused) -> str:
    if isinstance(refused, Muted):
        return _("%(words)s So this was not sent. Your text is below: keep it as a draft.") % {
            "words": muted_words(refused.mute)
        }
    if isinstance(refused, TooSoon):
        minutes = -(-int((refused.again - clock.now()).total_seconds()) // 60) or 1
        return ngettext(
            "This thread is slow: send it again in a minute. Your text is below; keep it as a draft meanwhile.",
            "This thread is slow: send it again in %(minutes)d minutes. Your text is below; keep it as a draft.",
            minutes,
        ) % {"minutes": minutes}
    if isinstance(refused, WordBlocked):
        return ngettext(
            "This class does not take the word %(words)s, so this was not sent. Your text is below: change the word, "
            "and send it again. Ask your teacher if you need it, for a quotation perhaps.",
            "This class does not take these words, so this was not sent: %(words)s. Your text is below: change them, "
            "and send it again. Ask your teacher if you need them, for a quotation perhaps.",
            len(refused.words),
        ) % {"words": ", ".join(f"“{word}”" for word in refused.words)}
    return str(_REFUSALS[type(refused)])


def _body(label: str | Promise) -> LongText:
    return LongText(
        label=label,
        limit=POST_MAX,
        rows=6,
        help_text=gettext_lazy("*One star* or **two** for stress, > before a quotation, - before each item of a list."),
        error_messages={"required": gettext_lazy("There is nothing here yet to send.")},
    )


class PostForm(Attaching):
    """A new post or reply. ``key`` goes with one showing of the form, so that sending it twice posts once.

    The thread's template writes it out: rendering it from a helper costs as much as the rest of the page.
    """

    body = _body(gettext_lazy("Your post"))
    key = forms.UUIDField(widget=forms.HiddenInput)
    parent = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(
        self, data: QueryDict | None = None, *, place: Place, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial={"key": uuid.uuid4()} | dict(initial or {}))
        held = not place.for_staff and policy_of(place) == Thread.Policy.HOLD_ALL
        self.button = _("Send to a teacher") if held else _("Post")
        self.take(data.getlist("sources") if data else [], place)

    @classmethod
    def looking(cls, data: QueryDict, *, place: Place) -> "PostForm":
        """The form as it stands, not sent yet, with what was looked for in the ledger."""
        form = cls(place=place, initial={name: data.get(name, "") for name in ("body", "key", "parent")})
        form.look(data, place)
        return form

    @property
    def values(self) -> dict[str, str]:
        """What stands in the fields now: what was sent, or what the form begins with."""
        if self.is_bound:
            found = {name: self[name].value() for name in self.fields}
        else:
            found = {name: self.get_initial_for_field(field, name) for name, field in self.fields.items()}
        return {name: "" if value is None else str(value) for name, value in found.items()}

    def refuse(self, refused: Refused) -> None:
        """Say why it was not kept; when the form is sent again it counts as a new one."""
        self.add_error(None, _refusal(refused))
        change_sent(self, key=str(uuid.uuid4()))
        if isinstance(refused, ParentGone):
            change_sent(self, parent="")


class MendForm(Attaching):
    """A post that waits or was returned, for its author. ``revision`` is of the text that the page has shown."""

    body = _body(gettext_lazy("Your post"))
    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        post: Post,
        place: Place,
        may_edit: bool = False,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial or {"body": post.body, "revision": post.revision})
        self.post = post
        self.was_published = post.state == Post.State.PUBLISHED
        self.may_edit = may_edit
        self.kept = refs_of(post)
        self.take(self.kept if data is None else data.getlist("sources"), place)
        returned = post.state == Post.State.RETURNED
        self.button = _("Send it again") if returned else _("Save the change")
        self.helper = plain_fields(self)
        self.helper.form_error_title = ""

    @classmethod
    def looking(cls, data: QueryDict, *, post: Post, place: Place) -> "MendForm":
        """The form as it stands, not sent yet, with what was looked for in the ledger."""
        form = cls(post=post, place=place, initial={name: data.get(name, "") for name in ("body", "revision")})
        form.look(data, place)
        return form

    def clean(self) -> None:
        super().clean()
        same = self.cleaned_data.get("body") == self.post.body and [each.ref for each in self.attached] == self.kept
        if self.post.state == Post.State.RETURNED and same:
            self.add_error("body", _("This is the text that was returned. Mend it, then send it again."))

    def refuse(self, refused: Refused) -> None:
        self.add_error(None, _refusal(refused))

    def show_what_is_kept(self, stored: Post) -> None:
        """The post has moved on since the page was opened: say how, and keep what was typed."""
        waits = stored.state in (Post.State.HELD, Post.State.RETURNED)
        if not waits and not (self.may_edit and stored.state == Post.State.PUBLISHED):
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
        change_sent(self, revision=str(stored.revision))


class PrivateForm(forms.Form):
    """An answer to the teachers alone. ``revision`` is of the text that the page has shown, 0 for none."""

    body = _body(gettext_lazy("Your answer"))
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, stored: Post | None) -> None:
        initial = {"body": stored.body, "revision": stored.revision} if stored else {"revision": 0}
        super().__init__(data, initial=initial)
        self.helper = one_button(
            self, gettext_lazy("Save the change") if stored else gettext_lazy("Send it to my teachers")
        )

    def refuse(self, refused: Refused) -> None:
        self.add_error(None, _refusal(refused))

    def show_what_is_kept(self, stored: Post) -> None:
        """It was changed in another window: say how it stands, and keep what was typed."""
        self.add_error(
            None,
            _("Your answer has changed since you opened it. Kept is: “%(text)s” To keep this instead, send it again.")
            % {"text": stored.body},
        )
        change_sent(self, revision=str(stored.revision))


class NameForm(forms.Form):
    """Why a sealed name is to be opened."""

    reason = LongText(
        label=gettext_lazy("Why do you need to know this name?"),
        limit=1000,
        rows=4,
        help_text=gettext_lazy("Your colleagues read it, and once the name is opened its student does."),
        error_messages={"required": gettext_lazy("Give a reason: without one no name is opened.")},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.helper = one_button(self, gettext_lazy("Ask my colleagues"))


class ThreadsForm(forms.Form):
    """What a teacher may change of an assignment's threads at any time. Times are read in the active time zone."""

    pinned = forms.BooleanField(
        label=gettext_lazy("Pinned"),
        required=False,
        help_text=gettext_lazy("It stands first among the discussions of the class."),
    )
    locked_at = LocalTimeField(
        label=gettext_lazy("Locked from"),
        required=False,
        help_text=gettext_lazy(
            "From then on nobody adds to it, whatever times of their own a student has. Leave it empty not to lock it."
        ),
    )
    edit_minutes = forms.IntegerField(
        label=gettext_lazy("Minutes to change a post"),
        min_value=0,
        max_value=1440,
        help_text=gettext_lazy(
            "For so long an author may change a post that the class can read. Who reads it can see the change."
        ),
    )

    def __init__(self, data: Any = None, *, settings: ThreadSettings) -> None:
        super().__init__(data, initial=vars(settings))
        self.helper = one_button(self, gettext_lazy("Save"))

    def settings(self) -> ThreadSettings:
        return ThreadSettings(**self.cleaned_data)
