from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from classroom.assignments import actions
from classroom.assignments.models import (
    Accommodation,
    Assignment,
    AssignmentOverride,
    AssignmentTarget,
    CalendarFeed,
    Excuse,
    StepAnswer,
    StepProgress,
    Visit,
)
from classroom.common import clock
from classroom.common.admin import KEPT_AS_IT_WAS, NamedLookupsAdmin, ReadOnlyAdmin
from classroom.common.panel import Shelf
from classroom.people.access import SignedInRequest


@admin.register(Assignment)
class AssignmentAdmin(NamedLookupsAdmin[Assignment]):
    """Teachers set work; here its times can be mended and it can be withdrawn. Times are in UTC, as the panel's all."""

    list_display = ["title", "kind", "section", "opens_at", "due_at", "closes_at", "withdrawn_at"]
    list_filter = ["kind", ("withdrawn_at", admin.EmptyFieldListFilter), "section"]
    list_select_related = ["section"]
    search_fields = ["title", "item_key", "section__name"]
    date_hierarchy = "opens_at"
    actions = ["withdraw"]
    fields = [
        "title",
        "section",
        "kind",
        "item_key",
        "lesson",
        "parent",
        "for_everybody",
        "opens_at",
        "first_due_at",
        "due_at",
        "closes_at",
        "created_by",
        "created_at",
        "withdrawn_at",
    ]
    TIMES = {"opens_at", "first_due_at", "due_at", "closes_at"}

    def get_readonly_fields(self, request: HttpRequest, obj: Assignment | None = None) -> list[str]:
        return [str(name) for name in self.fields or () if name not in self.TIMES]

    def has_add_permission(self, request: HttpRequest) -> bool:
        # Each kind of work has a part of its own to set up, which the teachers' pages do.
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Assignment | None = None) -> bool:
        # What students did hangs on it: it is withdrawn, not deleted.
        return False

    def save_model(self, request: SignedInRequest, obj: Assignment, form: Any, change: bool) -> None:  # type: ignore[override]  # whoever is here has signed in
        times = actions.Times(obj.opens_at, obj.due_at, obj.closes_at, first_due_at=obj.first_due_at)
        actions.change_times(assignment=obj, times=times, by=request.user, at=clock.now())

    @admin.action(description=_("Withdraw the chosen assignments"), permissions=["change"])
    def withdraw(self, request: SignedInRequest, chosen: Any) -> None:
        for assignment in chosen:
            actions.withdraw(assignment=assignment, by=request.user, at=clock.now())


TEACHERS_DO = _("For looking at: teachers give and take it on the assignment's own page.")


@admin.register(AssignmentTarget)
class AssignmentTargetAdmin(ReadOnlyAdmin[AssignmentTarget]):
    note = TEACHERS_DO
    list_display = ["assignment", "group", "student"]
    list_filter = ["assignment__section"]
    list_select_related = ["assignment", "group", "student"]
    search_fields = ["assignment__title", "group__name", "student__username", "student__name"]


@admin.register(AssignmentOverride)
class AssignmentOverrideAdmin(ReadOnlyAdmin[AssignmentOverride]):
    note = TEACHERS_DO
    list_display = ["assignment", "group", "student", "opens_at", "due_at", "closes_at", "created_by", "created_at"]
    list_filter = ["assignment__section"]
    list_select_related = ["assignment", "group", "student", "created_by"]
    search_fields = ["assignment__title", "group__name", "student__username", "student__name"]
    date_hierarchy = "created_at"


@admin.register(Excuse)
class ExcuseAdmin(ReadOnlyAdmin[Excuse]):
    note = TEACHERS_DO
    list_display = ["student", "assignment", "created_by", "created_at"]
    list_filter = ["assignment__section"]
    list_select_related = ["student", "assignment", "created_by"]
    search_fields = ["student__username", "student__name", "assignment__title"]
    date_hierarchy = "created_at"


@admin.register(CalendarFeed)
class CalendarFeedAdmin(ReadOnlyAdmin[CalendarFeed]):
    note = _("For looking at: people make and stop their calendars' addresses themselves.")
    list_display = ["user", "section", "created_at", "revoked_at"]
    list_filter = [("revoked_at", admin.EmptyFieldListFilter)]
    list_select_related = ["user", "section"]
    search_fields = ["user__username", "user__name", "section__name"]
    date_hierarchy = "created_at"


@admin.register(Visit)
class VisitAdmin(ReadOnlyAdmin[Visit]):
    shelf = Shelf.RECORDS
    note = KEPT_AS_IT_WAS
    list_display = ["student", "assignment", "first_at", "last_at", "done_at"]
    list_filter = [("done_at", admin.EmptyFieldListFilter), "assignment__section"]
    list_select_related = ["student", "assignment"]
    search_fields = ["student__username", "student__name", "assignment__title"]
    date_hierarchy = "last_at"


@admin.register(StepAnswer)
class StepAnswerAdmin(ReadOnlyAdmin[StepAnswer]):
    shelf = Shelf.RECORDS
    note = KEPT_AS_IT_WAS
    list_display = ["student", "assignment", "step", "revision", "saved_at"]
    list_filter = ["assignment__section"]
    list_select_related = ["student", "assignment", "step"]
    search_fields = ["student__username", "student__name", "assignment__title", "text"]
    date_hierarchy = "saved_at"


@admin.register(StepProgress)
class StepProgressAdmin(ReadOnlyAdmin[StepProgress]):
    shelf = Shelf.RECORDS
    note = KEPT_AS_IT_WAS
    list_display = ["student", "assignment", "step", "first_opened_at", "seconds", "done_at"]
    list_filter = [("done_at", admin.EmptyFieldListFilter), "assignment__section"]
    list_select_related = ["student", "assignment", "step"]
    search_fields = ["student__username", "student__name", "assignment__title", "step__title"]
    date_hierarchy = "first_opened_at"


@admin.register(Accommodation)
class AccommodationAdmin(ReadOnlyAdmin[Accommodation]):
    note = _("A teacher gives and takes them back on the student's page.")
    list_display = ["student", "section", "time_factor", "extra_attempts", "created_by", "created_at"]
    list_filter = ["section"]
    list_select_related = ["student", "section", "created_by"]
    search_fields = ["student__username", "student__name", "section__name"]
    date_hierarchy = "created_at"
