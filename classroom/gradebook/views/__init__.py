"""What the room's addresses lead to."""

from classroom.gradebook.views.book import gradebook, gradebook_file, gradebook_import, gradebook_settings
from classroom.gradebook.views.scores import column_settings, gradebook_column, score, scores, scores_release
from classroom.gradebook.views.tracking import student, tracking, tracking_file

__all__ = [
    "column_settings",
    "gradebook",
    "gradebook_column",
    "gradebook_file",
    "gradebook_import",
    "gradebook_settings",
    "score",
    "scores",
    "scores_release",
    "student",
    "tracking",
    "tracking_file",
]
