"""An answer to the teachers alone, instead of a post: whoever passes has taken part."""

import uuid
from datetime import datetime

from django.db import IntegrityError, transaction

from classroom.common.markdown import render_post
from classroom.discussions import concerns, news, queries, screened
from classroom.discussions.actions.changing import earlier_text
from classroom.discussions.actions.entering import pseudonym_for
from classroom.discussions.actions.writing import MovedOn, ThreadShut, settle_lesson_with
from classroom.discussions.models import Post
from classroom.discussions.queries import Place
from classroom.discussions.words import count_words
from classroom.people.models import User


@transaction.atomic
def answer_privately(*, place: Place, author: User, body: str, revision: int, at: datetime) -> Post:
    """Keep what a student tells those who teach; no classmate ever reads it. It is looked through as posts are, for
    words of despair and threat, and nothing in it is refused.

    ``revision`` is of the answer that their page showed, 0 for none; the same text sent twice is kept once. Raises
    ThreadShut or MovedOn.
    """
    if queries.is_shut(place, at):
        raise ThreadShut
    stored = _own(place, author)
    if stored is not None and stored.body == body:
        return stored
    stored = stored or _begin(place, author, body, revision, at)
    if stored.body != body:
        if stored.revision != revision:
            raise MovedOn(stored)
        earlier_text(stored, revision, at).save()
        stored.body, stored.revision, stored.edited_at = body, revision + 1, at
    matches = screened.look_through(place, body)
    stored.body_html, stored.words = render_post(body), count_words(body)
    stored.matches = [match.as_json() for match in matches]
    stored.save()
    concerns.raise_for(post=stored, matches=matches, at=at)
    settle_lesson_with(place.thread, author, at)
    news.tell_private(post=stored, thread=place.thread, at=at)
    return stored


def _own(place: Place, author: User) -> Post | None:
    own = Post.objects.select_for_update().filter(thread=place.thread, author=author, state=Post.State.PRIVATE)
    return own.first()


def _begin(place: Place, author: User, body: str, revision: int, at: datetime) -> Post:
    """The first text; where two tabs send one at once, the one that was first."""
    pseudonym_for(place=place, user=author)
    try:
        with transaction.atomic():
            return Post.objects.create(
                thread=place.thread,
                author=author,
                body=body,
                state=Post.State.PRIVATE,
                revision=revision + 1,
                key=uuid.uuid4(),
                created_at=at,
            )
    except IntegrityError:
        return Post.objects.select_for_update().get(thread=place.thread, author=author, state=Post.State.PRIVATE)
