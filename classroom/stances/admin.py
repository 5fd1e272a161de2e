"""The room in the admin panel: that marks are there, and neither whose nor where."""

from django.contrib import admin

from classroom.common.admin import KEPT_AS_IT_WAS, ReadOnlyAdmin
from classroom.stances.models import Line, Mark


@admin.register(Line)
class LineAdmin(ReadOnlyAdmin[Line]):
    note = KEPT_AS_IT_WAS
    list_display = ["thread", "moment"]
    list_filter = ["moment"]
    list_select_related = ["thread"]
    search_fields = ["thread__assignment__title"]
    fields = ["thread", "moment", "figures"]


@admin.register(Mark)
class MarkAdmin(ReadOnlyAdmin[Mark]):
    note = KEPT_AS_IT_WAS
    list_display = ["thread", "moment"]
    list_filter = ["moment"]
    list_select_related = ["thread"]
    search_fields = ["thread__assignment__title"]
    fields = ["thread", "moment"]
    sortable_by = ()
