from typing import Any

from django.contrib import admin, messages
from django.contrib.auth import admin as auth_admin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm, UsernameField
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from classroom.common import clock
from classroom.common.admin import KEPT_AS_IT_WAS, NamedLookupsAdmin, ReadOnlyAdmin, ReadOnlyInline
from classroom.common.panel import Shelf
from classroom.people import actions, mail
from classroom.people.access import SignedInRequest
from classroom.people.admin_handover import HandsOverClasses
from classroom.people.models import Group, Invitation, JoinCode, Membership, RateBucket, Section, User


class NewUserForm(AdminUserCreationForm[User]):
    class Meta:
        model = User
        fields = ["username", "name", "email", "is_teacher"]
        field_classes = {"username": UsernameField}


class UserForm(UserChangeForm[User]):
    class Meta:
        model = User
        fields = [
            "username",
            "password",
            "name",
            "email",
            "is_teacher",
            "is_active",
            "is_staff",
            "is_superuser",
            "groups",
            "user_permissions",
        ]
        field_classes = {"username": UsernameField}


@admin.register(User)
class PersonAdmin(NamedLookupsAdmin[User], HandsOverClasses, auth_admin.UserAdmin[User]):
    """Accounts. Rights in the panel are for superusers to give, so that nobody gives themselves more than they have."""

    form = UserForm
    add_form = NewUserForm
    list_display = ["username", "name", "email", "is_teacher", "is_staff", "is_active", "created_at"]
    list_filter = ["is_teacher", "is_staff", "is_active", "is_demo"]
    search_fields = ["username", "name", "email"]
    ordering = ["username"]
    actions = ["hand_over"]
    date_hierarchy = "created_at"
    readonly_fields = ["last_login", "created_at", "is_demo"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["name", "email", "is_teacher", "is_active"]}),
        (_("Admin panel"), {"fields": ["is_staff", "is_superuser", "groups", "user_permissions"]}),
        (_("Dates"), {"fields": ["last_login", "created_at", "is_demo"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "classes": ["wide"],
                "fields": ["username", "name", "email", "is_teacher", "usable_password", "password1", "password2"],
            },
        )
    ]
    RIGHTS = ["is_staff", "is_superuser", "groups", "user_permissions"]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        fields = [str(name) for name in super().get_readonly_fields(request, obj)]
        return fields if _is_superuser(request) else [*fields, *self.RIGHTS]

    def view_on_site(self, person: User) -> str | None:
        """What the site holds about them, on the page of the privacy office, which has none of those who stand in."""
        return None if person.is_stand_in else reverse("classroom:person", args=[person.pk])

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        may = super().has_change_permission(request, obj)
        return may and (obj is None or not (obj.is_staff or obj.is_superuser) or _is_superuser(request))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        # Their work hangs on them: an account is made inactive, not deleted.
        return False


def _is_superuser(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_superuser", False))


class MembershipInline(ReadOnlyInline[Membership, Section]):
    """Who is in the class. Somebody is put in, or has their part ended, on the membership's own page."""

    model = Membership
    fields = ["user", "role", "joined_at", "ended_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return super().get_queryset(request).select_related("user")


@admin.register(Section)
class SectionAdmin(NamedLookupsAdmin[Section]):
    shelf = Shelf.CLASSES
    list_display = ["name", "time_zone", "students", "created_at", "archived_at"]
    list_filter = [("archived_at", admin.EmptyFieldListFilter)]
    search_fields = ["name", "memberships__user__username", "memberships__user__name"]
    date_hierarchy = "created_at"
    readonly_fields = ["created_at"]
    inlines = [MembershipInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Section]:
        now_in = Q(memberships__role="student", memberships__ended_at__isnull=True)
        return super().get_queryset(request).annotate(student_count=Count("memberships", filter=now_in, distinct=True))

    @admin.display(description=_("students"), ordering="student_count")
    def students(self, section: Any) -> int:
        count: int = section.student_count
        return count

    def has_delete_permission(self, request: HttpRequest, obj: Section | None = None) -> bool:
        # The students' work hangs on it: a class is archived, not deleted.
        return False


@admin.register(Membership)
class MembershipAdmin(NamedLookupsAdmin[Membership]):
    shelf = Shelf.CLASSES
    list_display = ["user", "section", "role", "joined_at", "ended_at"]
    list_filter = ["role", ("ended_at", admin.EmptyFieldListFilter), "section"]
    list_select_related = ["user", "section"]
    search_fields = ["user__username", "user__name", "section__name"]
    date_hierarchy = "joined_at"
    autocomplete_fields = ["user", "section"]
    fields = ["user", "section", "role", "joined_at", "ended_at"]

    def get_readonly_fields(self, request: HttpRequest, obj: Membership | None = None) -> list[str]:
        return ["user", "section"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        # Ending it keeps who was in the class when.
        return False


@admin.register(Group)
class GroupAdmin(ReadOnlyAdmin[Group]):
    shelf = Shelf.CLASSES
    note = _("For looking at: teachers make, fill and remove groups on the class's own page.")
    list_display = ["name", "section", "created_at"]
    list_filter = ["section"]
    list_select_related = ["section"]
    search_fields = ["name", "section__name"]
    date_hierarchy = "created_at"
    exclude = ["members"]


@admin.register(JoinCode)
class JoinCodeAdmin(NamedLookupsAdmin[JoinCode]):
    """A new code takes the place of the class's old one, as on the teacher's page."""

    shelf = Shelf.CLASSES
    list_display = ["code", "section", "created_at", "expires_at", "revoked_at"]
    list_filter = [("revoked_at", admin.EmptyFieldListFilter), "section"]
    list_select_related = ["section"]
    search_fields = ["code", "section__name"]
    date_hierarchy = "created_at"
    autocomplete_fields = ["section"]

    def get_fields(self, request: HttpRequest, obj: JoinCode | None = None) -> list[Any]:
        return ["section", "code", "created_at", "expires_at", "revoked_at"] if obj else ["section"]

    def get_readonly_fields(self, request: HttpRequest, obj: JoinCode | None = None) -> list[str]:
        return ["section", "code", "created_at"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: JoinCode | None = None) -> bool:
        return False

    def save_model(self, request: SignedInRequest, obj: JoinCode, form: Any, change: bool) -> None:  # type: ignore[override]  # whoever is here has signed in
        if change:
            super().save_model(request, obj, form, change)
            return
        obj.pk = actions.renew_join_code(section=obj.section, by=request.user, at=clock.now()).pk
        obj.refresh_from_db()


@admin.register(Invitation)
class InvitationAdmin(NamedLookupsAdmin[Invitation]):
    """Made here, and handed over as a link or by mail; afterwards only withdrawn."""

    list_display = ["name", "email", "created_by", "created_at", "expires_at", "accepted_at", "revoked_at"]
    list_filter = [("accepted_at", admin.EmptyFieldListFilter), ("revoked_at", admin.EmptyFieldListFilter)]
    list_select_related = ["created_by"]
    search_fields = ["name", "email", "accepted_by__username"]
    date_hierarchy = "created_at"
    actions = ["withdraw"]

    def get_fields(self, request: HttpRequest, obj: Invitation | None = None) -> list[Any]:
        after = ["created_by", "created_at", "expires_at", "accepted_by", "accepted_at", "revoked_at"]
        return ["name", "email", *(after if obj else [])]

    def has_change_permission(self, request: HttpRequest, obj: Invitation | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Invitation | None = None) -> bool:
        return False

    def save_model(self, request: SignedInRequest, obj: Invitation, form: Any, change: bool) -> None:  # type: ignore[override]  # whoever is here has signed in
        made = actions.invite_teacher(name=obj.name, email=obj.email, by=request.user, at=clock.now())
        mail.send_invitation(made, _site(request))
        obj.pk = made.pk
        obj.refresh_from_db()

    def response_add(self, request: HttpRequest, obj: Invitation, post_url_continue: str | None = None) -> HttpResponse:
        """To the invitation's own page, where its link can be copied."""
        if obj.email:
            messages.success(request, _("The invitation is made, and on its way by e-mail. Its link is below."))
        else:
            messages.success(request, _("The invitation is made. Copy its link below and hand it over."))
        return redirect("admin:classroom_invitation_change", obj.pk)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The invitation with its link, for those who may invite: nobody else may open an account with it."""
        context = dict(extra_context or {})
        if self.has_add_permission(request) and object_id.isdecimal():
            invitation = Invitation.objects.open(clock.now()).filter(pk=int(object_id)).first()
            context["invitation_link"] = mail.invitation_link(invitation, _site(request)) if invitation else ""
        return super().change_view(request, object_id, form_url, context)

    @admin.action(description=_("Withdraw the chosen invitations"), permissions=["add"])
    def withdraw(self, request: HttpRequest, chosen: QuerySet[Invitation]) -> None:
        at = clock.now()
        count = Invitation.objects.open(at).filter(pk__in=chosen.values("pk")).update(revoked_at=at)
        messages.success(request, _("Withdrawn: %(count)d") % {"count": count})


def _site(request: HttpRequest) -> str:
    """The address that this request came to, which ALLOWED_HOSTS has checked."""
    return f"{request.scheme}://{request.get_host()}"


@admin.register(RateBucket)
class RateBucketAdmin(ReadOnlyAdmin[RateBucket]):
    shelf = Shelf.SITE
    note = KEPT_AS_IT_WAS
    list_display = ["key", "tokens", "updated_at"]
    search_fields = ["key"]
    date_hierarchy = "updated_at"
