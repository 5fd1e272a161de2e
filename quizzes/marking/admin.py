from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from classroom.common.admin import KEPT_AS_IT_WAS, ReadOnlyAdmin
from classroom.common.panel import Shelf
from quizzes.marking.models import Appeal, FactReview, HandGrade, MarkingComment, Regrade, RegradeNotice


@admin.register(MarkingComment)
class MarkingCommentAdmin(ReadOnlyAdmin[MarkingComment]):
    note = KEPT_AS_IT_WAS
    list_display = ["text", "points", "version", "created_by", "created_at"]
    list_select_related = ["version", "created_by"]
    search_fields = ["text", "version__stem"]


@admin.register(HandGrade)
class HandGradeAdmin(ReadOnlyAdmin[HandGrade]):
    shelf = Shelf.RECORDS
    note = KEPT_AS_IT_WAS
    list_display = ["id", "student", "number", "cause", "points", "out_of", "by", "at"]
    list_filter = ["cause"]
    list_select_related = ["response__attempt__student", "by"]
    search_fields = ["response__attempt__student__username", "response__attempt__student__name"]
    date_hierarchy = "at"

    @admin.display(description=_("student"), ordering="response__attempt__student__name")
    def student(self, grade: HandGrade) -> str:
        return grade.response.attempt.student.name


@admin.register(Regrade)
class RegradeAdmin(ReadOnlyAdmin[Regrade]):
    shelf = Shelf.RECORDS
    note = KEPT_AS_IT_WAS
    list_display = ["id", "version", "policy", "corrected", "changed", "by", "at"]
    list_filter = ["policy"]
    list_select_related = ["version", "corrected", "by"]
    search_fields = ["version__stem", "reason"]
    date_hierarchy = "at"


@admin.register(RegradeNotice)
class RegradeNoticeAdmin(ReadOnlyAdmin[RegradeNotice]):
    shelf = Shelf.RECORDS
    note = KEPT_AS_IT_WAS
    list_display = ["id", "regrade", "attempt", "seen_at"]
    list_filter = [("seen_at", admin.EmptyFieldListFilter)]
    list_select_related = ["regrade", "attempt"]
    search_fields = ["regrade__version__stem", "regrade__reason"]


@admin.register(Appeal)
class AppealAdmin(ReadOnlyAdmin[Appeal]):
    shelf = Shelf.RECORDS
    note = KEPT_AS_IT_WAS
    list_display = ["id", "passage", "state", "made_at", "decided_by", "decided_at"]
    list_filter = ["state"]
    list_select_related = ["passage", "decided_by"]
    search_fields = ["response__version__stem"]
    date_hierarchy = "made_at"


@admin.register(FactReview)
class FactReviewAdmin(ReadOnlyAdmin[FactReview]):
    note = KEPT_AS_IT_WAS
    list_display = ["fact", "version", "opened_by", "opened_at", "closed_by", "closed_at"]
    list_filter = [("closed_at", admin.EmptyFieldListFilter)]
    list_select_related = ["fact", "version", "opened_by", "closed_by"]
    search_fields = ["fact__key", "fact__statement"]
    date_hierarchy = "opened_at"
