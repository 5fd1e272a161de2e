"""Scores as they come in, or are set by a teacher's hand, and the rules by which they count."""

from classroom.gradebook.actions.by_hand import Entered, Entry, ImportStale, enter_scores, import_scores
from classroom.gradebook.actions.rules import StaleRules, save_column, save_policy, set_hidden, set_own_late_rule
from classroom.gradebook.actions.scores import recompute_score, record_score, withdraw_score

__all__ = [
    "Entered",
    "Entry",
    "ImportStale",
    "StaleRules",
    "enter_scores",
    "import_scores",
    "recompute_score",
    "record_score",
    "save_column",
    "save_policy",
    "set_hidden",
    "set_own_late_rule",
    "withdraw_score",
]
