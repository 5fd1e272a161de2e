"""A table of questions of our own, as CSV: docs/question-csv.md says what stands in each column."""

from quizzes.interchange.table.reading import read
from quizzes.interchange.table.writing import write

__all__ = ["read", "write"]
