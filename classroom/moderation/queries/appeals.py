"""Decisions and appeals, for the author whom they concern and for those who answer."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from classroom.assignments.models import visible_where
from classroom.discussions.models import Decision, Post, PostAppeal
from classroom.people.models import Membership, User
from classroom.people.permissions import Permission, roles_with

_ASSIGNMENT = "post__thread__assignment__"
_WITH = ("rule", "by", "appeal__answered_by", "appeal__rule", "post__thread__assignment__section__talk")


def get_own_or_moderated_decision(user: User, decision_id: int) -> Decision:
    """A decision against a post: for the post's author, and for who moderates the class; else 404."""
    own = visible_where(user, Permission.THREAD_READ, _ASSIGNMENT) & Q(post__author=user)
    moderated = visible_where(user, Permission.POST_MODERATE, _ASSIGNMENT)
    decisions = Decision.objects.filter(own | moderated, kind__in=Decision.AGAINST, undone__isnull=True)
    return get_object_or_404(decisions.select_related(*_WITH, "post__thread__prompt__film").distinct(), pk=decision_id)


def stands(decision: Decision) -> bool:
    """Whether nothing has become of the post since: what has moved on is no longer to be appealed."""
    return decision.post.revision == decision.revision + 1


@dataclass(frozen=True)
class Judges:
    """Who may answer an appeal: all who moderate the class and have neither written nor decided; ``the_same`` where
    that leaves nobody but who decided.
    """

    ids: frozenset[int]
    the_same: bool


def judges_of(decision: Decision) -> Judges:
    """Those who may answer an appeal against a decision."""
    section = decision.post.thread.assignment.section_id
    moderators = Membership.objects.current().filter(section=section, role__in=roles_with(Permission.POST_MODERATE))
    found = set(moderators.exclude(user=decision.post.author_id).values_list("user_id", flat=True))
    others = found - {decision.by_id}
    return Judges(frozenset(others or found), the_same=not others)


def standing_appeals() -> QuerySet[PostAppeal]:
    """Appeals that wait, of posts that stand as they were decided."""
    waiting = PostAppeal.objects.filter(outcome=PostAppeal.Outcome.OPEN)
    return waiting.filter(decision__post__revision=F("decision__revision") + 1).order_by()


def appeals_to_answer(user: User) -> QuerySet[PostAppeal]:
    """Those that this person may answer: as ``judges_of`` has it, for all of their classes at once."""
    post = "decision__post__"
    others = (
        Membership.objects.current()
        .filter(section=OuterRef(f"{post}thread__assignment__section"), role__in=roles_with(Permission.POST_MODERATE))
        .exclude(user=user)
        .exclude(user=OuterRef(f"{post}author"))
    )
    moderated = visible_where(user, Permission.POST_MODERATE, f"{post}thread__assignment__")
    may_judge = ~Q(decision__by=user) | ~Q(Exists(others))
    return standing_appeals().filter(moderated, may_judge).exclude(decision__post__author=user)


def appeals_on(user: User, posts: Collection[Post]) -> dict[int, PostAppeal]:
    """By post id, those of them that this person may answer, with the decisions; in one query, in none for no post."""
    if not posts:
        return {}
    found = appeals_to_answer(user).filter(decision__post__in=posts).select_related("decision__rule", "decision__by")
    return {each.decision.post_id: each for each in found}


def is_under_appeal(post: Post) -> bool:
    """Whether its author has appealed against the decision by which the post stands as it was fetched."""
    waiting = PostAppeal.objects.filter(outcome=PostAppeal.Outcome.OPEN, decision__post=post.pk)
    return waiting.filter(decision__revision=post.revision - 1).exists()


def get_appeal_to_answer(user: User, appeal_id: int) -> PostAppeal:
    """Anybody's appeal but one's own, in a class where this person moderates, answered or not; else 404."""
    moderated = visible_where(user, Permission.POST_MODERATE, f"decision__{_ASSIGNMENT}")
    appeals = PostAppeal.objects.filter(moderated).exclude(decision__post__author=user)
    return get_object_or_404(
        appeals.select_related(
            "decision__rule",
            "decision__by",
            "decision__post__author",
            "decision__post__thread__assignment__section",
            "decision__post__thread__prompt__film",
            "answered_by",
            "rule",
        ),
        pk=appeal_id,
    )
