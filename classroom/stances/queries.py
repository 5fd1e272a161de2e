"""A thread's position line, for one reader: their own mark, and of the class what was made public."""

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils.html import strip_tags
from django.utils.text import Truncator

from classroom.common.prepared import PreparedRows
from classroom.discussions.bylines import byline, with_names
from classroom.discussions.models import Post, Thread
from classroom.discussions.queries import Place
from classroom.library.models import Fact
from classroom.people.models import User
from classroom.stances.models import OVER, Line, Mark, Moment

# A list that somebody can still choose from; the newest, in a thread that has more.
MOST_POSTS = 100
EXCERPT = 70
Ends = dict[str, str]


@dataclass(frozen=True)
class Own:
    """The marking that is open (None where all are closed), and the reader's own place in it (1 to 5)."""

    moment: Moment | None
    place: int | None


@dataclass(frozen=True)
class Choice:
    """Something that can have moved a student: ``ref`` is such as "post:7"."""

    ref: str
    words: str


def ends_of(thread: Thread) -> Ends:
    """The two ends of the thread's line, ``{"from": "would not dare", "to": "would dare"}``; 404 where it has none."""
    if not thread.prompt.position_line:
        raise Http404
    ends: Ends = thread.prompt.position_line
    return ends


def line_of(thread: Thread) -> Line:
    """How far the line of this thread is."""
    return Line.objects.filter(thread=thread).first() or Line(thread=thread)


def own(thread: Thread, user: User) -> Own:
    """In one query, for the page of the thread."""
    [(moment, place)] = _OWN(thread=thread.pk, user=user.pk)
    return Own(None if moment == OVER else Moment(moment), place)


def _own(thread: int, user: int) -> "QuerySet[Thread, tuple[Any, ...]]":
    mark = Mark.objects.filter(thread=OuterRef("pk"), student=user, moment=OuterRef("open"))
    at = Coalesce("line__moment", Value(Moment.BEFORE.value), output_field=CharField())
    found = Thread.objects.filter(pk=thread).annotate(open=at).annotate(own=Subquery(mark.values("place")))
    return found.values_list("open", "own")


_OWN = PreparedRows(_own, "thread", "user")


def mark_of(thread: Thread, user: User, moment: str) -> Mark | None:
    """This person's own mark; there is no way to ask for another's."""
    return Mark.objects.filter(thread=thread, student=user, moment=moment).first()


def marks_made(thread: Thread, moment: str) -> int:
    """How many have marked, wherever they stand."""
    return Mark.objects.filter(thread=thread, moment=moment).count()


def could_have_moved(place: Place, user: User) -> list[Choice]:
    """Classmates' posts that this reader can read, the newest first, and the facts that the prompt stands on."""
    readable = Post.objects.visible_to(user, place.membership).filter(thread=place.thread)
    of_others = readable.filter(state=Post.State.PUBLISHED).exclude(author=user)
    posts = with_names(of_others).order_by("-created_at", "-pk")[:MOST_POSTS]
    named = [
        Choice(f"post:{post.pk}", f"{byline(post, place.thread.names, for_staff=False).name}: {_excerpt(post)}")
        for post in posts
    ]
    facts = place.thread.prompt.facts.filter(retired_at__isnull=True).order_by("position")
    return [*named, *(Choice(f"fact:{fact.pk}", fact.statement) for fact in facts)]


def still_readable(place: Place, user: User, posts: list[int]) -> dict[int, str]:
    """Of these posts, those that this reader can read now, with how they begin."""
    if not posts:
        return {}
    visible = Post.objects.visible_to(user, place.membership).filter(thread=place.thread, pk__in=posts)
    return {post.pk: _excerpt(post) for post in visible if post.state == Post.State.PUBLISHED}


def statements(facts: list[int]) -> dict[int, Fact]:
    return {fact.pk: fact for fact in Fact.objects.filter(pk__in=facts).select_related("film")} if facts else {}


def _excerpt(post: Post) -> str:
    return Truncator(" ".join(strip_tags(post.body_html).split())).chars(EXCERPT)
