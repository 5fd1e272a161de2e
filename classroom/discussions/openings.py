"""Sealed names that somebody asks to be opened, for those who may ask and answer, and for whose name it is."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from classroom.discussions.models import NameOpening, Post, Pseudonym, readable_where
from classroom.people.models import User
from classroom.people.permissions import Permission


def get_pseudonym_to_open(user: User, post_id: int) -> Pseudonym:
    """The sealed pseudonym behind somebody else's post, in a class where this person may ask for it; else 404."""
    posts = Post.objects.filter(readable_where(user, Permission.NAME_OPEN, "thread__"), thread__names="sealed")
    post = get_object_or_404(posts.exclude(author=user).exclude(state=Post.State.DELETED), pk=post_id)
    named = Pseudonym.objects.select_related("thread__assignment__section")
    return get_object_or_404(named, thread=post.thread_id, user=post.author_id, opened_at=None)


def get_opening(user: User, opening_id: int) -> NameOpening:
    """What somebody asks in a class where this person may answer; else 404. It is not for whose name it is."""
    openings = NameOpening.objects.filter(readable_where(user, Permission.NAME_OPEN, "pseudonym__thread__"))
    return get_object_or_404(_with_all(openings.exclude(pseudonym__user=user)), pk=opening_id)


def get_own_opening(user: User, opening_id: int) -> NameOpening:
    """The opening of this person's own name; else 404."""
    openings = NameOpening.objects.filter(pseudonym__user=user, state=NameOpening.State.OPENED)
    return get_object_or_404(_with_all(openings), pk=opening_id)


def _with_all(openings: QuerySet[NameOpening]) -> QuerySet[NameOpening]:
    return openings.select_related(
        "pseudonym__user", "pseudonym__thread__assignment__section", "asked_by", "answered_by"
    )
