"""A discussion's position line, for one reader: their own mark, and of the class what was made public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from classroom.assignments.models import Assignment
from classroom.common.prepared import PreparedRows
from classroom.discussions.bylines import byline, with_names
from classroom.discussions.models import Post, Thread, readable_where
from classroom.discussions.queries import Place
from classroom.library.models import Citation, Fact, Passage
from classroom.library.queries import visible_line
from classroom.people.models import User
from classroom.people.permissions import Permission
from classroom.stances.figures import LEAST
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


@dataclass(frozen=True)
class Choices:
    """What of one sort can have moved a student."""

    label: str
    choices: list[Choice]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return [(each.ref, each.words) for each in self.choices]


@dataclass(frozen=True)
class Open:
    """A line that is open to a student: its thread and ends, the marking, and their own place in it (1 to 5)."""

    thread_id: int
    prompt: str
    ends: Ends
    moment: Moment
    place: int | None


def ends_of(thread: Thread) -> Ends:
    """The two ends of the thread's line, ``{"from": "would not dare", "to": "would dare"}``; 404 where it has none."""
    if not thread.prompt.position_line:
        raise Http404
    ends: Ends = thread.prompt.words.position
    return ends


def line_of(assignment: Assignment) -> Line:
    """How far the line of this discussion is."""
    return Line.objects.filter(assignment=assignment).first() or Line(assignment=assignment)


def own(thread: Thread, user: User) -> Own:
    """In one query, for the page of the thread."""
    [(moment, place)] = _OWN(thread=thread.pk, user=user.pk)
    return Own(None if moment == OVER else Moment(moment), place)


def open_by_assignment(assignments: Sequence[Assignment], user: User, at: datetime) -> dict[int, Open]:
    """By assignment id, the lines of those discussions that have one and a marking open, with the thread that this
    person reads; in one query.
    """
    ids = [each.pk for each in assignments if each.kind == "thread"]
    if not ids:
        return {}
    unlocked = Q(locked_at__isnull=True) | Q(locked_at__gt=at)
    own = Thread.objects.visible_to(user, Permission.THREAD_READ).order_by("-pk")
    threads = own.filter(unlocked, assignment__in=ids, prompt__position_line__isnull=False)
    rows = _with_own(threads, user.pk, "assignment_id", "pk", "prompt__text", "prompt__position_line")
    return {
        assignment_id: Open(thread_id, prompt, ends, Moment(moment), place)
        for assignment_id, thread_id, prompt, ends, moment, place in rows
        if ends and moment != OVER
    }


def threads_with_a_line(assignments: Sequence[Assignment]) -> dict[int, int]:
    """By assignment id, one of its threads: each leads to the same line. In one query, and none where nothing is a
    discussion.
    """
    ids = [each.pk for each in assignments if each.kind == "thread"]
    if not ids:
        return {}
    threads = Thread.objects.filter(assignment__in=ids, prompt__position_line__isnull=False)
    return dict(threads.order_by("-pk").values_list("assignment_id", "pk"))


def _own(thread: int, user: int) -> "QuerySet[Thread, tuple[Any, ...]]":
    return _with_own(Thread.objects.filter(pk=thread), user)


def _with_own(threads: QuerySet[Thread], user: int, *columns: str) -> "QuerySet[Thread, tuple[Any, ...]]":
    """These columns, the marking that is open, and this person's own place in it."""
    mark = Mark.objects.filter(assignment=OuterRef("assignment"), student=user, moment=OuterRef("open"))
    at = Coalesce("assignment__line__moment", Value(Moment.BEFORE.value), output_field=CharField())
    found = threads.annotate(open=at).annotate(own=Subquery(mark.values("place")))
    return found.values_list(*columns, "open", "own")


_OWN = PreparedRows(_own, "thread", "user")


def mark_of(assignment: Assignment, user: User, moment: str) -> Mark | None:
    """This person's own mark; there is no way to ask for another's."""
    return Mark.objects.filter(assignment=assignment, student=user, moment=moment).first()


def marks_made(assignment: Assignment, moment: str) -> int:
    """How many have marked, wherever they stand, in whole fives: from a count that follows each mark, whoever looks
    again and again would learn who has marked.
    """
    count = Mark.objects.filter(assignment=assignment, moment=moment).count()
    return count - count % LEAST


def could_have_moved(place: Place, user: User) -> list[Choices]:
    """Classmates' posts that this reader can read, the newest first; the facts that the prompt stands on; and the
    passages that these rest on. In three queries.
    """
    readable = Post.objects.visible_to(user, place.membership).filter(thread=place.thread)
    of_others = readable.filter(state=Post.State.PUBLISHED).exclude(author=user)
    posts = with_names(of_others).order_by("-created_at", "-pk")[:MOST_POSTS]
    named = [
        Choice(f"post:{post.pk}", f"{byline(post, place.thread.names, for_staff=False).name}: {_excerpt(post)}")
        for post in posts
    ]
    facts = list(place.thread.prompt.facts.filter(retired_at__isnull=True).order_by("position"))
    groups = [
        Choices(_("What classmates wrote"), named),
        Choices(_("Facts"), [Choice(f"fact:{fact.pk}", fact.statement) for fact in facts]),
        Choices(_("Passages"), _passages(place, facts)),
    ]
    return [each for each in groups if each.choices]


def _passages(place: Place, facts: list[Fact]) -> list[Choice]:
    """Each once: with its own words, where the school has attached them for students, else with what it says."""
    cited = Citation.objects.filter(fact__in=facts).select_related("passage__source")
    found: dict[int, Choice] = {}
    quoted = place.thread.prompt.passage
    if quoted is not None:
        found[quoted.pk] = Choice(f"passage:{quoted.pk}", passage_words(quoted))
    for each in cited.order_by("fact__position", "position"):
        line = visible_line(each.passage, for_teacher=False) or each.says
        words = f"{passage_words(each.passage)}: {Truncator(line).chars(EXCERPT)}"
        found.setdefault(each.passage_id, Choice(f"passage:{each.passage_id}", words))
    return list(found.values())


def passage_words(passage: Passage) -> str:
    return _("%(source)s, paragraph %(number)d") % {"source": passage.source.short_name, "number": passage.number}


def still_readable(place: Place, user: User, posts: list[int]) -> dict[int, str]:
    """Of these posts, those that this reader can read now, with how they begin."""
    if not posts:
        return {}
    readable = Post.objects.filter(readable_where(user, Permission.THREAD_READ, "thread__"), pk__in=posts)
    visible = readable.visible_to(user, place.membership)
    return {post.pk: _excerpt(post) for post in visible if post.state == Post.State.PUBLISHED}


def passages(ids: list[int]) -> dict[int, Passage]:
    found = Passage.objects.filter(pk__in=ids).select_related("source__film") if ids else []
    return {each.pk: each for each in found}


def statements(facts: list[int]) -> dict[int, Fact]:
    return {fact.pk: fact for fact in Fact.objects.filter(pk__in=facts).select_related("film")} if facts else {}


def _excerpt(post: Post) -> str:
    return Truncator(" ".join(strip_tags(post.body_html).split())).chars(EXCERPT)
