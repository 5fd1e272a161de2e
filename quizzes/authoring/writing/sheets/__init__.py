"""The forms in which a teacher writes a question of each type, with its key. The page needs no script."""

from quizzes.authoring.writing.sheets.arranged import MatchingSheet, OrderingSheet
from quizzes.authoring.writing.sheets.base import FORM_ID, Sheet, area, line, rule, tick
from quizzes.authoring.writing.sheets.ticked import ChoiceSheet, MultipleSheet, TrueFalseSheet
from quizzes.authoring.writing.sheets.typed import DateSheet, NumericSheet, ShortSheet, WrittenSheet

__all__ = [
    "FORM_ID",
    "ChoiceSheet",
    "DateSheet",
    "MatchingSheet",
    "MultipleSheet",
    "NumericSheet",
    "OrderingSheet",
    "Sheet",
    "ShortSheet",
    "TrueFalseSheet",
    "WrittenSheet",
    "area",
    "line",
    "rule",
    "tick",
]
