from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from classroom.common.admin import ReadOnlyAdmin, ReadOnlyInline
from quizzes.bank.models import AnswerKey, Question, QuestionTag, QuestionVersion, Quiz, QuizDraw, QuizItem

NEVER_REWRITTEN = _(
    "Versions and their keys are never rewritten: past attempts are graded by them. "
    "A teacher changes a question on its own page, which adds the next version."
)


class QuestionVersionInline(ReadOnlyInline[QuestionVersion, Question]):
    model = QuestionVersion
    fields = ["number", "type", "stem", "points", "created_by", "created_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[QuestionVersion]:
        return super().get_queryset(request).select_related("created_by")


@admin.register(Question)
class QuestionAdmin(ReadOnlyAdmin[Question]):
    note = NEVER_REWRITTEN
    list_display = ["key", "stem", "film", "owner", "created_at", "retired_at"]
    list_filter = [
        "film",
        ("published", admin.EmptyFieldListFilter),
        ("retired_at", admin.EmptyFieldListFilter),
        ("owner", admin.EmptyFieldListFilter),
    ]
    list_select_related = ["film", "owner", "published"]
    search_fields = ["key", "versions__stem", "owner__username", "owner__name"]
    date_hierarchy = "created_at"
    inlines = [QuestionVersionInline]

    @admin.display(description=_("published wording"))
    def stem(self, question: Question) -> str:
        return question.published.stem if question.published else ""


@admin.register(QuestionVersion)
class QuestionVersionAdmin(ReadOnlyAdmin[QuestionVersion]):
    note = NEVER_REWRITTEN
    list_display = ["question", "number", "type", "stem", "points", "created_by", "created_at"]
    list_filter = ["type", "question__film"]
    list_select_related = ["question", "created_by"]
    search_fields = ["stem", "question__key", "facts__key"]
    date_hierarchy = "created_at"


@admin.register(AnswerKey)
class AnswerKeyAdmin(ReadOnlyAdmin[AnswerKey]):
    note = NEVER_REWRITTEN
    list_display = ["question", "number", "key", "explanation", "feedback"]
    list_filter = ["version__type", "version__question__film"]
    list_select_related = ["version__question"]
    search_fields = ["version__question__key", "version__stem", "explanation"]

    @admin.display(description=_("question"), ordering="version__question__key")
    def question(self, key: AnswerKey) -> str:
        return key.version.question.key

    @admin.display(description=_("version"), ordering="version__number")
    def number(self, key: AnswerKey) -> int:
        return key.version.number


class QuizItemInline(ReadOnlyInline[QuizItem, Quiz]):
    model = QuizItem
    fields = ["position", "question", "points"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[QuizItem]:
        return super().get_queryset(request).select_related("question")


@admin.register(Quiz)
class QuizAdmin(ReadOnlyAdmin[Quiz]):
    note = _("The kit's quizzes come from its files; a teacher changes a quiz of their own on its page.")
    list_display = ["title", "key", "film", "lesson", "owner", "retired_at"]
    list_filter = ["film", ("retired_at", admin.EmptyFieldListFilter), ("owner", admin.EmptyFieldListFilter)]
    list_select_related = ["film", "lesson", "owner"]
    search_fields = ["title", "key", "instructions", "owner__username", "owner__name"]
    inlines = [QuizItemInline]


@admin.register(QuizItem)
class QuizItemAdmin(ReadOnlyAdmin[QuizItem]):
    note = _("The kit's quizzes come from its files; a teacher changes a quiz of their own on its page.")
    list_display = ["quiz", "position", "question"]
    list_display_links = ["position"]
    list_select_related = ["quiz", "question"]
    search_fields = ["quiz__title", "quiz__key", "question__key"]


@admin.register(QuizDraw)
class QuizDrawAdmin(ReadOnlyAdmin[QuizDraw]):
    note = _("A teacher changes what a quiz of their own draws on its page.")
    list_display = ["quiz", "position", "count", "type", "topic", "lesson", "difficulty", "standard", "tag"]
    list_display_links = ["position"]
    list_select_related = ["quiz", "topic", "lesson"]
    search_fields = ["quiz__title", "quiz__key", "tag", "standard"]


@admin.register(QuestionTag)
class QuestionTagAdmin(ReadOnlyAdmin[QuestionTag]):
    note = _("A teacher tags a question of their own on its page; the kit's tags come from its files.")
    list_display = ["name", "kind", "question"]
    list_filter = ["kind", "question__film"]
    list_select_related = ["question"]
    search_fields = ["name", "question__key"]
