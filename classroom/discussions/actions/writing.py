"""Writing and mending. Each action is one transaction; races are settled by a conditional update."""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Count, F, Max, Q

from classroom.assignments.actions import settle_lesson_of
from classroom.discussions import concerns, news, queries, screened
from classroom.discussions.actions.drafts import drop_draft
from classroom.discussions.actions.entering import pseudonym_for
from classroom.discussions.models import Decision, Mute, Post, Thread, below, task_of
from classroom.discussions.queries import Place
from classroom.discussions.sources import Offered, attach, rests_on
from classroom.discussions.words import count_words
from classroom.people.models import Membership, User
from classroom.screening.matching import Match

POST_MAX = 5000


class Refused(Exception):
    """The post was not kept."""


class ThreadShut(Refused):
    """The thread has not opened, has closed, or is locked."""


class ParentGone(Refused):
    """The post that it replies to is not there to be replied to."""


class Enough(Refused):
    """They have written as many posts as the thread takes of one student."""


class Muted(Refused):
    """Its author may not post until the time that ``mute`` names."""

    def __init__(self, mute: Mute) -> None:
        super().__init__()
        self.mute = mute


class TooSoon(Refused):
    """The thread is slow: its author may post again at ``again``."""

    def __init__(self, again: datetime) -> None:
        super().__init__()
        self.again = again


class KeyUsed(Refused):
    """Its form has already been sent, with another text."""


class WordBlocked(Refused):
    """It has words that this class does not take; ``words`` are they, as typed."""

    def __init__(self, words: list[str]) -> None:
        super().__init__()
        self.words = words


class MovedOn(Exception):
    """The author's page is out of date; ``stored`` is the post as it is now."""

    def __init__(self, stored: Post) -> None:
        super().__init__()
        self.stored = stored


@transaction.atomic
def write_post(
    *,
    place: Place,
    author: User,
    body: str,
    parent_id: int | None,
    key: uuid.UUID,
    at: datetime,
    attached: Sequence[Offered] = (),
) -> Post:
    """Keep a post: held or published, as the thread's policy says; a teacher's is published at once.

    The same form sent twice makes one post.

    Raises ThreadShut, Muted, TooSoon, ParentGone, WordBlocked, Enough or KeyUsed.
    """
    stored = Post.objects.filter(key=key).first()
    if stored is not None and not rests_on(stored, attached):
        raise KeyUsed
    if stored is None:
        check_open(place, at)
        _check_turn_and_room(place, at)
        parent = _parent(place, parent_id)
        matches = look_through(place, body)
        pseudonym_for(place=place, user=author)
        stored = _insert(place, author, body, matches, parent, key, at, attached)
        concerns.raise_for(post=stored, matches=matches, at=at)
        drop_draft(thread=place.thread, user=author, parent_id=parent_id)
        settle_lesson_with(place.thread, author, at)
        if stored.state == Post.State.PUBLISHED:
            news.tell_published(post=stored, thread=place.thread, at=at)
    if (stored.author_id, stored.thread_id, stored.body) != (author.pk, place.thread.pk, body):
        raise KeyUsed
    return stored


def _parent(place: Place, parent_id: int | None) -> Post | None:
    """What a post replies to. Raises ParentGone."""
    if parent_id is None:
        return None
    parent = queries.answerable(place).to_reply_to().filter(pk=parent_id).first()
    if parent is None:
        raise ParentGone
    return parent


def check_open(place: Place, at: datetime) -> None:
    """That this person may write in the thread now. Raises ThreadShut or Muted."""
    if queries.is_shut(place, at):
        raise ThreadShut
    if place.mute is not None:
        raise Muted(place.mute)


def _check_turn_and_room(place: Place, at: datetime) -> None:
    """That a student's turn has come in a slow thread, and that there is room where it takes so many posts of each.

    What was deleted counts for the turn: else nobody who deletes would wait. Raises TooSoon or Enough.
    """
    slow, most = place.thread.slow_minutes, task_of(place.thread).most_posts
    if place.for_staff or not (slow or most is not None):
        return
    # The student's place in the class is the lock: two posts sent at once come one after the other here, so that the
    # second finds the first.
    list(Membership.objects.select_for_update(no_key=True).filter(pk=place.membership.pk).values_list("pk"))
    own = Post.objects.filter(thread=place.thread, author=place.membership.user_id).exclude(state=Post.State.PRIVATE)
    found = own.aggregate(last=Max("created_at"), number=Count("pk", filter=~Q(state=Post.State.DELETED)))
    if slow and found["last"] is not None and (again := found["last"] + timedelta(minutes=slow)) > at:
        raise TooSoon(again)
    if most is not None and found["number"] >= most:
        raise Enough


def look_through(place: Place, body: str) -> list[Match]:
    """What a person should see in a text. Raises WordBlocked."""
    matches = screened.look_through(place, body)
    if screened.is_blocked(matches):
        raise WordBlocked(screened.blocked_words(body, matches))
    return matches


def _insert(
    place: Place,
    author: User,
    body: str,
    matches: list[Match],
    parent: Post | None,
    key: uuid.UUID,
    at: datetime,
    attached: Sequence[Offered],
) -> Post:
    state = screened.state_of(place, author, matches)
    at_once = state == Post.State.PUBLISHED
    try:
        with transaction.atomic():
            post = Post.objects.create(
                thread=place.thread,
                author=author,
                **(below(parent, key) if parent else {}),
                body=body,
                body_html=screened.html_of(body, matches),
                matches=[match.as_json() for match in matches],
                to_review=at_once and screened.needs_a_look(matches),
                words=count_words(body),
                state=state,
                key=key,
                created_at=at,
                published_at=at if at_once else None,
            )
            attach(post, attached)
            return post
    except IntegrityError:
        # The same form, sent twice at the same moment.
        return Post.objects.get(key=key)


@transaction.atomic
def mend_post(
    *, place: Place, post: Post, revision: int, body: str, at: datetime, attached: Sequence[Offered] = ()
) -> Post:
    """Change a post that waits or was returned, and what it rests on, and let it wait again.

    Raises ThreadShut, Muted, WordBlocked or MovedOn.
    """
    same_sources = rests_on(post, attached)
    if post.body == body and post.state == Post.State.HELD and same_sources:
        return post
    check_open(place, at)
    matches = look_through(place, body)
    mended = Post.objects.filter(
        pk=post.pk, revision=revision, state__in=[Post.State.HELD, Post.State.RETURNED]
    ).update(
        body=body,
        body_html=screened.html_of(body, matches),
        matches=[match.as_json() for match in matches],
        words=count_words(body),
        state=Post.State.HELD,
        revision=F("revision") + 1,
        edited_at=at,
    )
    post.refresh_from_db()
    if not mended:
        raise MovedOn(post)
    if not same_sources:
        post.sources.all().delete()
        attach(post, attached)
    concerns.raise_for(post=post, matches=matches, at=at)
    settle_lesson_with(place.thread, post.author, at)
    return post


def settle_lesson_with(thread: Thread, author: User, at: datetime) -> None:
    """Let the lesson of which the thread is a part know what an author has done. A sealed one notes no times; see
    ``enter``.
    """
    sealed = thread.names == Thread.Names.SEALED
    settle_lesson_of(part=thread.assignment, students=[author], at=None if sealed else at)


def mark_seen(*, decisions: Collection[int], at: datetime) -> None:
    """The author has been shown these decisions."""
    Decision.objects.filter(pk__in=decisions, seen_at__isnull=True).update(seen_at=at)
