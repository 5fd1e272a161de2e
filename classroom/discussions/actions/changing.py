"""Changing what the class has read, taking a post back, and endorsing one."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from classroom.discussions import concerns, news, queries, screened
from classroom.discussions.actions.writing import (
    MovedOn,
    Refused,
    ThreadShut,
    check_open,
    look_through,
    settle_lesson_with,
)
from classroom.discussions.models import Post, PostRevision, PostSource
from classroom.discussions.queries import Place
from classroom.discussions.words import count_words
from classroom.people.models import User


class TooLate(Refused):
    """The time in which an author may change a published post is over."""


@transaction.atomic
def edit_post(*, place: Place, post: Post, revision: int, body: str, at: datetime) -> Post:
    """Change a published post; what it said before stays to be looked up, and an endorsement was of that, and goes.

    What the screening finds in the new text may take the post out of the class's sight until a teacher has read it.
    Raises ThreadShut, Muted, TooLate, WordBlocked or MovedOn.
    """
    if post.body == body and post.state == Post.State.PUBLISHED:
        return post
    check_open(place, at)
    if not queries.may_edit(place, post.state, post.published_at, at):
        raise MovedOn(post) if post.revision != revision else TooLate
    before = earlier_text(post, revision, at)
    matches = look_through(place, body)
    stays = screened.state_of(place, post.author, matches) == Post.State.PUBLISHED
    edited = Post.objects.filter(pk=post.pk, revision=revision, state=Post.State.PUBLISHED).update(
        body=body,
        body_html=screened.html_of(body, matches),
        matches=[match.as_json() for match in matches],
        words=count_words(body),
        revision=F("revision") + 1,
        edited_at=at,
        endorsed_at=None,
        endorsed_by=None,
        **_standing(stays, screened.needs_a_look(matches)),
    )
    if edited:
        before.save()
    post.refresh_from_db()
    if not edited:
        raise MovedOn(post)
    concerns.raise_for(post=post, matches=matches, at=at)
    settle_lesson_with(place.thread, post.author, at)
    return post


def _standing(stays: bool, needs_a_look: bool) -> dict[str, Any]:
    """How a post stands once it is changed. What readers have reported, perhaps just now, stays to be looked at."""
    if not stays:
        return {"state": Post.State.HELD, "published_at": None, "to_review": False}
    return {"to_review": True} if needs_a_look else {}


@transaction.atomic
def delete_post(*, place: Place, post: Post, at: datetime) -> None:
    """Its author takes a post back: the text is gone for the class, a stone holds the replies. Raises ThreadShut.

    Who is muted may.

    Those who teach can look up what a deleted post said: nobody is to be insulted without a trace. Whoever has reported
    it hears that it is gone.
    """
    if queries.is_shut(place, at):
        raise ThreadShut
    stored = Post.objects.select_for_update().get(pk=post.pk)
    if stored.state == Post.State.DELETED:
        return
    earlier_text(stored, stored.revision, at).save()
    PostSource.objects.filter(post=stored).delete()
    Post.objects.filter(pk=stored.pk).update(
        state=Post.State.DELETED,
        body="",
        body_html="",
        matches=[],
        to_review=False,
        words=0,
        revision=F("revision") + 1,
        edited_at=at,
        endorsed_at=None,
        endorsed_by=None,
    )
    news.close_reports(post=stored, thread=place.thread, at=at)
    settle_lesson_with(place.thread, stored.author, at)


def earlier_text(post: Post, revision: int, at: datetime) -> PostRevision:
    """What a post says now, as it is kept once it says something else; not saved."""
    return PostRevision(
        post=post,
        revision=revision,
        body=post.body,
        body_html=post.body_html,
        written_at=post.edited_at or post.created_at,
        replaced_at=at,
    )


@transaction.atomic
def endorse_post(*, post: Post, by: User, endorsed: bool, at: datetime) -> bool:
    """Let the class see that a teacher stands behind a post, or no longer; False where it is not published any more."""
    values = {"endorsed_at": at, "endorsed_by": by} if endorsed else {"endorsed_at": None, "endorsed_by": None}
    published = Post.objects.filter(pk=post.pk, state=Post.State.PUBLISHED)
    if endorsed and published.filter(endorsed_at__isnull=True).update(**values):
        news.tell_endorsed(post=post, thread=post.thread, at=at)
        return True
    return bool(published.update(**values))
