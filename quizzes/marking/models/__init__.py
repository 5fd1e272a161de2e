"""What people decide about answers and keys: markings by hand, regrades, and what students question.

Markings and regrades are events: rows are only ever added, each with the next number, so that of two people who
decide at once the second is told. The last one counts.
"""

from quizzes.marking.models.appealing import Appeal, FactReview
from quizzes.marking.models.reading import MOST_POINTS, HandGrade, MarkingComment
from quizzes.marking.models.regrading import Regrade, RegradeNotice

__all__ = ["MOST_POINTS", "Appeal", "FactReview", "HandGrade", "MarkingComment", "Regrade", "RegradeNotice"]
