"""Who is muted, and which threads are locked or slow, for those who moderate; a mute, for the student too."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from classroom.discussions.models import Mute, Post, Pseudonym, Thread
from classroom.people import queries as people
from classroom.people.models import Membership, Section, User
from classroom.people.permissions import Permission, where_may


@dataclass(frozen=True)
class Muted:
    """A mute, with the name under which those who moderate know the student: under seal the pseudonym."""

    mute: Mute
    name: str


def mutes_of(section: Section, at: datetime) -> list[Muted]:
    """The mutes that hold in a class now, those that end last first."""
    mutes = _with_names(Mute.objects.running(at).filter(section=section))
    return [Muted(each, _name(each)) for each in mutes.order_by("-until", "pk")]


def get_mute(user: User, mute_id: int) -> Muted:
    """A mute in a class whose talk this person may pause, or their own; else 404."""
    may = where_may(user, Permission.TALK_PAUSE, "section")
    own = Q(user=user) & where_may(user, Permission.THREAD_READ, "section")
    found = get_object_or_404(_with_names(Mute.objects.filter(may | own).distinct()), pk=mute_id)
    return Muted(found, _name(found))


def get_mute_to_lift(user: User, mute_id: int) -> Mute:
    """A mute in a class whose talk this person may pause; else 404."""
    return get_object_or_404(
        Mute.objects.filter(where_may(user, Permission.TALK_PAUSE, "section")).select_related("section", "thread"),
        pk=mute_id,
    )


def standing_mute(membership: Membership, thread: Thread | None, at: datetime) -> Mute | None:
    """The mute of a student that holds now, in the class or in one thread."""
    mutes = Mute.objects.running(at).filter(user=membership.user_id, section=membership.section_id, thread=thread)
    return mutes.select_related("by").first()


def get_author_to_mute(post: Post) -> Membership:
    """The author of a post as a student of its class now; else 404."""
    return people.get_student_membership(post.thread.assignment.section, post.author_id)


def threads_of(section: Section) -> list[Thread]:
    """The threads of a class that stand and that more than one student writes in, by their place among its work."""
    threads = Thread.objects.filter(assignment__section=section, assignment__withdrawn_at=None, student=None)
    return list(threads.select_related("assignment", "group").order_by("assignment__position", "pk"))


def get_thread_to_pause(user: User, thread_id: int) -> Thread:
    """A thread of a class whose talk this person may pause; else 404."""
    threads = Thread.objects.visible_to(user, Permission.TALK_PAUSE).select_related("assignment__section", "prompt")
    return get_object_or_404(threads, pk=thread_id)


def _with_names(mutes: QuerySet[Mute]) -> QuerySet[Mute]:
    own = Pseudonym.objects.filter(thread=OuterRef("thread"), user=OuterRef("user"))
    return mutes.select_related("user", "by", "lifted_by", "section", "thread__assignment").annotate(
        pseudonym=Subquery(own.values("name")[:1])
    )


def _name(mute: Mute) -> str:
    if mute.thread is not None and mute.thread.names == Thread.Names.SEALED:
        return getattr(mute, "pseudonym", None) or _("A classmate")
    return mute.user.name
