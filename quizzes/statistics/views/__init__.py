"""What the room's addresses lead to."""

from quizzes.statistics.views.analysis import analysis, analysis_file, class_quizzes
from quizzes.statistics.views.facts import (
    class_coverage,
    class_coverage_file,
    class_fact,
    class_facts,
    class_facts_file,
    class_marks,
    class_marks_file,
    class_questions,
    class_questions_file,
)

__all__ = [
    "analysis",
    "analysis_file",
    "class_coverage",
    "class_coverage_file",
    "class_fact",
    "class_facts",
    "class_facts_file",
    "class_marks",
    "class_marks_file",
    "class_questions",
    "class_questions_file",
    "class_quizzes",
]
