"""The moderators' queue as its page shows it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.text import Truncator
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from classroom.discussions.bylines import Byline, byline
from classroom.discussions.models import Post, PostAppeal, Thread
from classroom.discussions.queries import policy_in
from classroom.moderation import wording
from classroom.moderation.passages import Stretch, stretches
from classroom.moderation.queries import History, Report
from classroom.people.models import User
from classroom.screening.matching import Kind, Match

if TYPE_CHECKING:
    from classroom.discussions.bylines import NamedPost

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Piece:
    """A stretch of a text; ``found`` where the screening has found it."""

    text: str
    found: bool = False


@dataclass(frozen=True)
class ClaimView:
    """That somebody is at a post."""

    own: bool
    name: str
    age: str


@dataclass(frozen=True)
class AppealView:
    """What an author has said against a decision, and the decision; ``alone`` where its maker has to answer."""

    id: int
    words: str
    decided: str
    pieces: list[Stretch]
    rule: str
    reason: str
    alone: bool


@dataclass(frozen=True)
class QueueRow:
    """A post that waits, with what a moderator has to know to decide."""

    id: int
    revision: int
    thread_id: int
    section: str
    title: str
    prompt: str
    byline: Byline
    html: str
    # Instead of the HTML where something was found: the text as it was typed.
    pieces: list[Piece]
    replies_to_html: str
    age: str
    is_late: bool
    mended: bool
    is_held: bool
    is_published: bool
    # Hidden by readers' reports, until somebody has looked.
    is_flagged: bool
    # Said to those who teach alone: nobody decides on it.
    is_private: bool
    # Those who teach are not muted.
    may_mute: bool
    reports: list[str]
    why: list[str]
    # Of a post that sounds as if somebody were in danger; the address is for those who look after the class.
    concern_id: int | None
    is_concern: bool
    history: list[str]
    claim: ClaimView | None
    appeal: AppealView | None


EXCERPT = 80


def chosen_rows(posts: "Sequence[NamedPost]") -> list[tuple[str, str, str]]:
    """Of each post that is ticked: its thread, who it is by for those who teach, and how it begins."""
    return [
        (
            post.thread.assignment.title,
            byline(post, post.thread.names, for_staff=True).name,
            Truncator(post.body).chars(EXCERPT),
        )
        for post in posts
    ]


def queue_rows(
    posts: "Sequence[NamedPost]",
    histories: Mapping[int, History],
    reports: Mapping[int, Sequence[Report]],
    appeals: Mapping[int, PostAppeal],
    user: User,
    at: datetime,
) -> list[QueueRow]:
    """The rows of the queue for this moderator; what they show has been fetched with the posts."""
    return [_row(post, histories[post.pk], reports.get(post.pk, []), appeals.get(post.pk), user, at) for post in posts]


def _row(
    post: "NamedPost",
    history: History,
    reports: Sequence[Report],
    appeal: PostAppeal | None,
    user: User,
    at: datetime,
) -> QueueRow:
    thread = post.thread
    concern_id = getattr(post, "concern_id", None)
    since = getattr(post, "waiting_since", post.created_at)
    sealed = thread.names == Thread.Names.SEALED
    return QueueRow(
        id=post.pk,
        revision=post.revision,
        thread_id=thread.pk,
        section=thread.assignment.section.name,
        title=thread.assignment.title,
        prompt=thread.prompt.text,
        byline=byline(post, thread.names, for_staff=True),
        html=post.body_html,
        pieces=pieces_of(post),
        replies_to_html=post.parent.body_html if post.parent else "",
        age=_age(since, at, sealed=sealed),
        is_late=(post.state == Post.State.HELD or appeal is not None) and at - since >= A_DAY,
        mended=post.edited_at is not None,
        is_held=post.state == Post.State.HELD,
        is_published=post.state == Post.State.PUBLISHED,
        is_flagged=post.state == Post.State.FLAGGED,
        is_private=post.state == Post.State.PRIVATE,
        may_mute=not post.by_staff,
        reports=[report_words(each) for each in reports],
        why=why_of(post),
        concern_id=concern_id if getattr(post, "cares", False) else None,
        is_concern=concern_id is not None,
        history=history_words(history, sealed=sealed),
        claim=_claim(post, user, at),
        appeal=_appeal(appeal, user) if appeal else None,
    )


def _appeal(appeal: PostAppeal, user: User) -> AppealView:
    decision = appeal.decision
    return AppealView(
        id=appeal.pk,
        words=appeal.words,
        decided=wording.who_did_what(decision, user),
        pieces=stretches(decision.text, decision.about),
        rule=decision.rule.title if decision.rule else "",
        reason=decision.reason,
        alone=decision.by_id == user.pk,
    )


def _age(since: datetime, at: datetime, *, sealed: bool) -> str:
    """In days alone where names are sealed: the hour tells who was at work just then."""
    if sealed and at - since < A_DAY:
        return _("less than a day")
    return timesince(since, at, depth=1)


def _claim(post: Post, user: User, at: datetime) -> ClaimView | None:
    claim = getattr(post, "claim", None)
    if claim is None or not claim.holds(at):
        return None
    return ClaimView(own=claim.by_id == user.pk, name=claim.by.name, age=timesince(claim.at, at, depth=1))


# --- Why it is here -----------------------------------------------------------------------------------------------

_FOUND = {
    Kind.PHONE: gettext_lazy("telephone number"),
    Kind.EMAIL: gettext_lazy("e-mail address"),
    Kind.ADDRESS: gettext_lazy("street address"),
    Kind.HANDLE: gettext_lazy("name on another service"),
    Kind.LINK: gettext_lazy("link"),
    Kind.SELF_HARM: gettext_lazy("words of despair"),
    Kind.THREAT: gettext_lazy("words of a threat"),
}
_POLICIES = {
    Thread.Policy.HOLD_ALL: gettext_lazy("Every post in this thread waits for approval."),
    Thread.Policy.HOLD_FIRST: gettext_lazy("One of its author's first posts: these wait for approval."),
}


def matches_of(post: Post) -> list[Match]:
    return sorted(Match.from_json(each) for each in post.matches)


def pieces_of(post: Post) -> list[Piece]:
    """The text as it was typed, in stretches, with what was found marked; empty where nothing was."""
    found: list[Piece] = []
    end = 0
    for match in matches_of(post):
        start = max(match.start, end)
        if match.end <= start:
            continue
        found += [Piece(post.body[end:start]), Piece(post.body[start : match.end], found=True)]
        end = match.end
    return [each for each in (*found, Piece(post.body[end:])) if each.text] if found else []


def why_of(post: Post) -> list[str]:
    """For what a post stands in the queue, a sentence each."""
    named = dict.fromkeys(_match_words(match) for match in matches_of(post))
    found = [_("Found: %(what)s.") % {"what": each} for each in named]
    if found or post.state != Post.State.HELD:
        return found
    policy = _POLICIES.get(Thread.Policy(policy_in(post.thread)))
    return [str(policy) if policy else _("It waits for approval.")]


def _match_words(match: Match) -> str:
    if match.kind in _FOUND:
        return str(_FOUND[match.kind])
    return _("the watched word “%(word)s”") % {"word": match.entry}


def report_words(report: Report) -> str:
    """Who has reported a post and why; of whose reports most came to nothing, that is said."""
    words = _("Reported by %(name)s: %(reason)s") % {
        "name": report.by.name or _("a classmate"),
        "reason": report.reason or _("no reason given yet"),
    }
    if report.note:
        words = f"{words}: “{report.note}”"
    if not report.by.unfounded:
        return words
    return _("%(words)s (of %(count)d earlier reports %(unfounded)d were not agreed with)") % {
        "words": words,
        "count": report.by.count,
        "unfounded": report.by.unfounded,
    }


# --- Who wrote it -------------------------------------------------------------------------------------------------


def history_words(history: History, *, sealed: bool) -> list[str]:
    """What is known of the author in figures: of a sealed one, in this thread alone."""
    count = history.posts
    first = (
        ngettext("%(count)d post in this thread", "%(count)d posts in this thread", count)
        if sealed
        else ngettext("%(count)d post in this class", "%(count)d posts in this class", count)
    )
    return [first % {"count": count}, *_against(history)]


def _against(history: History) -> Collection[str]:
    figures = (
        (history.returned, gettext_lazy("%(count)d returned")),
        (history.hidden, gettext_lazy("%(count)d hidden")),
        (history.deleted, gettext_lazy("%(count)d deleted by a moderator")),
        (history.muted, gettext_lazy("muted: %(count)d")),
    )
    return [str(words) % {"count": count} for count, words in figures if count]
