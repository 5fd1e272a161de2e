"""A thread as a file: with names as the names policy says, and with what the class cannot read only where asked for."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from classroom.common.tables import Row
from classroom.discussions import screened, wording
from classroom.discussions.bylines import byline_from
from classroom.discussions.lists import title_of
from classroom.discussions.models import Post, PostRevision, Thread
from classroom.discussions.queries import Place
from classroom.discussions.thread_page.outline import Node, outline_of
from classroom.discussions.thread_page.texts import Text, texts_of
from classroom.people.models import User
from classroom.screening.matching import Match


@dataclass(frozen=True)
class Wanted:
    """What somebody who teaches wants in the file beside what the class can read."""

    unseen: bool = False
    names: bool = False


@dataclass(frozen=True)
class Line:
    """A post in the file. ``number`` and ``reply_to`` are of the file alone; ``name`` is the one behind a pseudonym,
    where it was asked for. Where names are not shown, ``written`` is a day: see ``wording.date_format_of``.
    """

    number: int
    reply_to: int | None
    depth: int
    by: str
    name: str
    teaches: bool
    written: str
    state: str
    text: str
    html: str
    rests_on: list[str]

    @property
    def state_words(self) -> str:
        return str(Post.State(self.state).label)

    @property
    def is_seen(self) -> bool:
        """Whether the class can read it."""
        return self.state == Post.State.PUBLISHED


@dataclass(frozen=True)
class Export:
    """A thread with its replies in reading order."""

    thread: Thread
    title: str
    exported: str
    with_names: bool
    lines: list[Line]


def export_of(place: Place, user: User, wanted: Wanted, at: datetime) -> Export:
    """For those who teach; in the same few queries whatever the length of the thread."""
    thread = place.thread
    with_names = wanted.names and thread.names == Thread.Names.PSEUDONYM
    branches = outline_of(place, user)
    nodes = [node for branch in branches for node in (branch.root, *branch.replies) if node.state]
    if not wanted.unseen:
        nodes = [node for node in nodes if node.state in (Post.State.PUBLISHED, Post.State.DELETED)]
    numbers = {node.id: number for number, node in enumerate(nodes, 1)}
    written = texts_of(place)
    said = _said(thread)
    taken_back = _taken_back(thread) if wanted.unseen else {}
    lines = [
        _line(node, numbers, written[node.id], said[node.id], taken_back.get(node.id), place, with_names=with_names)
        for node in nodes
    ]
    return Export(thread, title_of(thread), _day(place, at), with_names, lines)


def _said(thread: Thread) -> dict[int, str]:
    """What posts say, as it was typed, with stars where the class reads stars."""
    rows = Post.objects.filter(thread=thread).order_by().values_list("pk", "body", "matches")
    return {pk: screened.text_of(body, [Match.from_json(each) for each in matches]) for pk, body, matches in rows}


def _taken_back(thread: Thread) -> dict[int, PostRevision]:
    """What deleted posts said last."""
    rows = PostRevision.objects.filter(post__thread=thread, post__state=Post.State.DELETED)
    return {row.post_id: row for row in rows.order_by("revision")}


def _line(
    node: Node,
    numbers: dict[int, int],
    text: Text,
    said: str,
    before: PostRevision | None,
    place: Place,
    *,
    with_names: bool,
) -> Line:
    names = place.thread.names
    opened = text.opened_at is not None
    by = byline_from(
        text.author_name,
        text.pseudonym,
        by_staff=text.by_staff,
        is_opened=opened,
        names=names,
        for_staff=with_names,
    )
    # Of a post that was taken back, a stone stays, and nothing of its author.
    is_stone = node.state == Post.State.DELETED and before is None
    zone = place.thread.assignment.section.zone
    return Line(
        number=numbers[node.id],
        reply_to=numbers.get(node.parent_id or 0),
        depth=min(node.depth, 2),
        by="" if is_stone else by.name,
        name="" if is_stone else by.real_name,
        teaches=by.teaches and not is_stone,
        written=date_format(localtime(text.written_at, zone), wording.date_format_of(place.thread)),
        state=node.state,
        text=before.body if before else said,
        html=before.body_html if before else text.html,
        rests_on=[source.statement for source in text.sources],
    )


def _day(place: Place, at: datetime) -> str:
    return date_format(localtime(at, place.thread.assignment.section.zone), "j M Y")


def table(export: Export) -> tuple[list[str], list[Row]]:
    """The head and the rows of the file as a table."""
    head = [_("Number"), _("In reply to"), _("By"), _("Teaches"), _("Written"), _("State"), _("Text"), _("Rests on")]
    rows: list[Row] = [
        [
            each.number,
            each.reply_to,
            each.by,
            _("yes") if each.teaches else "",
            each.written,
            each.state_words,
            each.text,
            "; ".join(each.rests_on),
        ]
        for each in export.lines
    ]
    if not export.with_names:
        return head, rows
    return [*head, _("Name")], [[*row, each.name] for row, each in zip(rows, export.lines, strict=True)]


def as_json(export: Export) -> str:
    """``{"title", "prompt", "names", "exported", "posts": [...]}``; a post has the fields of ``Line`` save its HTML."""
    prompt = export.thread.prompt
    left_out = {"html", "depth"} if export.with_names else {"html", "depth", "name"}
    found = {
        "title": export.title,
        "prompt": prompt.text,
        "attribution": prompt.attribution,
        "names": export.thread.names,
        "exported": export.exported,
        "posts": [
            {name: value for name, value in asdict(each).items() if name not in left_out} for each in export.lines
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=2)
