"""What a student is told of a handed-in attempt, and when: the one rule, for pages and for the gradebook.

A teacher decides for each of five things. The right answers, the explanations and the feedback stay back besides while
the student has another attempt under way: they would be those of that attempt too. And feedback says whether an answer
is right, so it never comes before that does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Tell(TextChoices):
    """When something is told."""

    AT_ONCE = "at-once", _("at once: in practice when a question is checked, else when an attempt is handed in")
    HANDED_IN = "handed-in", _("when an attempt is handed in, even if others are left")
    DUE = "due", _("after the due time (else the closing), once no attempt is left")
    RELEASED = "released", _("when I release it")
    NEVER = "never", _("never")


class Told(Enum):
    """Something that may be told."""

    SCORE = "score"
    MARKS = "marks"
    KEY = "key"
    EXPLANATION = "explanation"
    FEEDBACK = "feedback"


# What would help in another attempt.
_HELPS = (Told.KEY, Told.EXPLANATION, Told.FEEDBACK)


@dataclass(frozen=True)
class Moment:
    """Where a student stands with a quiz. ``due_at`` is the class's or their own, whichever is later."""

    at: datetime
    due_at: datetime | None
    released_at: datetime | None
    under_way: bool
    may_start: bool

    @property
    def is_due(self) -> bool:
        return self.due_at is None or self.due_at <= self.at


def told(telling: Mapping[Told, Tell], moment: Moment) -> frozenset[Told]:
    """What a student is told of an attempt that is handed in."""
    found = frozenset(what for what, when in telling.items() if _is_told(what, when, moment))
    return found if Told.MARKS in found else found - {Told.FEEDBACK}


def _is_told(what: Told, when: Tell, moment: Moment) -> bool:
    if what in _HELPS and moment.under_way:
        return False
    match when:
        case Tell.AT_ONCE | Tell.HANDED_IN:
            return True
        case Tell.DUE:
            return moment.is_due and not moment.under_way and not moment.may_start
        case Tell.RELEASED:
            return moment.released_at is not None and moment.released_at <= moment.at
        case Tell.NEVER:
            return False
