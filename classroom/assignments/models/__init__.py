from classroom.assignments.models.accommodations import Accommodation
from classroom.assignments.models.assignment import Assignment, visible_where
from classroom.assignments.models.calendars import CalendarFeed
from classroom.assignments.models.exceptions import AssignmentOverride, AssignmentTarget, Excuse
from classroom.assignments.models.work import StepAnswer, StepProgress, Visit

__all__ = [
    "Accommodation",
    "Assignment",
    "AssignmentOverride",
    "AssignmentTarget",
    "CalendarFeed",
    "Excuse",
    "StepAnswer",
    "StepProgress",
    "Visit",
    "visible_where",
]
