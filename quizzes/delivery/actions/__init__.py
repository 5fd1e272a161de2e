"""A student's way through a quiz: start, save, hand in; and the closing of what ran out of time.

The rule for an answer in flight at the deadline, always the same: it counts if the server took the request before the
deadline, by the one clock (``classroom.common.clock``), and stored it before the attempt was closed. There is no
grace: whoever was told "saved" is graded on that answer, and nobody is told so after the deadline.

Every save locks the attempt's row, and handing in updates it. So a save is either stored before the grading reads the
answers, or finds the attempt closed and says so.
"""

from quizzes.delivery.actions.counting import settle_told
from quizzes.delivery.actions.errors import Closed, NotNow, Passed, Settled, Stale, StartRefused
from quizzes.delivery.actions.going import go_forward, set_flag
from quizzes.delivery.actions.practising import check_answer, take_hint
from quizzes.delivery.actions.retiming import follow_dates, retime_attempts
from quizzes.delivery.actions.saving import Save, save_answer, save_answers
from quizzes.delivery.actions.settings import StaleSettings, change_settings, release
from quizzes.delivery.actions.starting import start_attempt
from quizzes.delivery.actions.submitting import close_overdue, submit_attempt

__all__ = [
    "Closed",
    "NotNow",
    "Passed",
    "Save",
    "Settled",
    "Stale",
    "StaleSettings",
    "StartRefused",
    "change_settings",
    "check_answer",
    "close_overdue",
    "follow_dates",
    "go_forward",
    "release",
    "retime_attempts",
    "save_answer",
    "save_answers",
    "set_flag",
    "settle_told",
    "start_attempt",
    "submit_attempt",
    "take_hint",
]
