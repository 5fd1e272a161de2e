"""Threads, posts and decisions, for those who may see them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from django.db import DEFAULT_DB_ALIAS
from django.db.models import F, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.assignments import terms
from classroom.assignments.models import Assignment
from classroom.assignments.terms import Terms
from classroom.common.prepared import PreparedModels
from classroom.discussions import pauses, seals
from classroom.discussions.bylines import with_names
from classroom.discussions.models import (
    Decision,
    Draft,
    Guideline,
    Mute,
    Post,
    PostQuerySet,
    PostRevision,
    Prompt,
    Pseudonym,
    Thread,
    readable_where,
    settings_of,
)
from classroom.lessons.parts import Part
from classroom.library.models import Fact, Film
from classroom.library.uses import FactUse
from classroom.people.models import Membership, Role, User
from classroom.people.permissions import GRANTED, Permission

if TYPE_CHECKING:
    from classroom.discussions.bylines import NamedPost


@dataclass(frozen=True)
class Place:
    """A thread, the place of one person in its class, and when the thread is open to them.

    ``frozen`` and ``too_small`` hold for students; ``mute`` is one's own that holds now.
    """

    thread: Thread
    membership: Membership
    terms: Terms
    frozen: pauses.Frozen = pauses.Frozen.NOT
    mute: Mute | None = None
    # Names are sealed, and so few are left who talk that one could guess them.
    too_small: bool = False

    @cached_property
    def for_staff(self) -> bool:
        return Permission.POST_MODERATE in GRANTED[Role(self.membership.role)]


def get_place(user: User, thread_id: int, at: datetime) -> Place:
    """A thread that this person may read, with their place in its class; else 404.

    Students see it once it opens to them: dates of their own (``terms``) go before the class's, which staff go by.
    """
    threads = _VISIBLE(thread=thread_id, user=user.pk)
    if not threads:
        raise Http404
    [thread] = threads
    section, frozen = thread.assignment.section, pauses.frozen(thread.assignment.section, at)
    too_small = seals.is_too_small(thread)
    place = Place(thread, _membership(thread, user), Terms(thread.assignment.dates), frozen, too_small=too_small)
    if place.for_staff:
        return place
    own = terms.of(thread.assignment, user)
    if not own.dates.has_opened(at) or section.archived_at is not None:
        raise Http404
    return replace(place, terms=own, mute=pauses.mute_of(thread, at))


def _membership(thread: Thread, user: User) -> Membership:
    """The place in the class by which the thread was found, without what no thread asks of it."""
    values = [getattr(thread, "own_place"), thread.assignment.section_id, user.pk, getattr(thread, "own_role")]  # noqa: B009
    membership = Membership.from_db(DEFAULT_DB_ALIAS, ["id", "section_id", "user_id", "role"], values)
    membership.section, membership.user = thread.assignment.section, user
    return membership


_VISIBLE = PreparedModels[Thread](
    lambda thread, user: (
        Thread.objects.visible_to(User(pk=user), Permission.THREAD_READ)
        # The row of the one place that it is visible by: no other is joined.
        .annotate(own_place=F("assignment__section__memberships__pk"))
        .annotate(own_role=F("assignment__section__memberships__role"))
        .select_related("assignment__section__talk", "assignment__talk_task", "group", "student")
        .select_related("prompt__film", "prompt__passage__source")
        .annotate(mute_id=pauses.last_mute(user))
        .filter(pk=thread)
    ),
    "thread",
    "user",
)


def threads_of(user: User, assignment: Assignment) -> list[Thread]:
    """The threads that an assignment stands for, as far as this person may read them: by group, then by student."""
    threads = Thread.objects.visible_to(user, Permission.THREAD_READ).of_present().filter(assignment=assignment)
    return list(threads.select_related("group", "student").order_by("group__name", "student__name", "pk"))


# From the one that trusts most to the one that is most careful.
_CARE = [Thread.Policy.REVIEW_AFTER, Thread.Policy.HOLD_MATCH, Thread.Policy.HOLD_FIRST, Thread.Policy.HOLD_ALL]


def policy_of(place: Place) -> str:
    """The more careful of what the thread and the class say."""
    return policy_in(place.thread)


def policy_in(thread: Thread) -> str:
    """As ``policy_of``; asks nothing where the thread was fetched with its class and the class's ``talk``."""
    own = settings_of(thread.assignment.section).policy
    return max(thread.policy, own, key=lambda policy: _CARE.index(Thread.Policy(policy)))


@dataclass(frozen=True)
class ThreadSettings:
    """What a teacher may change of the threads of an assignment at any time."""

    pinned: bool
    locked_at: datetime | None
    edit_minutes: int


def settings_of_threads(assignment: Assignment) -> ThreadSettings:
    """They are alike in all threads of an assignment, save that one may have been locked by itself; 404 where it has
    none.
    """
    thread = Thread.objects.filter(assignment=assignment).order_by("pk").first()
    if thread is None:
        raise Http404
    return ThreadSettings(thread.pinned_at is not None, thread.locked_at, thread.edit_minutes)


def get_thread_to_set(user: User, thread_id: int) -> Thread:
    """A thread of a class in which this person sets work, with its task; else 404."""
    threads = Thread.objects.visible_to(user, Permission.ASSIGN).select_related(
        "assignment__talk_task", "assignment__section"
    )
    return get_object_or_404(threads, pk=thread_id)


def is_shut(place: Place, at: datetime) -> bool:
    """Nobody writes in a thread before it opens to them, once it has closed or is locked, or in an archived class; no
    student while the threads of the class are frozen, or while so few talk under seal that one could guess a name.
    """
    if (place.frozen or place.too_small) and not place.for_staff:
        return True
    thread, is_open = place.thread, place.terms.dates.is_open(at)
    return thread.is_locked(at) or not is_open or thread.assignment.section.archived_at is not None


def answerable(place: Place) -> PostQuerySet:
    """The posts of a thread that this person reads and may reply to."""
    seen = Post.objects.visible_to(User(pk=place.membership.user_id), place.membership)
    return seen.filter(thread=place.thread, state=Post.State.PUBLISHED)


def may_edit(place: Place, state: str, published_at: datetime | None, at: datetime) -> bool:
    """Whether the author of a post may still change what the class reads.

    Where a teacher approves every post, none is changed once it is approved: the class would read what nobody has.
    """
    if state != Post.State.PUBLISHED or published_at is None:
        return False
    if policy_of(place) == Thread.Policy.HOLD_ALL and not place.for_staff:
        return False
    return at < published_at + timedelta(minutes=place.thread.edit_minutes)


def pseudonym_in(thread: Thread, user: User) -> str | None:
    return Pseudonym.objects.filter(thread=thread, user=user).values_list("name", flat=True).first()


def decisions_in(place: Place, user: User, posts: Collection[int]) -> list[Decision]:
    """The decisions in a thread that stand and that this person may read, oldest first: on their own posts; for staff,
    all. They are those on these posts, and what they have not seen yet of others of their own. That one was taken back
    is told its author, once.
    """
    stands = ~Q(kind__in=[Decision.Kind.KEPT, Decision.Kind.UNDONE])
    if not place.for_staff:
        stands = Q(post__author=user) & (stands | Q(kind=Decision.Kind.UNDONE, seen_at__isnull=True))
    asked = Q(post__in=posts) | Q(post__author=user, seen_at__isnull=True)
    thread = Decision.objects.filter(post__thread=place.thread, undone__isnull=True)
    decisions = thread.filter(stands, asked).select_related("rule", "by", "post")
    return list(decisions.defer("post__body", "post__body_html", "post__matches").order_by("at", "pk"))


def get_thread_id_of_post(user: User, post_id: int) -> int:
    """The thread of a post in a class whose threads this person reads; else 404. Whether they may read the post itself,
    the thread's outline tells.
    """
    visible = readable_where(user, Permission.THREAD_READ, "thread__")
    post = get_object_or_404(Post.objects.filter(visible).only("thread_id"), pk=post_id)
    return post.thread_id


def draft_of_reply(user: User, parent_id: int) -> str:
    """What this person has begun to write in reply to a post."""
    return Draft.objects.filter(user=user, parent=parent_id).values_list("body", flat=True).first() or ""


def get_post_to_endorse(user: User, post_id: int) -> Post:
    """Somebody else's published post in a class where this person moderates; else 404."""
    posts = Post.objects.to_moderate_by(user).filter(state=Post.State.PUBLISHED).select_related("thread__assignment")
    return get_object_or_404(posts, pk=post_id)


def earlier_texts(post: Post) -> list[PostRevision]:
    """What a post said before, newest first. Who may read them, the post's own place in the outline tells."""
    return list(PostRevision.objects.filter(post=post).order_by("-revision"))


def private_answer_of(thread: Thread, user: User) -> Post | None:
    """What this student has said to their teachers alone, instead of posting."""
    return Post.objects.filter(thread=thread, author=user, state=Post.State.PRIVATE).first()


def private_answers(place: Place) -> "list[NamedPost]":
    """What students have said to those who teach alone, in an order that tells nothing of when they came."""
    posts = Post.objects.filter(thread=place.thread, state=Post.State.PRIVATE)
    return sorted(with_names(posts), key=lambda post: (post.pseudonym or "", post.author.name, post.pk))


def get_own_post(user: User, post_id: int) -> Post:
    """A post that this person wrote, whatever has become of it; else 404."""
    return get_object_or_404(Post.objects.in_thread(), pk=post_id, author=user)


def unseen_decisions(user: User) -> list[Decision]:
    """Decisions on this person's posts that they have not seen yet, in threads that are still theirs to read."""
    return list(
        Decision.objects.filter(
            readable_where(user, Permission.THREAD_READ, "post__thread__"),
            post__author=user,
            seen_at__isnull=True,
        )
        .exclude(kind=Decision.Kind.KEPT)
        .select_related("post__thread__assignment")
        .order_by("at", "pk")
    )


# --- Prompts and rules --------------------------------------------------------------------------------------------


def prompts_of(films: Sequence[Film]) -> list[Prompt]:
    """The prompts that can be assigned, in the kit's order."""
    return list(
        Prompt.objects.filter(film__in=films, retired_at__isnull=True)
        .select_related("film")
        .order_by("film__title", "position")
    )


def parts_for_lessons(user: User, film: Film) -> list[Part]:
    """The prompts that a teacher may put into a lesson."""
    return [
        Part(each.key, _("Discussion"), prompt_title(each), reverse("classroom:prompt", args=[film.key, each.key]))
        for each in prompts_of([film])
    ]


def get_prompt(film: Film, prompt_key: str) -> Prompt:
    """A prompt of the film, one that the kit has dropped too; else 404."""
    return get_object_or_404(Prompt.objects.select_related("film", "passage__source"), film=film, key=prompt_key)


def rules_of(film: Film) -> list[Guideline]:
    """The written rules of discussion, in order."""
    return list(Guideline.objects.filter(film=film, retired_at__isnull=True).order_by("position"))


def prompts_on(fact: Fact, user: User) -> list[FactUse]:
    """The prompts that stand on a fact."""
    prompts = Prompt.objects.filter(facts=fact, retired_at__isnull=True).select_related("film").order_by("position")
    return [
        FactUse(prompt_title(prompt), reverse("classroom:prompt", args=[prompt.film.key, prompt.key]))
        for prompt in prompts
    ]


def prompt_title(prompt: Prompt) -> str:
    """A prompt's key as words: kits name a prompt by what it is about."""
    return prompt.key.replace("-", " ").capitalize()
