"""How each type of question is asked on a page without a script, and how what was sent is read again."""

from quizzes.delivery.inputs.arranging import Match, Order
from quizzes.delivery.inputs.base import Controls, Entered, Input
from quizzes.delivery.inputs.gaps import Gaps
from quizzes.delivery.inputs.lines import Line, Text
from quizzes.delivery.inputs.ticking import Tick, TrueOrFalse

__all__ = ["INPUTS", "Controls", "Entered", "Input"]

INPUTS: dict[str, Input] = {
    "choice": Tick(many=False),
    "which-source": Tick(many=False),
    "multiple": Tick(many=True),
    "true-false": TrueOrFalse(),
    "numeric": Line("number", longest=64),
    "date": Line("date"),
    "short": Line("text"),
    "matching": Match(),
    "ordering": Order(),
    "blanks": Gaps(),
    "short-text": Text(rows=4, longest=1_000),
    "essay": Text(rows=14, longest=20_000),
}
