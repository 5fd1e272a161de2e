"""What waits for a moderator."""

from typing import TYPE_CHECKING

from django.db.models import DateTimeField, F, QuerySet
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404

from classroom.discussions.bylines import with_names
from classroom.discussions.models import Post
from classroom.people.models import Membership, User
from classroom.people.permissions import Permission, roles_with

if TYPE_CHECKING:
    from classroom.discussions.bylines import NamedPost


def get_post_to_moderate(user: User, post_id: int) -> "NamedPost":
    """Somebody else's post in a class where this person moderates; else 404."""
    return get_object_or_404(
        with_names(Post.objects.to_moderate_by(user).exclude(state=Post.State.DELETED)).select_related(
            "author", "thread__assignment__section", "thread__prompt__film", "thread__prompt__passage__source"
        ),
        pk=post_id,
    )


def may_moderate(user: User) -> bool:
    """Whether there is a queue for this person: they teach, or assist in some class."""
    moderating = Membership.objects.current().filter(user=user, role__in=roles_with(Permission.POST_MODERATE))
    return user.is_teacher or moderating.exists()


def held_posts(user: User) -> "QuerySet[NamedPost]":
    """What waits for this person, longest first; a mended post waits since it was sent again."""
    waiting = with_names(Post.objects.to_moderate_by(user).held())
    return waiting.select_related("author", "thread__assignment__section", "thread__prompt", "parent").order_by(
        waiting_since(), "pk"
    )


def waiting_since() -> Coalesce:
    return Coalesce(F("edited_at"), F("created_at"), output_field=DateTimeField())


def held_count(user: User) -> int:
    """How many posts wait for this person."""
    return Post.objects.to_moderate_by(user).held().count()
