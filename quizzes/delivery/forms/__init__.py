"""An attempt's forms, and the form of what a teacher decides about a quiz."""

from quizzes.delivery.forms.answers import (
    BadSave,
    QuestionField,
    answer_words,
    cannot_be_read,
    is_sent,
    not_saved_words,
    passed_words,
    preview_fields,
    question_fields,
    question_fields_again,
    read_save,
    refusal_words,
    saved_words,
    settled_words,
    stale_words,
    stored_text,
)
from quizzes.delivery.forms.settings import SettingsForm, differences, with_revision

__all__ = [
    "BadSave",
    "QuestionField",
    "SettingsForm",
    "answer_words",
    "cannot_be_read",
    "differences",
    "is_sent",
    "not_saved_words",
    "passed_words",
    "preview_fields",
    "question_fields",
    "question_fields_again",
    "read_save",
    "refusal_words",
    "saved_words",
    "settled_words",
    "stale_words",
    "stored_text",
    "with_revision",
]
