"""What the gradebook's pages show."""

from classroom.gradebook.queries.own import news_in, own_scores, results, untold_to
from classroom.gradebook.queries.rules import (
    categories_of,
    column_basis,
    columns_of,
    policies_of,
    policy_of,
    rules_basis,
    settings_of,
)
from classroom.gradebook.queries.scores import (
    Column,
    column_of,
    get_column,
    out_of_by_column,
    score_page,
    scores_by_student,
    scores_of_class,
)
from classroom.gradebook.queries.tables import GradeTable, grade_table
from classroom.gradebook.queries.tracking import Cell as TrackingCell
from classroom.gradebook.queries.tracking import Tracking, student_record, tracking

__all__ = [
    "Column",
    "GradeTable",
    "Tracking",
    "TrackingCell",
    "categories_of",
    "column_basis",
    "column_of",
    "columns_of",
    "get_column",
    "grade_table",
    "news_in",
    "out_of_by_column",
    "own_scores",
    "policies_of",
    "policy_of",
    "results",
    "rules_basis",
    "score_page",
    "scores_by_student",
    "scores_of_class",
    "settings_of",
    "student_record",
    "tracking",
    "untold_to",
]
