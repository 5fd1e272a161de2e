"""The posts of a page, joined as text.

Everywhere else templates write the HTML. Here a template for each post cost more than all else on the page together:
whatever was typed by anybody is escaped where it goes in, save a post's own HTML, which ``common/markdown`` has made
safe, and the rest is numbers and words of ours.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import cached_property
from html import escape
from operator import attrgetter

from django.utils.formats import date_format
from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from classroom.common.addresses import address
from classroom.discussions.bylines import Byline
from classroom.discussions.models import Post
from classroom.discussions.sources import SourceView
from classroom.discussions.thread_page.posts import DecisionView, PostView

# Stands in an address for a post's id: Django's own resolver is asked once a page, not once a post.
_ID = 1234567890
_ALL = "posts-form"
_PLAIN = "btn btn-sm btn-outline-secondary"


@dataclass(frozen=True, slots=True)
class BranchView:
    """A post of its own with the replies shown below it, and how many more its own page has."""

    root: PostView
    replies: list[PostView]
    left_out: int = 0


def posts_html(
    branches: Iterable[BranchView], *, thread_id: int, zone: tzinfo, with_times: bool, token: str
) -> SafeString:
    """The list of a page's posts. Without ``with_times``, days alone: in times of day one could read who wrote what."""
    words = _Words(thread_id, zone, with_times=with_times, token=token)
    return mark_safe("".join(map(words.branch, branches)))  # noqa: S308 - see the head of this module


def form_of_all(token: str) -> SafeString:
    """Stands once beside the list: the buttons of posts that say nothing but which post it is send it."""
    return mark_safe(f'<form id="{_ALL}" method="post">{_hidden(token)}</form>')  # noqa: S308 - see the head


class _Words:
    """What all posts of a page have in common, worked out once. Whatever is a name here is escaped already."""

    def __init__(self, thread_id: int, zone: tzinfo, *, with_times: bool, token: str) -> None:
        self.thread = address("classroom:thread", thread_id)
        self.zone = zone
        self.with_times = with_times
        self.days: dict[date, str] = {}
        self.token = _hidden(token)
        self.addresses: dict[str, tuple[str, str]] = {}
        self.teacher, self.you, self.new = (_badge(_("teacher"), "teacher"), _badge(_("you")), _badge(_("new"), "new"))
        # What a reader may do with a post, in the order in which it is offered.
        self.shows: list[tuple[Callable[[PostView], bool], Callable[[PostView, str], str]]] = [
            (attrgetter("may_reply"), self.answer),
            (attrgetter("may_mend"), self.mend),
            (attrgetter("may_edit"), self.edit),
            (attrgetter("may_delete"), self.delete),
            (attrgetter("may_endorse"), self.endorse),
            (attrgetter("may_approve"), self.approve),
            (attrgetter("may_return"), self.send_back),
            (attrgetter("may_hide"), self.hide),
            (attrgetter("may_report"), self.report),
            (attrgetter("may_ask_name"), self.ask_name),
        ]

    def branch(self, branch: BranchView) -> str:
        below = "".join([f"<li>{self.post(reply)}</li>" for reply in branch.replies])
        if branch.left_out:
            below += f'<li><p class="post-more">{self.more(branch)}</p></li>'
        replies = f'<ol class="post-replies">{below}</ol>' if below else ""
        return f"<li>{self.post(branch.root)}{replies}</li>"

    def more(self, branch: BranchView) -> str:
        words = _("All %(count)d replies to %(name)s") % {
            "count": len(branch.replies) + branch.left_out,
            "name": branch.root.name,
        }
        return f'<a href="{self.thread}?branch={branch.root.id}">{escape(words)}</a>'

    def post(self, post: PostView) -> str:
        classes = "post"
        if post.depth:
            classes += f" post-depth-{post.depth}"
        byline = post.byline
        if byline is None:
            return (
                f'<article class="{classes} post-stone" id="post-{post.id}"><p class="muted">{escape(post.stone)}'
                f"{self.history(post, '')}{self.reported(post)}</p>{self.decision(post.decision)}</article>"
            )
        if post.state_words:
            classes += " post-unseen"
        name = escape(byline.name)
        return (
            f'<article class="{classes}" id="post-{post.id}" aria-labelledby="post-{post.id}-by">'
            f"{self.head(post, byline, name)}{self.state(post)}"
            f'<div class="post-body">{post.html}</div>{self.sources(post)}'
            f"{self.decision(post.decision)}{self.actions(post, name)}</article>"
        )

    def head(self, post: PostView, byline: Byline, name: str) -> str:
        real = f' <span class="post-name">({escape(byline.real_name)})</span>' if byline.real_name else ""
        badges = (
            (self.teacher if byline.teaches else "")
            + (self.you if post.is_own else "")
            + (self.new if post.is_new else "")
            + (self.endorsed if post.endorsed else "")
        )
        when = f'<a class="post-when" href="{self.to("post", post.id)}">{self.when(post.written_at)}</a>'
        return (
            f'<header class="post-head"><h3 class="post-by" id="post-{post.id}-by">{name}{real}{badges}'
            f'</h3><p class="muted">{when}{self.replied(post)}{self.history(post, name)}</p></header>'
        )

    def history(self, post: PostView, name: str) -> str:
        """A way to what it said before."""
        if not post.has_history:
            return ""
        words = _named(_("edited"), self.of) % {"name": name} if post.was_edited else escape(_("what it said"))
        return f' · <a href="{self.to("post_history", post.id)}">{words}</a>'

    def reported(self, post: PostView) -> str:
        if not post.reported:
            return ""
        words = _("Say why")
        return f' <a href="{self.to("post_flag", post.id)}">{escape(words)}</a>'

    def when(self, at: datetime | None) -> str:
        if at is None:
            return ""
        local = at.astimezone(self.zone)
        day = local.date()
        if day not in self.days:
            self.days[day] = escape(date_format(local, "j M Y"))
        return f"{self.days[day]}, {local.hour:02}:{local.minute:02}" if self.with_times else self.days[day]

    def replied(self, post: PostView) -> str:
        if not post.in_reply_to:
            return ""
        words = self.in_reply_to % {"name": escape(post.in_reply_to)}
        if post.in_reply_to_id is None:
            return f" · {words}"
        return f' · <a href="{self.to("post", post.in_reply_to_id)}">{words}</a>'

    def sources(self, post: PostView) -> str:
        """What a post rests on, to be opened in place; below it what a teacher may want to look at."""
        found = "".join(map(_source, post.sources)) if post.sources else ""
        if post.hints:
            told = "".join(f"<li>{escape(hint)}</li>" for hint in post.hints)
            words = _("Only for you, a hint:")
            found += f'<div class="post-hints muted"><p>{escape(words)}</p><ul>{told}</ul></div>'
        return found

    def state(self, post: PostView) -> str:
        if not post.state_words:
            return ""
        return f'<p class="post-state post-{post.state}"><strong>{escape(post.state_words)}</strong></p>'

    def decision(self, decision: DecisionView | None) -> str:
        if decision is None:
            return ""
        if not decision.against:
            return f'<div class="alert alert-success"><p>{escape(decision.words)}</p></div>'
        rule, onward = _("Rule:"), _("The decision in full, and how to appeal")
        return (
            f'<div class="alert alert-warning"><h4>{escape(decision.words)}</h4>'
            f"<p><strong>{escape(rule)}</strong> {escape(decision.rule)}</p>{_about(decision.about)}"
            f"{linebreaks(f'{decision.by}: {decision.reason}', autoescape=True)}"
            f'<p><a href="{address("classroom:decision", decision.id)}">'
            f"{escape(onward)}</a></p></div>"
        )

    # --- What the reader may do with it ---

    def actions(self, post: PostView, name: str) -> str:
        found = "".join([show(post, name) for may, show in self.shows if may(post)])
        return f'<div class="actions post-actions">{found}</div>' if found else ""

    def answer(self, post: PostView, name: str) -> str:
        return _link(f"{self.thread}?reply={post.id}#write", self.reply % {"name": name})

    def mend(self, post: PostView, _name: str) -> str:
        returned = post.state == Post.State.RETURNED
        words = _("Mend it and send it again") if returned else _("Change your post")
        return _link(self.to("post_edit", post.id), escape(words))

    def edit(self, post: PostView, _name: str) -> str:
        return _link(self.to("post_edit", post.id), escape(_("Change your post")))

    def delete(self, post: PostView, _name: str) -> str:
        return _link(self.to("post_delete", post.id), escape(_("Delete your post")))

    def send_back(self, post: PostView, name: str) -> str:
        words = _named(_("Return with a reason"), self.of) % {"name": name}
        return _link(self.to("post_return", post.id) + "?back=thread", words)

    def hide(self, post: PostView, name: str) -> str:
        return _link(self.to("post_hide", post.id) + "?back=thread", self.hiding % {"name": name})

    def ask_name(self, post: PostView, name: str) -> str:
        return _link(self.to("name_ask", post.id), self.asking % {"name": name})

    def endorse(self, post: PostView, name: str) -> str:
        words = (self.endorsing_no_longer if post.endorsed else self.endorsing) % {"name": name}
        return (
            f'<form class="inline-form" method="post" action="{self.to("post_endorse", post.id)}">{self.token}'
            f'<button class="{_PLAIN}" type="submit" name="endorsed" value="{"" if post.endorsed else "yes"}">'
            f"{words}</button></form>"
        )

    def report(self, post: PostView, name: str) -> str:
        return (
            f'<button class="{_PLAIN}" type="submit" form="{_ALL}" formaction="{self.to("post_flag", post.id)}">'
            f"{self.reporting % {'name': name}}</button>"
        )

    def approve(self, post: PostView, name: str) -> str:
        again = post.state in (Post.State.HIDDEN, Post.State.FLAGGED)
        words = _named(_("Show again") if again else _("Approve"), self.of) % {"name": name}
        return (
            f'<form class="inline-form" method="post" action="{self.to("post_approve", post.id)}">{self.token}'
            f'<input type="hidden" name="revision" value="{post.revision}">'
            '<input type="hidden" name="back" value="thread">'
            f'<button class="btn btn-sm btn-primary" type="submit">{words}</button></form>'
        )

    def to(self, view: str, post_id: int) -> str:
        if view not in self.addresses:
            before, _stand_in, after = address(f"classroom:{view}", _ID).partition(str(_ID))
            self.addresses[view] = before, after
        before, after = self.addresses[view]
        return f"{before}{post_id}{after}"

    # --- Words that many posts have, looked up where the first needs them ---

    @cached_property
    def of(self) -> str:
        return _("the post of %(name)s")

    @cached_property
    def in_reply_to(self) -> str:
        return escape(_("in reply to %(name)s"))

    @cached_property
    def endorsed(self) -> str:
        return _badge(_("endorsed by a teacher"), "endorsed")

    @cached_property
    def reply(self) -> str:
        return _named(_("Reply"), _("to %(name)s"))

    @cached_property
    def reporting(self) -> str:
        return _named(_("Report"), self.of)

    @cached_property
    def hiding(self) -> str:
        return _named(_("Hide"), self.of)

    @cached_property
    def asking(self) -> str:
        return _named(_("Ask for the name"), self.of)

    @cached_property
    def endorsing(self) -> str:
        return _named(_("Endorse"), self.of)

    @cached_property
    def endorsing_no_longer(self) -> str:
        return _named(_("Endorse no longer"), self.of)


def _hidden(token: str) -> str:
    return f'<input type="hidden" name="csrfmiddlewaretoken" value="{escape(token)}">'


def _source(source: SourceView) -> str:
    lines = "".join(f"<li>{escape(where)}: {escape(says)}</li>" for where, says in source.lines)
    said = f"<ul>{lines}</ul>" if lines else ""
    onward = _("All about it")
    return (
        f'<details class="post-source"><summary><span class="badge">{escape(source.kind)}</span> '
        f"{escape(source.statement)}</summary><p>{escape(source.standing)}</p>{said}"
        f'<p><a href="{escape(source.url)}">{escape(onward)}</a></p></details>'
    )


def _about(words: str) -> str:
    """Which words of the post a decision is about."""
    before = _("It is about these words:")
    return f"<p>{escape(before)} <mark>{escape(words)}</mark></p>" if words else ""


def _badge(words: str, kind: str = "") -> str:
    return f' <span class="badge{f" {kind}" if kind else ""}">{escape(words)}</span>'


def _link(where: str, words: str) -> str:
    return f'<a class="{_PLAIN}" href="{where}">{words}</a>'


def _named(shown: str, beside: str) -> str:
    """What stands on a button, and what a reader who does not see where it stands is told besides; a pattern that
    takes a name.
    """
    return f'{escape(shown).replace("%", "%%")}<span class="visually-hidden"> {escape(beside)}</span>'
