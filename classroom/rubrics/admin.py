"""The room in the admin panel: gradings without whose they are, since under seal that is nobody's to know."""

from django.contrib import admin

from classroom.common.admin import KEPT_AS_IT_WAS, ReadOnlyAdmin
from classroom.rubrics.models import Assessment, Comment, Rubric, RubricVersion


@admin.register(Rubric)
class RubricAdmin(ReadOnlyAdmin[Rubric]):
    note = KEPT_AS_IT_WAS
    list_display = ["assignment", "number", "entered_at"]
    list_filter = ["assignment__section"]
    list_select_related = ["assignment"]
    search_fields = ["assignment__title"]


@admin.register(RubricVersion)
class RubricVersionAdmin(ReadOnlyAdmin[RubricVersion]):
    note = KEPT_AS_IT_WAS
    list_display = ["rubric", "number", "by", "at"]
    list_filter = ["rubric__assignment__section"]
    list_select_related = ["rubric", "by"]
    search_fields = ["rubric__assignment__title", "reason"]


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin[Comment]):
    note = KEPT_AS_IT_WAS
    list_display = ["text", "section", "created_by"]
    list_filter = ["section"]
    list_select_related = ["section", "created_by"]
    search_fields = ["text"]


@admin.register(Assessment)
class AssessmentAdmin(ReadOnlyAdmin[Assessment]):
    note = KEPT_AS_IT_WAS
    list_display = ["thread", "cause", "version", "by", "at"]
    list_filter = ["cause", "thread__assignment__section"]
    list_select_related = ["thread", "version", "by"]
    search_fields = ["thread__assignment__title"]
    fields = ["thread", "cause", "version", "out_of", "by", "at"]
    sortable_by = ()
