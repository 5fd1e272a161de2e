"""A person's notices, with the words that their rooms have for them now."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from classroom.notices import kinds
from classroom.notices.kinds import Line
from classroom.notices.models import MailChoice, Notice, usual
from classroom.people.models import User


@dataclass(frozen=True)
class Shown:
    """A notice that may be shown to its reader, and its line."""

    notice: Notice
    line: Line


def notices_of(user: User) -> QuerySet[Notice]:
    """What this person was told in the classes that they are in now, newest first."""
    return Notice.objects.visible_to(user).select_related("section").order_by("-at", "-pk")


def shown(user: User, notices: Sequence[Notice]) -> list[Shown]:
    """Those of a person's notices that still stand, each in the words of now; a fixed number of queries by kind."""
    asked: dict[str, set[int]] = defaultdict(set)
    for notice in notices:
        asked[notice.kind].add(notice.subject_id)
    lines = {kind: kinds.look(kind, user, ids) for kind, ids in asked.items()}
    return [
        Shown(notice, lines[notice.kind][notice.subject_id])
        for notice in notices
        if notice.subject_id in lines[notice.kind]
    ]


def when_mailed(user: User) -> MailChoice.When:
    """When this person hears by e-mail: as they chose, or as is usual."""
    chosen = MailChoice.objects.filter(user=user).values_list("when", flat=True).first()
    return MailChoice.When(chosen) if chosen else usual(user)


def has_account(user_id: int) -> bool:
    return User.objects.filter(pk=user_id, is_active=True).exists()
