from django.contrib import admin

from classroom.audit.models import AuditEvent
from classroom.common.admin import KEPT_AS_IT_WAS, ReadOnlyAdmin


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin[AuditEvent]):
    note = KEPT_AS_IT_WAS
    list_display = ["at", "kind", "subject_type", "subject_id", "by"]
    list_filter = ["kind", "subject_type"]
    list_select_related = ["by"]
    search_fields = ["=subject_id", "subject_type", "by__username"]
    date_hierarchy = "at"
