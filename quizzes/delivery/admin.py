from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from classroom.common.admin import KEPT_AS_IT_WAS, ReadOnlyAdmin, ReadOnlyInline
from classroom.common.panel import Shelf
from quizzes.delivery.models import Attempt, AttemptGrade, QuizAssignment, Response, ResponseGrade


@admin.register(QuizAssignment)
class QuizAssignmentAdmin(ReadOnlyAdmin[QuizAssignment]):
    note = _("A teacher sets and withdraws quizzes on the page of the class.")
    list_display = ["assignment", "section", "quiz", "attempts_allowed", "minutes_allowed"]
    list_filter = ["quiz__film"]
    list_select_related = ["assignment__section", "quiz"]
    search_fields = ["assignment__title", "assignment__section__name", "quiz__title", "quiz__key"]

    @admin.display(description=_("class"), ordering="assignment__section__name")
    def section(self, quiz_assignment: QuizAssignment) -> str:
        return quiz_assignment.assignment.section.name


class ResponseInline(ReadOnlyInline[Response, Attempt]):
    model = Response
    fields = ["position", "version", "answer", "points", "revision", "saved_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Response]:
        return super().get_queryset(request).select_related("version")


class AttemptGradeInline(ReadOnlyInline[AttemptGrade, Attempt]):
    model = AttemptGrade
    fields = ["kind", "points", "out_of", "by", "at"]


@admin.register(Attempt)
class AttemptAdmin(ReadOnlyAdmin[Attempt]):
    shelf = Shelf.RECORDS
    note = KEPT_AS_IT_WAS
    list_display = ["id", "student", "quiz", "number", "state", "started_at", "submitted_at", "closed_by_deadline"]
    list_filter = ["state", "closed_by_deadline", "quiz_assignment__quiz__film"]
    list_select_related = ["student", "quiz_assignment__quiz"]
    search_fields = [
        "student__username",
        "student__name",
        "quiz_assignment__quiz__title",
        "quiz_assignment__assignment__section__name",
    ]
    date_hierarchy = "started_at"
    inlines = [ResponseInline, AttemptGradeInline]

    @admin.display(description=_("quiz"), ordering="quiz_assignment__quiz__title")
    def quiz(self, attempt: Attempt) -> str:
        return attempt.quiz_assignment.quiz.title


@admin.register(Response)
class ResponseAdmin(ReadOnlyAdmin[Response]):
    shelf = Shelf.RECORDS
    note = KEPT_AS_IT_WAS
    list_display = ["id", "student", "position", "question", "answer", "revision", "saved_at"]
    list_filter = ["version__type"]
    list_select_related = ["attempt__student", "version"]
    search_fields = ["attempt__student__username", "attempt__student__name", "version__stem", "version__question__key"]
    date_hierarchy = "saved_at"

    @admin.display(description=_("student"), ordering="attempt__student__name")
    def student(self, response: Response) -> str:
        return response.attempt.student.name

    @admin.display(description=_("question"), ordering="version__stem")
    def question(self, response: Response) -> str:
        return response.version.stem


@admin.register(AttemptGrade)
class AttemptGradeAdmin(ReadOnlyAdmin[AttemptGrade]):
    shelf = Shelf.RECORDS
    note = KEPT_AS_IT_WAS
    list_display = ["id", "student", "kind", "points", "out_of", "waiting", "by", "at"]
    list_filter = ["kind"]
    list_select_related = ["attempt__student", "by"]
    search_fields = ["attempt__student__username", "attempt__student__name", "attempt__quiz_assignment__quiz__title"]
    date_hierarchy = "at"

    @admin.display(description=_("student"), ordering="attempt__student__name")
    def student(self, grade: AttemptGrade) -> str:
        return grade.attempt.student.name


@admin.register(ResponseGrade)
class ResponseGradeAdmin(ReadOnlyAdmin[ResponseGrade]):
    shelf = Shelf.RECORDS
    note = KEPT_AS_IT_WAS
    list_display = ["id", "student", "question", "fraction", "points", "waits", "dropped"]
    list_filter = ["waits", "dropped"]
    list_select_related = ["response__attempt__student", "response__version"]
    search_fields = [
        "response__attempt__student__username",
        "response__attempt__student__name",
        "response__version__stem",
    ]

    @admin.display(description=_("student"), ordering="response__attempt__student__name")
    def student(self, grade: ResponseGrade) -> str:
        return grade.response.attempt.student.name

    @admin.display(description=_("question"), ordering="response__version__stem")
    def question(self, grade: ResponseGrade) -> str:
        return grade.response.version.stem
