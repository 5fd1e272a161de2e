"""Rubrics as teachers set them, and gradings by them. Each grading is added, and none is ever changed.

Whatever changes the marks of a discussion holds the assignment's row first: of two at once, the later one finds both.
"""

from classroom.rubrics.actions.errors import Final, GradedAlready, NotReady, StaleMarking, StaleRubric
from classroom.rubrics.actions.grading import Marking, add_comment, grade
from classroom.rubrics.actions.sealed import enter_sealed, name_opened
from classroom.rubrics.actions.writing import remove_rubric, save_rubric

__all__ = [
    "Final",
    "GradedAlready",
    "Marking",
    "NotReady",
    "StaleMarking",
    "StaleRubric",
    "add_comment",
    "enter_sealed",
    "grade",
    "name_opened",
    "remove_rubric",
    "save_rubric",
]
