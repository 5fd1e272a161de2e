from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from classroom.common.admin import KEPT_AS_IT_WAS, ReadOnlyAdmin
from classroom.jobs.models import Job, JobFile


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin[Job]):
    note = KEPT_AS_IT_WAS
    list_display = ["asked_at", "kind", "about", "state", "fault", "by", "ended_at"]
    list_filter = ["state", "kind"]
    list_select_related = ["by"]
    search_fields = ["about", "by__username"]
    date_hierarchy = "asked_at"
    # What is needed to make passwords, or names of students, is nobody's to read here.
    exclude = ["asked", "kept", "mark"]


@admin.register(JobFile)
class JobFileAdmin(ReadOnlyAdmin[JobFile]):
    note = KEPT_AS_IT_WAS
    list_display = ["job"]
    list_select_related = ["job"]
    search_fields = ["job__about", "job__by__username"]
    exclude = ["body"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[JobFile]:
        """Without the files themselves, which may be large."""
        return super().get_queryset(request).defer("body")
