"""Who uses the site, in which classes, and as what."""

import secrets
import uuid
import zoneinfo
from datetime import datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# No 0/O, 1/I/L, and no vowels, so that a code neither misleads the eye nor spells a word.
JOIN_CODE_ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"
JOIN_CODE_LENGTH = 8


def validate_time_zone(name: str) -> None:
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("“%(name)s” is not a time zone."), params={"name": name}, code="time_zone")


def new_join_code() -> str:
    return "".join(secrets.choice(JOIN_CODE_ALPHABET) for _place in range(JOIN_CODE_LENGTH))


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: object) -> "User":
        """A person who can sign in; without a password only once somebody has set one."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: object) -> "User":
        return self.create_user(username, password, **{**fields, "is_staff": True, "is_superuser": True})


class User(AbstractBaseUser, PermissionsMixin):
    """A person: a student, a teacher or an admin. Nothing is asked of a student but a name and a password."""

    username = models.CharField(
        _("user name"),
        max_length=60,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("That user name is taken.")},
    )
    name = models.CharField(_("name"), max_length=120, help_text=_("As the teacher calls this person."))
    email = models.EmailField(_("e-mail"), blank=True)
    is_teacher = models.BooleanField(_("teacher"), default=False, help_text=_("May create classes and use the kits."))
    is_staff = models.BooleanField(_("admin"), default=False, help_text=_("May open the admin panel."))
    is_active = models.BooleanField(_("active"), default=True)
    is_demo = models.BooleanField(
        _("demo sign-in"), default=False, help_text=_("Its password is printed, so only the demo lets it in.")
    )
    is_stand_in = models.BooleanField(
        _("stand-in"), default=False, editable=False, help_text=_("Holds a class's figures of an erased student.")
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(Lower("username"), name="user_username_any_case"),
            models.UniqueConstraint(
                Lower("email"), condition=~models.Q(email=""), name="user_email_any_case_where_given"
            ),
        ]

    def __str__(self) -> str:
        return self.username

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class SectionQuerySet(models.QuerySet["Section"]):
    def current(self) -> "SectionQuerySet":
        return self.filter(archived_at__isnull=True)

    def visible_to(self, user: User, role: "Role | None" = None) -> "SectionQuerySet":
        """Classes that this person belongs to now, in the given role where one is given."""
        members = Membership.objects.current().filter(user=user)
        if role is not None:
            members = members.filter(role=role)
        return self.filter(pk__in=members.values("section"))


class Section(models.Model):
    """A class of students and those who teach it. "Class" on screen."""

    name = models.CharField(_("name"), max_length=120)
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        default="UTC",
        validators=[validate_time_zone],
        help_text=_("Due times are given and shown in it."),
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("class")
        verbose_name_plural = _("classes")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)


class Role(models.TextChoices):
    STUDENT = "student", _("student")
    ASSISTANT = "assistant", _("assistant")
    TEACHER = "teacher", _("teacher")


STAFF_ROLES = [(role.value, role.label) for role in (Role.TEACHER, Role.ASSISTANT)]


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> "MembershipQuerySet":
        return self.filter(ended_at__isnull=True, user__is_active=True)

    def students(self) -> "MembershipQuerySet":
        return self.current().filter(role=Role.STUDENT)


class Membership(models.Model):
    """One person's place in one class. Leaving ends it and keeps the row, since the work stays."""

    section = models.ForeignKey(Section, verbose_name=_("class"), on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, verbose_name=_("person"), on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now)
    ended_at = models.DateTimeField(_("left"), null=True, blank=True)
    is_safeguarding_contact = models.BooleanField(
        _("safeguarding contact"), default=False, help_text=_("Whom the class turns to when something worries them.")
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["section", "user"], name="membership_once_a_class"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role_known"),
            models.CheckConstraint(
                condition=models.Q(is_safeguarding_contact=False) | ~models.Q(role=Role.STUDENT),
                name="membership_safeguarding_is_staff",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.section_id} as {self.role}"


class Group(models.Model):
    """Some students of a class under a name: for work of their own, or times of their own."""

    section = models.ForeignKey(Section, verbose_name=_("class"), on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(_("name"), max_length=80)
    # Places in the class and not people: whoever leaves the class is out of its groups at once.
    members = models.ManyToManyField(Membership, verbose_name=_("members"), blank=True, related_name="section_groups")
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["section", "name", "pk"]
        constraints = [models.UniqueConstraint("section", Lower("name"), name="group_name_once_a_class")]

    def __str__(self) -> str:
        return self.name


class JoinCodeQuerySet(models.QuerySet["JoinCode"]):
    def valid(self, at: datetime) -> "JoinCodeQuerySet":
        return self.filter(revoked_at__isnull=True, expires_at__gt=at, section__archived_at__isnull=True)


class JoinCode(models.Model):
    """A code that lets a student into a class without an e-mail address."""

    section = models.ForeignKey(Section, verbose_name=_("class"), on_delete=models.CASCADE, related_name="join_codes")
    code = models.CharField(_("code"), max_length=16, unique=True, default=new_join_code)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = JoinCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("join code")
        verbose_name_plural = _("join codes")
        constraints = [
            models.UniqueConstraint(
                fields=["section"], condition=models.Q(revoked_at__isnull=True), name="join_code_one_in_use"
            ),
        ]

    def __str__(self) -> str:
        return f"join code {self.pk}"

    @property
    def spaced(self) -> str:
        """The code as people read it aloud: in two halves."""
        half = len(self.code) // 2
        return f"{self.code[:half]}-{self.code[half:]}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, at: datetime) -> "InvitationQuerySet":
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=at)


class Invitation(models.Model):
    """An invitation to teach: an admin's to the site, or a teacher's to one class, as its teacher or assistant.

    The link is signed and not stored, so that a copy of the database opens no account, and can be shown again for
    copying by hand.
    """

    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"), blank=True, help_text=_("Leave empty to hand over the link yourself."))
    section = models.ForeignKey(
        Section, verbose_name=_("class"), null=True, blank=True, on_delete=models.CASCADE, related_name="invitations"
    )
    role = models.CharField(_("role"), max_length=20, choices=STAFF_ROLES, default=Role.TEACHER)
    nonce = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    created_by = models.ForeignKey(
        User, verbose_name=_("invited by"), null=True, on_delete=models.SET_NULL, related_name="invitations_made"
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires"))
    accepted_by = models.OneToOneField(
        User,
        verbose_name=_("accepted by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="invitation",
    )
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()
    SALT = "classroom.people.invitation"

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=[value for value, _label in STAFF_ROLES]), name="invitation_role_of_staff"
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @property
    def token(self) -> str:
        return signing.dumps(self.nonce.hex, salt=self.SALT)


class RateBucket(models.Model):
    """A token bucket: so many tries, refilled with time. See ``limits``."""

    key = models.CharField(_("key"), max_length=120, unique=True)
    tokens = models.FloatField(_("tokens"))
    updated_at = models.DateTimeField(_("updated"))

    class Meta:
        verbose_name = _("rate limit")
        verbose_name_plural = _("rate limits")

    def __str__(self) -> str:
        return self.key
