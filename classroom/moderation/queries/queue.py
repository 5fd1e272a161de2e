"""What waits for a moderator."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import Count, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery, TextChoices
from django.db.models.functions import Coalesce
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy

from classroom.discussions.bylines import with_names
from classroom.discussions.models import Concern, Post, PostAppeal
from classroom.moderation.queries.appeals import appeals_to_answer
from classroom.moderation.queries.concerns import looking_after
from classroom.people.models import Membership, User
from classroom.people.permissions import Permission, roles_with

if TYPE_CHECKING:
    from classroom.discussions.bylines import NamedPost

_SECTION = "thread__assignment__section"


class KindOfWait(TextChoices):
    """For what a post stands in the queue; it can be for several. The queue can be narrowed down to one."""

    HELD = "held", gettext_lazy("waiting for approval")
    REVIEW = "review", gettext_lazy("reported by readers, or to be looked at")
    APPEAL = "appeal", gettext_lazy("appealed by its author")
    CONCERN = "concern", gettext_lazy("sounds as if somebody were in danger")


def _why(user: User) -> dict[KindOfWait, Q]:
    """Of an answer to the teachers alone, on which nobody decides, only that somebody may be in danger."""
    worry = Concern.objects.filter(post=OuterRef("pk"), seen_at__isnull=True)
    return {
        KindOfWait.CONCERN: Q(Exists(worry)) & ~Q(state=Post.State.DELETED),
        KindOfWait.HELD: Q(state=Post.State.HELD),
        KindOfWait.REVIEW: Q(state__in=[Post.State.PUBLISHED, Post.State.FLAGGED], to_review=True),
        KindOfWait.APPEAL: Q(pk__in=appeals_to_answer(user).values("decision__post")),
    }


@dataclass(frozen=True)
class Asked:
    """Which part of the queue an address asks for: of one class, or of one kind; None for all."""

    section: int | None = None
    kind: KindOfWait | None = None

    @classmethod
    def from_query(cls, query: QueryDict) -> "Asked":
        """404 for a kind or a class that cannot be."""
        section, kind = query.get("class", ""), query.get("kind", "")
        if (section and not (section.isascii() and section.isdigit() and len(section) < 18)) or (
            kind and kind not in KindOfWait
        ):
            raise Http404
        return cls(int(section) if section else None, KindOfWait(kind) if kind else None)

    @property
    def query(self) -> str:
        """The same as an address has it; empty for the whole queue."""
        named = {"class": self.section, "kind": self.kind and self.kind.value}
        return urlencode({name: value for name, value in named.items() if value})


@dataclass(frozen=True)
class Waiting:
    """How many posts of one class wait, by kind; ``total`` counts each post once."""

    section_id: int
    name: str
    total: int
    by_kind: dict[KindOfWait, int]


def waiting_since() -> Coalesce:
    """Since when a post waits: a mended one since it was sent again."""
    return Coalesce(F("edited_at"), F("created_at"), output_field=DateTimeField())


def get_post_to_moderate(user: User, post_id: int) -> "NamedPost":
    """Somebody else's post in a class where this person moderates, a deleted one too; else 404."""
    return get_object_or_404(
        with_names(Post.objects.to_moderate_by(user)).select_related(
            "author", "thread__assignment__section", "thread__prompt__film", "thread__prompt__passage__source"
        ),
        pk=post_id,
    )


def posts_to_moderate(user: User, ids: Collection[int]) -> "list[NamedPost]":
    """Of these the posts that this person may decide on, longest waiting first, each with its claim."""
    posts = with_names(Post.objects.to_moderate_by(user).filter(pk__in=ids))
    with_all = posts.select_related("thread__assignment__section", "thread__prompt__film", "claim__by")
    return list(with_all.order_by(waiting_since(), "pk"))


def may_moderate(user: User) -> bool:
    """Whether there is a queue for this person: they teach, or assist in some class."""
    moderating = Membership.objects.current().filter(user=user, role__in=roles_with(Permission.POST_MODERATE))
    return user.is_teacher or moderating.exists()


def waiting_posts(user: User, asked: Asked) -> "QuerySet[NamedPost]":
    """What waits for this person, with all that its page shows: first what sounds as if somebody were in danger, then
    the longest waiting; what is appealed, since it was. ``cares`` says whether they are one of those who look after
    the class.
    """
    why = _why(user)
    wanted = why[asked.kind] if asked.kind else _any(why)
    posts = Post.objects.of_others_for(user).filter(wanted)
    if asked.section is not None:
        posts = posts.filter(**{_SECTION: asked.section})
    caring = looking_after(user).filter(section=OuterRef(_SECTION))
    return (
        with_names(posts)
        .annotate(appealed_at=_appealed_at(), concern_id=_concern_id(), cares=Exists(caring))
        .annotate(waiting_since=Coalesce("appealed_at", waiting_since()))
        .select_related(f"{_SECTION}__talk", "thread__prompt", "parent", "claim__by")
        .order_by(F("concern_id").asc(nulls_last=True), "waiting_since", "pk")
    )


def _appealed_at() -> Subquery:
    waiting = PostAppeal.objects.filter(outcome=PostAppeal.Outcome.OPEN, decision__post=OuterRef("pk"))
    return Subquery(waiting.filter(decision__revision=OuterRef("revision") - 1).values("at")[:1])


def _concern_id() -> Subquery:
    open_ones = Concern.objects.filter(post=OuterRef("pk"), seen_at__isnull=True).order_by("at", "pk")
    return Subquery(open_ones.values("pk")[:1])


def waiting_by_class(user: User) -> list[Waiting]:
    """How much waits in each class that has something, by the classes' names; in one query."""
    why = _why(user)
    counts = {kind.value: Count("pk", filter=each) for kind, each in why.items()}
    rows = (
        Post.objects.of_others_for(user)
        .filter(_any(why))
        .order_by(f"{_SECTION}__name", _SECTION)
        .values_list(_SECTION, f"{_SECTION}__name")
        .annotate(total=Count("pk"), **counts)
    )
    return [Waiting(pk, name, total, dict(zip(why, each, strict=True))) for pk, name, total, *each in rows]


def _any(why: Mapping[KindOfWait, Q]) -> Q:
    found = Q(pk__in=[])
    for each in why.values():
        found |= each
    return found


def held_count(user: User) -> int:
    """How many posts wait for this person."""
    return Post.objects.to_moderate_by(user).held().count()
