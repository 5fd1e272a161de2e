"""What one student wrote in a thread, as a grader reads it: in its context, with what it rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.discussions import excerpts, wording
from classroom.discussions.bylines import byline_from
from classroom.discussions.models import Post, Thread
from classroom.discussions.queries import Place
from classroom.discussions.seals import is_under_seal
from classroom.discussions.shape import Progress
from classroom.discussions.sources import SourceView
from classroom.discussions.thread_page.texts import Text, texts
from classroom.people.models import User
from classroom.rubrics import queries

_EXCERPT = 240


@dataclass(frozen=True)
class Read:
    """A post of the student's. ``at`` is empty where in times one could read who wrote what."""

    url: str
    html: str
    state: str
    at: datetime | None
    endorsed: bool
    is_private: bool
    sources: Sequence[SourceView]
    reply_to: str
    reply_says: str


@dataclass(frozen=True)
class Written:
    posts: list[Read]
    progress: Progress


def written_by(student: User, place: Place, *, with_names: bool) -> Written:
    """In a fixed number of queries for up to fifty posts with what they answer."""
    posts = queries.own_posts(place.thread, student)
    parents = [each.parent_id for each in posts if each.parent_id is not None]
    found = texts(list(dict.fromkeys([*(each.pk for each in posts), *parents])), place, sources=True)
    names = {pk: _name(text, place, with_names=with_names) for pk, text in found.items()}
    read = [_read(each, found, names, place) for each in posts if each.pk in found]
    return Written(read, queries.progress_of(place.thread, posts, sealed=is_under_seal(place.thread, student)))


def _read(post: Post, found: Mapping[int, Text], names: Mapping[int, str], place: Place) -> Read:
    text = found[post.pk]
    is_private = text.state == Post.State.PRIVATE
    above = found.get(post.parent_id or 0)
    is_shown = above is not None and above.state != Post.State.DELETED
    return Read(
        url="" if is_private else reverse("classroom:post", args=[post.pk]),
        html=text.html,
        state=wording.state_words(text.state, own=False),
        at=text.written_at if place.thread.names == Thread.Names.SHOWN else None,
        endorsed=text.endorsed_at is not None,
        is_private=is_private,
        sources=text.sources,
        reply_to=names[post.parent_id] if above and is_shown and post.parent_id else "",
        reply_says=excerpts.beginning(above.html, _EXCERPT) if above and is_shown else "",
    )


def _name(text: Text, place: Place, *, with_names: bool) -> str:
    byline = byline_from(
        text.author_name,
        text.pseudonym,
        by_staff=text.by_staff,
        is_opened=text.opened_at is not None,
        names=place.thread.names,
        for_staff=with_names,
    )
    if with_names or byline.teaches or place.thread.names != Thread.Names.SHOWN:
        return byline.name
    return _("a classmate")
