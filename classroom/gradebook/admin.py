from django.contrib import admin

from classroom.common.admin import KEPT_AS_IT_WAS, ReadOnlyAdmin
from classroom.gradebook.models import Score, ScoreEvent


@admin.register(Score)
class ScoreAdmin(ReadOnlyAdmin[Score]):
    note = KEPT_AS_IT_WAS
    list_display = ["student", "assignment", "points", "out_of", "updated_at"]
    list_filter = ["assignment__kind", "assignment__section"]
    list_select_related = ["student", "assignment"]
    search_fields = ["student__username", "student__name", "assignment__title"]


@admin.register(ScoreEvent)
class ScoreEventAdmin(ReadOnlyAdmin[ScoreEvent]):
    note = KEPT_AS_IT_WAS
    list_display = ["at", "kind", "student", "assignment", "points", "out_of", "source", "by"]
    list_filter = ["kind", "assignment__section"]
    list_select_related = ["student", "assignment", "by"]
    search_fields = ["student__username", "student__name", "assignment__title", "source"]
    date_hierarchy = "at"
