"""The names that students go by, in the admin panel."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from classroom.common.admin import KEPT_AS_IT_WAS, ReadOnlyAdmin
from classroom.discussions.admin.sealing import unless_sealed
from classroom.discussions.models import NameOpening, Pseudonym


@admin.register(Pseudonym)
class PseudonymAdmin(ReadOnlyAdmin[Pseudonym]):
    note = KEPT_AS_IT_WAS
    list_display = ["name", "thread", "student"]
    list_filter = ["thread__names", "thread__assignment__section"]
    search_fields = ["name", "thread__assignment__title"]
    fields = ["name", "thread", "student"]
    # By name: the order in which they were drawn is the order in which students came.
    ordering = ["thread", "name"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Pseudonym]:
        return super().get_queryset(request).select_related("thread", "user")

    @admin.display(description=_("student"))
    def student(self, pseudonym: Pseudonym) -> str:
        return unless_sealed(pseudonym.thread, pseudonym.user)


@admin.register(NameOpening)
class NameOpeningAdmin(ReadOnlyAdmin[NameOpening]):
    """That somebody asked, and what came of it; whose name it is, is not said here."""

    note = KEPT_AS_IT_WAS
    list_display = ["__str__", "thread", "state", "asked_by", "asked_at", "answered_by", "answered_at"]
    list_filter = ["state", "pseudonym__thread__assignment__section"]
    list_select_related = ["pseudonym__thread", "asked_by", "answered_by"]
    search_fields = ["pseudonym__thread__assignment__title"]
    fields = ["thread", "reason", "state", "asked_by", "asked_at", "answered_by", "answered_at"]

    @admin.display(description=_("thread"))
    def thread(self, opening: NameOpening) -> str:
        return str(opening.pseudonym.thread)
