"""The posts of one page of a thread, as one reader sees them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from classroom.discussions import screened, wording
from classroom.discussions.bylines import Byline, byline_from
from classroom.discussions.claims import hints
from classroom.discussions.models import Decision, Flag, Post, Thread
from classroom.discussions.queries import Place, answerable, may_edit
from classroom.discussions.sources import SourceView
from classroom.discussions.thread_page.outline import DEEPEST, Node
from classroom.discussions.thread_page.seen import Eyes, seen_by
from classroom.discussions.thread_page.texts import Text, texts
from classroom.people.models import User
from classroom.screening.matching import Match


@dataclass(frozen=True, slots=True)
class DecisionView:
    """What became of a post, for its author and for those who teach."""

    id: int
    words: str
    rule: str
    about: str
    reason: str
    by: str
    against: bool


@dataclass(slots=True)
class PostView:
    """A post as one reader sees it. It carries nothing of its author but the byline; without one it is a stone."""

    id: int
    depth: int = 0
    byline: Byline | None = None
    stone: str = ""
    html: str = ""
    written_at: datetime | None = None
    is_own: bool = False
    is_new: bool = False
    state: str = ""
    state_words: str = ""
    revision: int = 0
    decision: DecisionView | None = None
    in_reply_to: str = ""
    in_reply_to_id: int | None = None
    may_reply: bool = False
    may_mend: bool = False
    may_approve: bool = False
    may_return: bool = False
    may_hide: bool = False
    endorsed: bool = False
    was_edited: bool = False
    may_edit: bool = False
    may_delete: bool = False
    may_endorse: bool = False
    may_report: bool = False
    reported: bool = False
    may_ask_name: bool = False
    has_history: bool = False
    sources: Sequence[SourceView] = ()
    hints: Sequence[str] = ()

    @property
    def name(self) -> str:
        return self.byline.name if self.byline else _("a post that is no longer shown")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a thread, and what they may do there now."""

    place: Place
    user_id: int
    may_write: bool
    # Who is muted does not write, and can take back what they wrote.
    is_open: bool
    decisions: Mapping[int, Decision]
    at: datetime
    has_sources: bool = False


def views_of(nodes: Iterable[Node], written: Mapping[int, Text], eyes: Eyes, reader: Reader) -> dict[int, PostView]:
    """The posts of a page by id; ``written`` is what they say."""
    nodes = list(nodes)
    # A reply deep down names what it replies to, which may stand on another page.
    above = {node.parent_id for node in nodes if node.depth >= DEEPEST and node.parent_id} - {node.id for node in nodes}
    names = {pk: _byline(text, reader.place) for pk, text in {**written, **_seen(above, eyes, reader.place)}.items()}
    return {node.id: _view(node, written.get(node.id), names, reader) for node in nodes}


def _seen(ids: Collection[int], eyes: Eyes, place: Place) -> dict[int, Text]:
    if not ids:
        return {}
    return texts([*seen_by(eyes.reader, eyes.sight).filter(pk__in=ids).values_list("pk", flat=True)], place)


# --- One post -----------------------------------------------------------------------------------------------------


def _byline(text: Text, place: Place) -> Byline:
    return byline_from(
        text.author_name,
        text.pseudonym,
        by_staff=text.by_staff,
        is_opened=text.opened_at is not None,
        names=place.thread.names,
        for_staff=place.for_staff,
    )


def _view(node: Node, text: Text | None, names: Mapping[int, Byline], reader: Reader) -> PostView:
    view = PostView(id=node.id, depth=min(node.depth, DEEPEST))
    if node.depth >= DEEPEST and node.parent_id is not None:
        above = names.get(node.parent_id)
        view.in_reply_to = above.name if above else _("a post that is no longer shown")
        view.in_reply_to_id = node.parent_id if above else None
    if text is None or node.state in (Post.State.DELETED, wording.REPORTED):
        view.reported = node.state == wording.REPORTED
        view.stone = wording.stone(node.state)
        view.has_history = node.state == Post.State.DELETED and reader.place.for_staff
        if node.author_id == reader.user_id:
            view.decision = _decision(node.state, reader.decisions.get(node.id), own=True)
        return view
    state = text.state
    own = text.author_id == reader.user_id
    decides = reader.place.for_staff and not own
    view.byline = names[node.id]
    view.html = text.html
    view.written_at = text.written_at
    view.is_own = own
    view.is_new = bool(node.is_new)
    view.state = state
    view.state_words = wording.state_words(state, own=own)
    view.revision = text.revision
    view.decision = _decision(state, reader.decisions.get(node.id), own=own)
    view.may_reply = reader.may_write and state == Post.State.PUBLISHED
    view.may_mend = reader.may_write and own and state in (Post.State.HELD, Post.State.RETURNED)
    view.may_approve = decides and state in (Post.State.HELD, Post.State.HIDDEN, Post.State.FLAGGED)
    view.may_return = decides and state == Post.State.HELD
    view.may_hide = decides and state in (Post.State.PUBLISHED, Post.State.FLAGGED)
    published_at = text.published_at
    view.endorsed = text.endorsed_at is not None
    view.was_edited = published_at is not None and text.edited_at is not None and text.edited_at > published_at
    view.has_history = view.was_edited
    view.may_edit = own and reader.may_write and may_edit(reader.place, state, published_at, reader.at)
    view.may_delete = own and reader.is_open
    view.may_endorse = decides and state == Post.State.PUBLISHED
    view.may_report = not (reader.place.for_staff or own) and state == Post.State.PUBLISHED
    sealed = reader.place.thread.names == Thread.Names.SEALED
    view.may_ask_name = decides and sealed and text.pseudonym is not None and text.opened_at is None
    view.sources = text.sources
    if reader.place.for_staff and not view.byline.teaches:
        view.hints = hints(text.html, text.sources)
    return view


def _decision(state: str, decision: Decision | None, *, own: bool) -> DecisionView | None:
    """The decision that tells why a post stands as it does; an approval only until its author has seen it.

    While a mended post waits, the moderator sees what it was returned for.
    """
    if decision is None:
        return None
    against = decision.kind in Decision.AGAINST
    shown = state == Post.State.PUBLISHED
    news = own and decision.seen_at is None and (shown or decision.kind == Decision.Kind.UNDONE)
    if shown if against else not news:
        return None
    return DecisionView(
        id=decision.pk,
        words=wording.decision_words(decision),
        about=decision.about,
        rule=decision.rule.title if decision.rule else "",
        reason=decision.reason,
        by=decision.by.name if decision.by else _("A teacher"),
        against=against,
    )


@dataclass(frozen=True, slots=True)
class Target:
    """The post that a reply is meant for. ``quoted`` is its text as a quotation to begin from."""

    id: int
    name: str
    html: str
    quoted: str


def target_of(place: Place, user: User, post_id: int | None) -> Target | None:
    """A post that can be replied to; None where there is no such in the thread."""
    if post_id is None:
        return None
    reported = Flag.objects.filter(by=user, outcome=Flag.Outcome.OPEN).values("post")
    found = answerable(place).filter(pk=post_id).exclude(pk__in=reported).only("body", "matches").first()
    if found is None:
        return None
    text = texts([found.pk], place)[found.pk]
    # What is starred for the class is starred in a quotation, too.
    words = screened.text_of(found.body, [Match.from_json(each) for each in found.matches])
    quoted = "".join(f"> {line}\n" for line in words.splitlines()) + "\n"
    return Target(found.pk, _byline(text, place).name, text.html, quoted)
