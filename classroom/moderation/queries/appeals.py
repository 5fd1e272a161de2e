"""Decisions and appeals, for the author whom they concern and for those who answer."""

from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.shortcuts import get_object_or_404

from classroom.assignments.models import visible_where
from classroom.discussions.models import Decision, PostAppeal
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


def open_appeals(user: User) -> QuerySet[PostAppeal]:
    """Appeals in the classes where this person moderates, of posts that stand as they were decided, oldest first."""
    moderated = visible_where(user, Permission.POST_MODERATE, f"decision__{_ASSIGNMENT}")
    waiting = PostAppeal.objects.filter(moderated, outcome=PostAppeal.Outcome.OPEN)
    standing = waiting.filter(decision__post__revision=F("decision__revision") + 1)
    return standing.exclude(decision__post__author=user).order_by("at", "pk")


def appeals_to_answer(user: User) -> list[PostAppeal]:
    """Those of them that this person may answer, each with its decision, in a fixed number of queries."""
    waiting = list(
        open_appeals(user).select_related(
            "decision__rule", "decision__by", "decision__post__thread__assignment__section"
        )
    )
    mine = [each for each in waiting if each.decision.by_id == user.pk]
    alone = _alone_in(user, {each.decision.post.thread.assignment.section_id for each in mine})
    return [each for each in waiting if each.decision.by_id != user.pk or _is_alone(each, alone)]


def _alone_in(user: User, sections: set[int]) -> dict[int, set[int]]:
    """Of each class the others who moderate it."""
    others: dict[int, set[int]] = {section: set() for section in sections}
    rows = Membership.objects.current().filter(section__in=sections, role__in=roles_with(Permission.POST_MODERATE))
    for section, other in rows.exclude(user=user).values_list("section", "user") if sections else []:
        others[section].add(other)
    return others


def _is_alone(appeal: PostAppeal, others: dict[int, set[int]]) -> bool:
    post = appeal.decision.post
    return not others[post.thread.assignment.section_id] - {post.author_id}


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
        ),
        pk=appeal_id,
    )
