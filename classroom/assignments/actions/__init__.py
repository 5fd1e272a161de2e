"""What changes assignments, and what students do for them. Each action is one transaction, told who and when."""

from classroom.assignments.actions.accommodations import set_accommodation
from classroom.assignments.actions.audience import Somebody, change_audience, groups_changed
from classroom.assignments.actions.calendars import make_feed, stop_feed
from classroom.assignments.actions.exceptions import excuse, remove_excuse, remove_override, set_override
from classroom.assignments.actions.ordering import move
from classroom.assignments.actions.setting import (
    Planned,
    Times,
    assign,
    assign_unit,
    bring_back,
    change_times,
    withdraw,
)
from classroom.assignments.actions.steps import note_answered, open_steps, settle_lesson, settle_lesson_of, tell_time
from classroom.assignments.actions.work import (
    STEP_ANSWER_MAX,
    StaleAnswer,
    mark_done,
    record_visit,
    save_step_answer,
)

__all__ = [
    "STEP_ANSWER_MAX",
    "Planned",
    "Somebody",
    "StaleAnswer",
    "Times",
    "assign",
    "assign_unit",
    "bring_back",
    "change_audience",
    "change_times",
    "excuse",
    "groups_changed",
    "make_feed",
    "mark_done",
    "move",
    "note_answered",
    "open_steps",
    "record_visit",
    "remove_excuse",
    "remove_override",
    "save_step_answer",
    "set_accommodation",
    "set_override",
    "settle_lesson",
    "settle_lesson_of",
    "stop_feed",
    "tell_time",
    "withdraw",
]
