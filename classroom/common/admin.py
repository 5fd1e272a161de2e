"""What the admin panel's pages share."""

from typing import Any, TypeVar

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Row = TypeVar("Row", bound=Model)
Parent = TypeVar("Parent", bound=Model)

FROM_THE_KIT = _(
    "This comes from a kit: change the kit's files and load them again with manage.py load_kit. "
    "What were typed here would be gone with the next load."
)
KEPT_AS_IT_WAS = _("A record of what happened. It is kept as it was, so nobody changes it here.")


class ReadOnlyAdmin(admin.ModelAdmin[Row]):
    """Rows to look at and search, which nobody adds, changes or deletes here; ``note`` says why."""

    note: str | Promise = ""
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return False

    def get_fieldsets(self, request: HttpRequest, obj: Row | None = None) -> Any:
        """The model's fields under the note, which the panel shows as it shows a description."""
        return [(None, {"fields": self.get_fields(request, obj), "description": self.note})]


class ReadOnlyInline(admin.TabularInline[Row, Parent]):
    """Rows that belong to another, shown on its page."""

    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
