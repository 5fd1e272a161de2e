from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from classroom.common import clock
from classroom.common.admin import KEPT_AS_IT_WAS, NamedLookupsAdmin, ReadOnlyAdmin
from classroom.people.access import SignedInRequest
from classroom.privacy import actions
from classroom.privacy.models import Authorisation, ErasureRequest, LegalHold, RetentionRun, Tombstone


@admin.register(LegalHold)
class LegalHoldAdmin(NamedLookupsAdmin[LegalHold]):
    """Placed on a person or on a class, and lifted; never changed or deleted."""

    list_display = ["person", "section", "reason", "placed_by", "placed_at", "lifted_by", "lifted_at"]
    list_filter = [("lifted_at", admin.EmptyFieldListFilter)]
    list_select_related = ["person", "section", "placed_by", "lifted_by"]
    search_fields = ["person__username", "section__name", "reason"]
    date_hierarchy = "placed_at"
    autocomplete_fields = ["person", "section"]
    actions = ["lift"]

    def get_fields(self, request: HttpRequest, obj: LegalHold | None = None) -> list[Any]:
        after = ["placed_by", "placed_at", "lifted_by", "lifted_at"]
        return ["person", "section", "reason", *(after if obj else [])]

    def has_change_permission(self, request: HttpRequest, obj: LegalHold | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: LegalHold | None = None) -> bool:
        return False

    def save_model(self, request: SignedInRequest, obj: LegalHold, form: Any, change: bool) -> None:  # type: ignore[override]  # whoever is here has signed in
        made = actions.place_hold(
            person=obj.person, section=obj.section, reason=obj.reason, by=request.user, at=clock.now()
        )
        obj.pk = made.pk
        obj.refresh_from_db()

    @admin.action(description=_("Lift the chosen holds"), permissions=["add"])
    def lift(self, request: SignedInRequest, chosen: QuerySet[LegalHold]) -> None:
        at = clock.now()
        for hold in chosen:
            actions.lift_hold(hold=hold, by=request.user, at=at)
        messages.success(request, _("Lifted."))


@admin.register(RetentionRun)
class RetentionRunAdmin(ReadOnlyAdmin[RetentionRun]):
    note = KEPT_AS_IT_WAS
    list_display = ["at", "dry_run", "people_held", "classes_held"]
    list_filter = ["dry_run"]
    date_hierarchy = "at"
    search_fields = ["at"]


@admin.register(Authorisation)
class AuthorisationAdmin(ReadOnlyAdmin[Authorisation]):
    note = KEPT_AS_IT_WAS
    list_display = ["section", "given_by", "basis", "given_on", "recorded_by", "withdrawn_at"]
    list_filter = ["basis", ("withdrawn_at", admin.EmptyFieldListFilter)]
    list_select_related = ["section", "recorded_by"]
    search_fields = ["section__name", "given_by"]
    date_hierarchy = "recorded_at"


@admin.register(ErasureRequest)
class ErasureRequestAdmin(ReadOnlyAdmin[ErasureRequest]):
    note = KEPT_AS_IT_WAS
    list_display = ["asked_at", "state", "ground", "person", "asked_by", "decided_by", "decided_at"]
    list_filter = ["state", "ground"]
    list_select_related = ["person", "asked_by", "decided_by"]
    search_fields = ["person__username"]
    date_hierarchy = "asked_at"


@admin.register(Tombstone)
class TombstoneAdmin(ReadOnlyAdmin[Tombstone]):
    note = KEPT_AS_IT_WAS
    list_display = ["erased_at", "digest"]
    search_fields = ["digest"]
