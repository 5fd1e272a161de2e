"""What must hold of quizzes: the length of a lesson's, and that every question can be drafted.

What each fact may be used for, and how wrong options are proved, is decided where questions are drafted.
"""

from collections.abc import Iterator

from kits.drafts import Drafts
from kits.reading.places import Problem
from kits.reading.shapes import Kit

FEWEST_FOR_A_LESSON = 5
MOST_FOR_A_LESSON = 8


def quiz_faults(kit: Kit, drafts: Drafts) -> Iterator[Problem]:
    """Every fault of the quizzes."""
    for quiz in kit.quizzes:
        count = len(quiz.questions)
        if quiz.lesson and not FEWEST_FOR_A_LESSON <= count <= MOST_FOR_A_LESSON:
            yield quiz.at.problem(
                f"a quiz for a lesson has {FEWEST_FOR_A_LESSON} to {MOST_FOR_A_LESSON} questions, not {count}",
                field="questions",
            )
    yield from drafts.problems
