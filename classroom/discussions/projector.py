"""A thread for a whole room to look at: what was said, and by nobody."""

from collections.abc import Iterable
from dataclasses import dataclass

from classroom.common.pages import PageLinks
from classroom.discussions.models import Post, Thread
from classroom.discussions.queries import Place
from classroom.discussions.thread_page.outline import Branch, outline_of
from classroom.discussions.thread_page.texts import texts
from classroom.people.models import User

# As many as a room can talk about before somebody turns the page.
ON_A_PAGE = 10


@dataclass(frozen=True)
class Said:
    """A post by its number in reading order; ``to`` is the number of the post that it answers, where it shows."""

    number: int
    to: int | None
    html: str
    is_reply: bool


@dataclass(frozen=True)
class Projection:
    """A page of what the class can read. It carries nothing of any author, nor of any time."""

    thread: Thread
    posts: list[Said]
    links: PageLinks


def projection(place: Place, user: User, asked: int) -> Projection:
    """The page ``asked`` for, or the nearest that there is."""
    nodes = _in_reading_order(outline_of(place, user))
    of = max(-(-len(nodes) // ON_A_PAGE), 1)
    page = min(max(asked, 1), of)
    numbers = {pk: number for number, (pk, _parent) in enumerate(nodes, 1)}
    shown = nodes[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    found = texts([pk for pk, _parent in shown], place)
    posts = [Said(numbers[pk], numbers.get(parent or 0), found[pk].html, parent is not None) for pk, parent in shown]
    links = PageLinks(
        number=page,
        of=of,
        total=len(nodes),
        previous=f"?page={page - 1}" if page > 1 else "",
        following=f"?page={page + 1}" if page < of else "",
    )
    return Projection(place.thread, posts, links)


def _in_reading_order(branches: Iterable[Branch]) -> list[tuple[int, int | None]]:
    """Each published post with what it answers."""
    nodes = (node for branch in branches for node in (branch.root, *branch.replies))
    return [(node.id, node.parent_id) for node in nodes if node.state == Post.State.PUBLISHED]
