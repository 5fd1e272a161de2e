"""What the admin panel's pages share."""

from typing import Any, TypeVar

from django.contrib import admin
from django.contrib.admin.widgets import AdminSplitDateTime
from django.db.models import Field, Model
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from classroom.common.panel import Shelf

Row = TypeVar("Row", bound=Model)
Parent = TypeVar("Parent", bound=Model)

FROM_THE_KIT = _(
    "This comes from a kit: change the kit's files and load them again with manage.py load_kit. "
    "What were typed here would be gone with the next load."
)
KEPT_AS_IT_WAS = _("A record of what happened. It is kept as it was, so nobody changes it here.")

_DATE_PARTS = {"year": (1900, 2999), "month": (1, 12), "day": (1, 31)}


class NamedLookupsAdmin(admin.ModelAdmin[Row]):
    """An address asks only by what the page offers: its filters, its dates, and the row's own id.

    Django lets an address ask by any field of the model and by all that point at it, so that ``?author=7``, or
    ``?posts=3`` on the list of people, would tell who wrote what under a sealed name. Anything else gets a 400.
    ``shelf`` is where the panel's first page has the list if not with its room, ``called`` the list's name there if the
    model's will not do, and ``note`` stands above it.
    """

    shelf: Shelf | None = None
    called: str | Promise = ""
    note: str | Promise = ""
    list_per_page = 50

    class Media:
        js = ("classroom/admin.js",)

    def formfield_for_dbfield(self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        """A date and a time of one field are two boxes, each of which says what it is."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, AdminSplitDateTime):
            for box, name in zip(field.widget.widgets, (_("date"), _("time")), strict=True):
                box.attrs["aria-label"] = f"{field.label}: {name}"
        return field

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        title = capfirst(str(self.called or self.opts.verbose_name_plural))
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        if self.date_hierarchy and lookup.startswith(f"{self.date_hierarchy}__"):
            return _is_date_part(lookup.removeprefix(f"{self.date_hierarchy}__"), value)
        return lookup in self._offered(request) and not _is_too_large(value)

    def _offered(self, request: HttpRequest) -> set[str]:
        """What the filters of the page put into its address, and the row's id."""
        offered = {"pk", "pk__exact", "id", "id__exact"}
        for each in self.get_list_filter(request):
            if isinstance(each, str):
                offered |= {each, f"{each}__exact", f"{each}__isnull", f"{each}__id__exact"}
            elif isinstance(each, tuple | list) and each[1] is admin.EmptyFieldListFilter:
                offered.add(f"{each[0]}__isempty")
            elif isinstance(each, type) and issubclass(each, admin.SimpleListFilter):
                offered.add(str(each.parameter_name))
        return offered


def _is_date_part(part: str, value: str) -> bool:
    """Whether this is a year, month or day that a date can be reckoned with."""
    first, last = _DATE_PARTS.get(part, (1, 0))
    return value.isascii() and value.isdecimal() and len(value) <= 4 and first <= int(value) <= last


def _is_too_large(value: str) -> bool:
    """Whether a value is a number that no database's column holds."""
    return value.strip().lstrip("+-").isdecimal() and len(value.strip()) > 18


class ReadOnlyAdmin(NamedLookupsAdmin[Row]):
    """Rows to look at and search, which nobody adds, changes or deletes here; ``note`` says why."""

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
