from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from classroom.common.admin import KEPT_AS_IT_WAS, ReadOnlyAdmin
from classroom.common.panel import Shelf
from classroom.gradebook.models import Category, ColumnSettings, GradingPolicy, Score, ScoreEvent

TEACHERS_SET = _("For looking at: teachers set it on their gradebook's own pages.")


@admin.register(Score)
class ScoreAdmin(ReadOnlyAdmin[Score]):
    note = KEPT_AS_IT_WAS
    list_display = ["student", "assignment", "points", "out_of", "updated_at"]
    list_filter = ["assignment__kind", "assignment__section"]
    list_select_related = ["student", "assignment"]
    search_fields = ["student__username", "student__name", "assignment__title"]
    date_hierarchy = "updated_at"


@admin.register(ScoreEvent)
class ScoreEventAdmin(ReadOnlyAdmin[ScoreEvent]):
    note = KEPT_AS_IT_WAS
    list_display = ["at", "kind", "student", "assignment", "points", "out_of", "source", "by"]
    list_filter = ["kind", "assignment__section"]
    list_select_related = ["student", "assignment", "by"]
    search_fields = ["student__username", "student__name", "assignment__title", "source"]
    date_hierarchy = "at"


@admin.register(GradingPolicy)
class GradingPolicyAdmin(ReadOnlyAdmin[GradingPolicy]):
    shelf = Shelf.CLASSES
    note = TEACHERS_SET
    list_display = ["section", "scale"]
    list_filter = ["scale"]
    list_select_related = ["section"]
    search_fields = ["section__name"]


@admin.register(Category)
class CategoryAdmin(ReadOnlyAdmin[Category]):
    shelf = Shelf.CLASSES
    note = TEACHERS_SET
    list_display = ["name", "section", "weight", "drop_lowest"]
    list_filter = ["section"]
    list_select_related = ["section"]
    search_fields = ["name", "section__name"]


@admin.register(ColumnSettings)
class ColumnSettingsAdmin(ReadOnlyAdmin[ColumnSettings]):
    shelf = Shelf.CLASSES
    note = TEACHERS_SET
    list_display = ["assignment", "category", "out_of", "counts"]
    list_filter = ["counts", "assignment__section"]
    list_select_related = ["assignment", "category"]
    search_fields = ["assignment__title"]
