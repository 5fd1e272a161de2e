"""What the question bank keeps about people: who wrote what."""

from django.utils.translation import gettext_lazy as _

from classroom.common.data_inventory import TEACHING, Erase, Field, Kind, Table, by_staff, impersonal, nothing
from quizzes.bank.models import AnswerKey, Question, QuestionTag, QuestionVersion, Quiz, QuizDraw, QuizItem

_VERSION = "id question number type stem content language translations points facts rewords newest_wording created_at"

TABLES = [
    impersonal(QuizItem, _("Questions in quizzes"), "id", "quiz", "question", "position", "points"),
    impersonal(
        QuizDraw,
        _("Random draws in quizzes"),
        *["id", "quiz", "position", "count", "type", "topic", "lesson", "difficulty", "standard", "tag", "points"],
    ),
    impersonal(QuestionTag, _("Tags of questions"), "id", "question", "kind", "name"),
    Table(
        Quiz,
        _("Quizzes"),
        {
            **nothing("id", "film", "key", "lesson", "title", "instructions", "retired_at", purpose="The quiz itself."),
            "owner": Field(Kind.IDENTITY, "Which teacher's it is; empty for the kit's.", erase=Erase.KEEP),
        },
        readers=TEACHING,
    ),
    impersonal(AnswerKey, _("Answer keys"), "id", "version", "key", "explanation", "hints", "feedback", "translations"),
    Table(
        QuestionVersion,
        _("Versions of questions"),
        {
            **nothing(*_VERSION.split(), purpose="The question itself."),
            "created_by": by_staff("Which teacher wrote it."),
        },
        readers=TEACHING,
    ),
    Table(
        Question,
        _("Questions"),
        {
            **nothing(
                *("id", "film", "key", "published", "difficulty", "created_at", "retired_at"),
                purpose="The question itself.",
            ),
            "owner": Field(Kind.IDENTITY, "Which teacher's it is; empty for the kit's.", erase=Erase.KEEP),
        },
        readers=TEACHING,
    ),
]
