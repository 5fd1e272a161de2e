"""What the accounts' library keeps of people, in the admin panel: their addresses, and their second factors."""

from allauth.account.admin import EmailAddressAdmin
from allauth.account.models import EmailAddress
from allauth.mfa import admin as second_factors
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth import admin as auth_admin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from classroom.common.admin import NamedLookupsAdmin

# Theirs are registered by now, since their modules are imported; ours take their places.
for theirs in (EmailAddress, second_factors.Authenticator, Group):
    admin.site.unregister(theirs)


@admin.register(EmailAddress)
class AddressAdmin(NamedLookupsAdmin[EmailAddress], EmailAddressAdmin):  # type: ignore[misc]  # the library has no types
    called = _("E-mail addresses")
    list_select_related = ["user"]


@admin.register(Authenticator)
class SecondFactorAdmin(NamedLookupsAdmin[Authenticator]):
    """That somebody has one. Its secret is not shown, and nobody makes one for another; a lost one is deleted here."""

    called = _("Second factors")
    note = _("Delete the second factors of somebody who has lost theirs: they set up new ones when they sign in next.")
    list_display = ["user", "type", "created_at", "last_used_at"]
    list_filter = ["type"]
    list_select_related = ["user"]
    search_fields = ["user__username", "user__name"]
    date_hierarchy = "created_at"
    fields = ["user", "type", "created_at", "last_used_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Authenticator | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Authenticator | None = None) -> bool:
        # Rights in the panel hang on it, and those are for superusers to give.
        return super().has_delete_permission(request, obj) and bool(getattr(request.user, "is_superuser", False))


@admin.register(Group)
class RightsAdmin(NamedLookupsAdmin[Group], auth_admin.GroupAdmin):
    called = _("Sets of rights in this panel")
