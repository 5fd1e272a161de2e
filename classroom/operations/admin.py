from django.contrib import admin

from classroom.common.admin import KEPT_AS_IT_WAS, ReadOnlyAdmin
from classroom.operations.models import Heartbeat


@admin.register(Heartbeat)
class HeartbeatAdmin(ReadOnlyAdmin[Heartbeat]):
    note = KEPT_AS_IT_WAS
    list_display = ["name", "beat_at", "detail"]
    search_fields = ["name", "detail"]
