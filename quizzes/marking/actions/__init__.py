"""What people decide about answers and keys.

Every decision holds the rows of the attempts that it touches, in one order, before it reads them; handing in and
saving take the same rows. So an attempt is either handed in before, and graded again by the decision, or after it,
and graded by it at once.
"""

from quizzes.marking.actions.appealing import AlreadyDecided, close_review, decide_appeal, make_appeal, see_decisions
from quizzes.marking.actions.errors import NotAllowed, StaleComment, StaleMarking, StaleRegrade
from quizzes.marking.actions.reading import Marking, add_comment, change_comment, mark_answer
from quizzes.marking.actions.regrading import Decision, fits, regrade, see_notices, see_regrades

__all__ = [
    "AlreadyDecided",
    "Decision",
    "Marking",
    "NotAllowed",
    "StaleComment",
    "StaleMarking",
    "StaleRegrade",
    "add_comment",
    "change_comment",
    "close_review",
    "decide_appeal",
    "fits",
    "make_appeal",
    "mark_answer",
    "regrade",
    "see_decisions",
    "see_notices",
    "see_regrades",
]
