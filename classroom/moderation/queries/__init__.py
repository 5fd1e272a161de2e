"""What moderators see, for those who may."""

from classroom.moderation.queries.appeals import (
    appeals_on,
    appeals_to_answer,
    get_appeal_to_answer,
    get_own_or_moderated_decision,
    is_under_appeal,
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
from classroom.moderation.queries.pausing import (
    Muted,
    get_author_to_mute,
    get_mute,
    get_mute_to_lift,
    get_thread_to_pause,
    mutes_of,
    standing_mute,
    threads_of,
)
from classroom.moderation.queries.queue import (
    Asked,
    KindOfWait,
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
    "KindOfWait",
    "Lately",
    "Muted",
    "Report",
    "Waiting",
    "appeals_on",
    "appeals_to_answer",
    "decided_lately",
    "decisions_of",
    "figures_of",
    "flagged_count",
    "get_appeal_to_answer",
    "get_author_to_mute",
    "get_concern",
    "get_decision",
    "get_mute",
    "get_mute_to_lift",
    "get_own_or_moderated_decision",
    "get_post_to_flag",
    "get_post_to_moderate",
    "get_thread_to_pause",
    "held_count",
    "history_of",
    "is_contact",
    "is_under_appeal",
    "judges_of",
    "looked_after_by",
    "may_moderate",
    "mutes_of",
    "open_concerns",
    "own_flag",
    "posts_to_moderate",
    "reporters_in",
    "reports_on",
    "rules_in",
    "standing_mute",
    "stands",
    "threads_of",
    "waiting_by_class",
    "waiting_posts",
]
