"""The posts of a page, joined as text.

Everywhere else templates write the HTML. Here a template for each post cost more than all else on the page together:
whatever was typed by anybody is escaped where it goes in, save a post's own HTML, which ``common/markdown`` has made
safe, and the rest is numbers and words of ours.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from html import escape

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from classroom.discussions.models import Post
from classroom.discussions.sources import SourceView
from classroom.discussions.thread_page.posts import DecisionView, PostView

# Stands in an address for a post's id: Django's own resolver is asked once a page, not once a post.
_ID = 1234567890
_ALL = "posts-form"


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
    """What all posts of a page have in common, worked out once."""

    def __init__(self, thread_id: int, zone: tzinfo, *, with_times: bool, token: str) -> None:
        self.thread = reverse("classroom:thread", args=[thread_id])
        self.zone = zone
        self.format = "j M Y, H:i" if with_times else "j M Y"
        self.days: dict[object, str] = {}
        self.with_times = with_times
        self.token = _hidden(token)
        self.permalink = _address("post")
        self.addresses: dict[str, Callable[[int], str]] = {}
        self.teacher, self.you, self.new = (_badge(_("teacher"), "teacher"), _badge(_("you")), _badge(_("new"), "new"))
        self.endorsed = _badge(_("endorsed by a teacher"), "endorsed")
        self.reply = _("Reply"), _("to %(name)s")
        # What a reader may do with a post, in the order in which it is offered.
        self.shows: list[tuple[str, Callable[[PostView], str]]] = [
            ("may_reply", self.answer),
            ("may_mend", self.mend),
            ("may_edit", self.edit),
            ("may_delete", self.delete),
            ("may_endorse", self.endorse),
            ("may_approve", self.approve),
            ("may_return", self.send_back),
            ("may_hide", self.hide),
            ("may_report", self.report),
            ("may_ask_name", self.ask_name),
        ]
        self.reporting = escape(_("Report"))
        self.of = _("the post of %(name)s")
        self.in_reply_to = escape(_("in reply to %(name)s"))
        self.rule = escape(_("Rule:"))

    def branch(self, branch: BranchView) -> str:
        below = "".join(f"<li>{self.post(reply)}</li>" for reply in branch.replies)
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
        if post.byline is None:
            return (
                f'<article class="{classes} post-stone" id="post-{post.id}"><p class="muted">{escape(post.stone)}'
                f"{self.history(post)}{self.reported(post)}</p>{self.decision(post.decision)}</article>"
            )
        if post.state_words:
            classes += " post-unseen"
        return (
            f'<article class="{classes}" id="post-{post.id}" aria-labelledby="post-{post.id}-by">{self.head(post)}'
            f'{self.state(post)}<div class="post-body">{post.html}</div>{self.sources(post)}'
            f"{self.decision(post.decision)}{self.actions(post)}</article>"
        )

    def head(self, post: PostView) -> str:
        byline = post.byline
        if byline is None:
            return ""
        real = f' <span class="post-name">({escape(byline.real_name)})</span>' if byline.real_name else ""
        badges = (
            (self.teacher if byline.teaches else "")
            + (self.you if post.is_own else "")
            + (self.new if post.is_new else "")
            + (self.endorsed if post.endorsed else "")
        )
        when = f'<a class="post-when" href="{self.permalink(post.id)}">{self.when(post.written_at)}</a>'
        return (
            f'<header class="post-head"><h3 class="post-by" id="post-{post.id}-by">{escape(byline.name)}{real}{badges}'
            f'</h3><p class="muted">{when}{self.replied(post)}{self.history(post)}</p></header>'
        )

    def history(self, post: PostView) -> str:
        """A way to what it said before."""
        if not post.has_history:
            return ""
        words = _("edited") if post.was_edited else _("what it said")
        beside = self.its(post) if post.was_edited else ""
        return f' · <a href="{self.to("post_history", post)}">{_beside(words, beside)}</a>'

    def reported(self, post: PostView) -> str:
        if not post.reported:
            return ""
        return f' <a href="{self.to("post_flag", post)}">{escape(_("Say why"))}</a>'

    def when(self, at: datetime | None) -> str:
        if at is None:
            return ""
        local = at.astimezone(self.zone)
        key = local.replace(second=0, microsecond=0) if self.with_times else local.date()
        if key not in self.days:
            self.days[key] = escape(date_format(local, self.format))
        return self.days[key]

    def replied(self, post: PostView) -> str:
        if not post.in_reply_to:
            return ""
        words = self.in_reply_to % {"name": escape(post.in_reply_to)}
        if post.in_reply_to_id is None:
            return f" · {words}"
        return f' · <a href="{self.permalink(post.in_reply_to_id)}">{words}</a>'

    def sources(self, post: PostView) -> str:
        """What a post rests on, to be opened in place; below it what a teacher may want to look at."""
        found = "".join(map(_source, post.sources))
        if post.hints:
            told = "".join(f"<li>{escape(hint)}</li>" for hint in post.hints)
            found += f'<div class="post-hints muted"><p>{escape(_("Only for you, a hint:"))}</p><ul>{told}</ul></div>'
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
        return (
            f'<div class="alert alert-warning"><h4>{escape(decision.words)}</h4>'
            f"<p><strong>{self.rule}</strong> {escape(decision.rule)}</p>{_about(decision.about)}"
            f"{linebreaks(f'{decision.by}: {decision.reason}', autoescape=True)}"
            f'<p><a href="{reverse("classroom:decision", args=[decision.id])}">'
            f"{escape(_('The decision in full, and how to appeal'))}</a></p></div>"
        )

    # --- What the reader may do with it ---

    def actions(self, post: PostView) -> str:
        found = "".join(show(post) for may, show in self.shows if getattr(post, may))
        return f'<div class="actions post-actions">{found}</div>' if found else ""

    def answer(self, post: PostView) -> str:
        shown, beside = self.reply
        return _link(f"{self.thread}?reply={post.id}#write", shown, beside % {"name": post.name})

    def mend(self, post: PostView) -> str:
        returned = post.state == Post.State.RETURNED
        return _link(self.to("post_edit", post), _("Mend it and send it again") if returned else _("Change your post"))

    def edit(self, post: PostView) -> str:
        return _link(self.to("post_edit", post), _("Change your post"))

    def delete(self, post: PostView) -> str:
        return _link(self.to("post_delete", post), _("Delete your post"))

    def send_back(self, post: PostView) -> str:
        return _link(self.to("post_return", post) + "?back=thread", _("Return with a reason"), self.its(post))

    def hide(self, post: PostView) -> str:
        return _link(self.to("post_hide", post) + "?back=thread", _("Hide"), self.its(post))

    def ask_name(self, post: PostView) -> str:
        return _link(self.to("name_ask", post), _("Ask for the name"), self.its(post))

    def its(self, post: PostView) -> str:
        return self.of % {"name": post.name}

    def to(self, view: str, post: PostView) -> str:
        if view not in self.addresses:
            self.addresses[view] = _address(view)
        return self.addresses[view](post.id)

    def endorse(self, post: PostView) -> str:
        words = _("Endorse no longer") if post.endorsed else _("Endorse")
        return (
            f'<form class="inline-form" method="post" action="{self.to("post_endorse", post)}">{self.token}'
            f'<button class="btn btn-sm btn-outline-secondary" type="submit" name="endorsed" '
            f'value="{"" if post.endorsed else "yes"}">{_beside(words, self.its(post))}</button></form>'
        )

    def report(self, post: PostView) -> str:
        return (
            f'<button class="btn btn-sm btn-outline-secondary" type="submit" form="{_ALL}" '
            f'formaction="{self.to("post_flag", post)}">{self.reporting}'
            f'<span class="visually-hidden"> {escape(self.its(post))}</span></button>'
        )

    def approve(self, post: PostView) -> str:
        words = _("Show again") if post.state in (Post.State.HIDDEN, Post.State.FLAGGED) else _("Approve")
        return (
            f'<form class="inline-form" method="post" action="{self.to("post_approve", post)}">{self.token}'
            f'<input type="hidden" name="revision" value="{post.revision}">'
            '<input type="hidden" name="back" value="thread">'
            f'<button class="btn btn-sm btn-primary" type="submit">{_beside(words, self.its(post))}</button></form>'
        )


def _hidden(token: str) -> str:
    return f'<input type="hidden" name="csrfmiddlewaretoken" value="{escape(token)}">'


def _source(source: SourceView) -> str:
    lines = "".join(f"<li>{escape(where)}: {escape(says)}</li>" for where, says in source.lines)
    said = f"<ul>{lines}</ul>" if lines else ""
    return (
        f'<details class="post-source"><summary><span class="badge">{escape(source.kind)}</span> '
        f"{escape(source.statement)}</summary><p>{escape(source.standing)}</p>{said}"
        f'<p><a href="{escape(source.url)}">{escape(_("All about it"))}</a></p></details>'
    )


def _address(view: str) -> Callable[[int], str]:
    before, _stand_in, after = reverse(f"classroom:{view}", args=[_ID]).partition(str(_ID))
    return lambda pk: f"{before}{pk}{after}"


def _about(words: str) -> str:
    """Which words of the post a decision is about."""
    return f"<p>{escape(_('It is about these words:'))} <mark>{escape(words)}</mark></p>" if words else ""


def _badge(words: str, kind: str = "") -> str:
    return f' <span class="badge{f" {kind}" if kind else ""}">{escape(words)}</span>'


def _link(address: str, shown: str, beside: str = "") -> str:
    return f'<a class="btn btn-sm btn-outline-secondary" href="{address}">{_beside(shown, beside)}</a>'


def _beside(shown: str, beside: str) -> str:
    """Words on a button, and what a reader who does not see where it stands is told besides."""
    hidden = f'<span class="visually-hidden"> {escape(beside)}</span>' if beside else ""
    return f"{escape(shown)}{hidden}"
