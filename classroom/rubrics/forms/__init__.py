"""The forms by which a rubric is written, and by which a student is graded."""

from classroom.rubrics.forms.grading import GradingForm
from classroom.rubrics.forms.writing import RubricForm

__all__ = ["GradingForm", "RubricForm"]
