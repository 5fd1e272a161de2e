"""The figures of a test and of its questions: pure functions on arrays, without Django.

The definitions are Moodle's published ones (docs.moodle.org/dev, "Quiz statistics calculations"), in its units: what
Moodle shows in per cent is in per cent here. A figure that is not defined is NaN.
"""

from quizzes.statistics.figures.guessing import random_guess
from quizzes.statistics.figures.intervals import Intervals, bootstrap
from quizzes.statistics.figures.items import ItemFigures, item_figures
from quizzes.statistics.figures.table import MarkTable
from quizzes.statistics.figures.times import answer_seconds
from quizzes.statistics.figures.whole import WholeFigures, whole_figures

__all__ = [
    "Intervals",
    "ItemFigures",
    "MarkTable",
    "WholeFigures",
    "answer_seconds",
    "bootstrap",
    "item_figures",
    "random_guess",
    "whole_figures",
]
