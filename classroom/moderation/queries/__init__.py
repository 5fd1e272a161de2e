"""What moderators see, for those who may."""

from classroom.moderation.queries.appeals import (
    appeals_to_answer,
    get_appeal_to_answer,
    get_own_or_moderated_decision,
    judges_of,
    stands,
)
from classroom.moderation.queries.concerns import get_concern, is_contact, open_concerns
from classroom.moderation.queries.flags import (
    Report,
    flagged_count,
    get_post_to_flag,
    own_flag,
    reporters_in,
    reports_on,
)
from classroom.moderation.queries.history import History, history_of
from classroom.moderation.queries.in_the_open import figures_of, looked_after_by, rules_in
from classroom.moderation.queries.lately import Lately, decided_lately, decisions_of, get_decision
from classroom.moderation.queries.queue import (
    Asked,
    Waiting,
    get_post_to_moderate,
    held_count,
    may_moderate,
    posts_to_moderate,
    waiting_by_class,
    waiting_posts,
)

__all__ = [
    "Asked",
    "History",
    "Lately",
    "Report",
    "Waiting",
    "appeals_to_answer",
    "decided_lately",
    "decisions_of",
    "figures_of",
    "flagged_count",
    "get_appeal_to_answer",
    "get_concern",
    "get_decision",
    "get_own_or_moderated_decision",
    "get_post_to_flag",
    "get_post_to_moderate",
    "held_count",
    "history_of",
    "is_contact",
    "judges_of",
    "looked_after_by",
    "may_moderate",
    "open_concerns",
    "own_flag",
    "posts_to_moderate",
    "reporters_in",
    "reports_on",
    "rules_in",
    "stands",
    "waiting_by_class",
    "waiting_posts",
]
