"""The kinds of thing that can be assigned: the one place where a lower room learns of a higher one.

A room that has something to assign (lessons, discussions, quizzes) registers one ``ActivityKind`` when its app is
ready. Pages of this room and of the gradebook then list, set up and show it without knowing what it is. Every method
takes many assignments or students at once, so that a page's number of queries does not grow with its rows.
"""

from classroom.assignments.activities.kinds import (
    NOTHING_YET,
    SETTLED,
    ActivityKind,
    Attention,
    Chosen,
    Offer,
    Opened,
    ResponseRow,
    Result,
    Work,
    WorkState,
)
from classroom.assignments.activities.pairs import (
    by_kind,
    finished_pairs,
    of_students,
    responses_by_pair,
    seconds_by_pair,
    work_by_pair,
)
from classroom.assignments.activities.registry import (
    all_kinds,
    attention_for,
    find_offer,
    kind_of,
    may_withhold,
    register,
    register_attention,
    register_new_dates,
    register_results,
    register_sealed,
    register_withheld,
    results_for,
    sealed_ids,
    tell_new_dates,
    withheld_ids,
    withheld_marks_ids,
)

__all__ = [
    "NOTHING_YET",
    "SETTLED",
    "ActivityKind",
    "Attention",
    "Chosen",
    "Offer",
    "Opened",
    "ResponseRow",
    "Result",
    "Work",
    "WorkState",
    "all_kinds",
    "attention_for",
    "by_kind",
    "find_offer",
    "finished_pairs",
    "kind_of",
    "may_withhold",
    "of_students",
    "register",
    "register_attention",
    "register_new_dates",
    "register_results",
    "register_sealed",
    "register_withheld",
    "responses_by_pair",
    "results_for",
    "sealed_ids",
    "seconds_by_pair",
    "tell_new_dates",
    "withheld_ids",
    "withheld_marks_ids",
    "work_by_pair",
]
