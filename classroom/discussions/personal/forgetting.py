"""What the erasure of a person does where words cannot say it."""

from classroom.common.data_inventory import Erasing
from classroom.discussions.models import (
    Concern,
    Decision,
    Flag,
    Post,
    PostAppeal,
    PostRevision,
    PostSource,
    Thread,
)


def forget_posts(erasing: Erasing) -> int:
    """Posts go, with the decisions on them. Where somebody else has replied, an empty place holds the replies."""
    posts = Post.objects.filter(author=erasing.person)
    if erasing.sections is not None:
        posts = posts.filter(thread__assignment__section__in=erasing.sections)
    parents = dict(posts.values_list("pk", "parent_id"))
    wanted = set(
        Post.objects.filter(parent__in=parents).exclude(author=erasing.person).values_list("parent_id", flat=True)
    )
    places = set()
    while wanted:
        place = wanted.pop()
        places.add(place)
        above = parents[place]
        if above in parents and above not in places:
            wanted.add(above)
    Flag.objects.filter(post__in=parents).delete()
    PostAppeal.objects.filter(decision__post__in=parents).delete()
    Decision.objects.filter(post__in=parents).delete()
    PostRevision.objects.filter(post__in=parents).delete()
    Concern.objects.filter(post__in=parents).delete()
    PostSource.objects.filter(post__in=parents).delete()
    for kept in Post.objects.filter(pk__in=places).select_related("thread__assignment"):
        Post.objects.filter(pk=kept.pk).update(
            author=erasing.holder(kept.thread.assignment.section_id),
            body="",
            body_html="",
            matches=[],
            to_review=False,
            words=0,
            state=Post.State.DELETED,
            edited_at=None,
            endorsed_at=None,
            endorsed_by=None,
        )
    Post.objects.filter(pk__in=set(parents) - places).delete()
    return len(parents)


def forget_what_was_said_alone(erasing: Erasing) -> int:
    """Where a student talked with those who teach alone, what these said goes as well: it was to and of the student."""
    threads = Thread.objects.filter(student=erasing.person)
    if erasing.sections is not None:
        threads = threads.filter(assignment__section__in=erasing.sections)
    Post.objects.filter(thread__in=threads).delete()
    return 0
