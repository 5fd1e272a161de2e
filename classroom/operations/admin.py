from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_tasks_db.admin import DBTaskResultAdmin
from django_tasks_db.models import DBTaskResult

from classroom.common.admin import KEPT_AS_IT_WAS, NamedLookupsAdmin, ReadOnlyAdmin
from classroom.operations import actions
from classroom.operations.models import Heartbeat

# The library's is registered by now, since its module is imported; ours takes its place.
admin.site.unregister(DBTaskResult)


@admin.register(Heartbeat)
class HeartbeatAdmin(ReadOnlyAdmin[Heartbeat]):
    note = KEPT_AS_IT_WAS
    list_display = ["name", "beat_at", "detail"]
    list_filter = [("detail", admin.EmptyFieldListFilter)]
    search_fields = ["name", "detail"]
    date_hierarchy = "beat_at"


@admin.register(DBTaskResult)
class TaskAdmin(NamedLookupsAdmin[DBTaskResult], DBTaskResultAdmin):  # type: ignore[type-arg]  # generic in their hints alone
    called = _("Background tasks")
    note = _("What the worker does in the background. A failed task can be tried again: to do it twice does no harm.")
    list_display = (  # type: ignore[assignment]  # theirs says how many columns there are
        "task_path",
        "status",
        "enqueued_at",
        "started_at",
        "finished_at",
        "exception_class_path",
    )
    list_filter = ("status",)  # type: ignore[assignment]  # the same
    search_fields = ["task_path", "exception_class_path"]
    date_hierarchy = "enqueued_at"
    actions = ["try_again"]

    @admin.action(description=_("Try the chosen failed tasks again"), permissions=["view"])
    def try_again(self, request: HttpRequest, chosen: QuerySet[Any]) -> None:
        count = actions.try_again(chosen.values_list("pk", flat=True))
        messages.success(request, _("Put back into the queue: %(count)d") % {"count": count})
