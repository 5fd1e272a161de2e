"""Forms of the bank: finding questions, tagging them, and putting a quiz together."""

from quizzes.bank.forms.building import (
    MOST_QUESTIONS,
    DrawForm,
    QuizForm,
    QuizQuestionsForm,
    Row,
    put_together,
    ticked,
)
from quizzes.bank.forms.feedback import FeedbackForm, feedback_typed
from quizzes.bank.forms.hints import HintsField
from quizzes.bank.forms.labelling import LabelsForm
from quizzes.bank.forms.printing import PaperForm
from quizzes.bank.forms.searching import QuestionFilterForm

__all__ = [
    "MOST_QUESTIONS",
    "DrawForm",
    "FeedbackForm",
    "HintsField",
    "LabelsForm",
    "PaperForm",
    "QuestionFilterForm",
    "QuizForm",
    "QuizQuestionsForm",
    "Row",
    "feedback_typed",
    "put_together",
    "ticked",
]
