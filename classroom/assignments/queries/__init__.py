"""What is assigned, to whom, and how far each student is."""

from classroom.assignments.queries.accommodations import accommodation_of
from classroom.assignments.queries.answers import AnswersPage, StepsPage, answers_page, questions_of, steps_page
from classroom.assignments.queries.calendars import entries, feed_of, get_feed
from classroom.assignments.queries.exceptions import (
    audience_of,
    audiences_of,
    exceptions_to,
    get_excuse,
    get_override,
    has_override,
    is_excused,
)
from classroom.assignments.queries.home import (
    is_behind,
    not_begun_in,
    section_lines,
    student_home,
)
from classroom.assignments.queries.one import (
    already_set,
    assignments_of,
    get_assignment,
    get_assignment_to_do,
    get_set_or_withdrawn,
    get_step_to_answer,
    parts_by_lesson,
    parts_of,
    parts_offered,
    responses_to,
    step_answers,
    visit_of,
    withdrawn_from,
)
from classroom.assignments.queries.steps import StepTable, Way, progress_of, step_table, steps_of
from classroom.assignments.queries.taught import untaught, untaught_in_unit
from classroom.assignments.queries.welcome import is_new_student, set_up, teacher_welcome

__all__ = [
    "AnswersPage",
    "StepTable",
    "StepsPage",
    "Way",
    "accommodation_of",
    "already_set",
    "answers_page",
    "assignments_of",
    "audience_of",
    "audiences_of",
    "entries",
    "exceptions_to",
    "feed_of",
    "get_assignment",
    "get_assignment_to_do",
    "get_excuse",
    "get_feed",
    "get_override",
    "get_set_or_withdrawn",
    "get_step_to_answer",
    "has_override",
    "is_behind",
    "is_excused",
    "is_new_student",
    "not_begun_in",
    "parts_by_lesson",
    "parts_of",
    "parts_offered",
    "progress_of",
    "questions_of",
    "responses_to",
    "section_lines",
    "set_up",
    "step_answers",
    "step_table",
    "steps_of",
    "steps_page",
    "student_home",
    "teacher_welcome",
    "untaught",
    "untaught_in_unit",
    "visit_of",
    "withdrawn_from",
]
