"""Decisions that can be taken back still."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import F, QuerySet
from django.shortcuts import get_object_or_404

from classroom.assignments.models import visible_where
from classroom.discussions.models import Decision
from classroom.moderation.models import UNDO_WITHIN
from classroom.people.models import User
from classroom.people.permissions import Permission

LATELY_SHOWN = 60


@dataclass
class Lately:
    """Decisions that were made together, or one alone."""

    first: Decision
    batch: UUID | None
    decisions: list[Decision] = field(default_factory=list)


def _decisions(user: User) -> QuerySet[Decision]:
    moderated = visible_where(user, Permission.POST_MODERATE, "post__thread__assignment__")
    return Decision.objects.filter(moderated).exclude(post__author=user)


def decided_lately(user: User, at: datetime) -> list[Lately]:
    """What was decided in this person's classes and can be taken back, the last first; nothing has come of it since."""
    found = (
        _decisions(user)
        .filter(at__gt=at - UNDO_WITHIN, undone__isnull=True, upholds__isnull=True, post__revision=F("revision") + 1)
        .exclude(kind=Decision.Kind.UNDONE)
        .exclude(appeal__answered_at__isnull=False)
        .select_related("post__thread__assignment", "by")
        .order_by("-at", "-pk")[:LATELY_SHOWN]
    )
    return _together(list(found))


def _together(decisions: Sequence[Decision]) -> list[Lately]:
    groups: dict[object, Lately] = {}
    for each in decisions:
        groups.setdefault(each.batch or each.pk, Lately(each, each.batch)).decisions.append(each)
    return list(groups.values())


def get_decision(user: User, decision_id: int) -> Decision:
    """A decision on somebody else's post in a class where this person moderates; else 404."""
    return get_object_or_404(_with_all(_decisions(user)), pk=decision_id)


def decisions_of(user: User, batch: UUID) -> list[Decision]:
    """Those of a batch that this person may take back."""
    return list(_with_all(_decisions(user).filter(batch=batch)).order_by("pk"))


def _with_all(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    return decisions.select_related("post__thread__assignment__section", "post__author", "by")
