"""The room in the admin panel: that marks are there, and neither whose nor where."""

from django.contrib import admin

from classroom.common.admin import KEPT_AS_IT_WAS, ReadOnlyAdmin
from classroom.stances.models import Line, Mark


@admin.register(Line)
class LineAdmin(ReadOnlyAdmin[Line]):
    note = KEPT_AS_IT_WAS
    list_display = ["assignment", "moment"]
    list_filter = ["moment"]
    list_select_related = ["assignment"]
    search_fields = ["assignment__title"]
    fields = ["assignment", "moment", "figures"]


@admin.register(Mark)
class MarkAdmin(ReadOnlyAdmin[Mark]):
    note = KEPT_AS_IT_WAS
    list_display = ["assignment", "moment"]
    list_filter = ["moment"]
    list_select_related = ["assignment"]
    search_fields = ["assignment__title"]
    fields = ["assignment", "moment"]
    sortable_by = ()
