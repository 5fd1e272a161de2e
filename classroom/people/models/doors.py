"""The ways in: join codes and invitations, and how often somebody may try them."""

import secrets
import uuid
from datetime import datetime

from django.core import signing
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classroom.people.models.sections import STAFF_ROLES, Role, Section
from classroom.people.models.users import User

# No 0/O, 1/I/L, and no vowels, so that a code neither misleads the eye nor spells a word.
JOIN_CODE_ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"
JOIN_CODE_LENGTH = 8


def new_join_code() -> str:
    return "".join(secrets.choice(JOIN_CODE_ALPHABET) for _place in range(JOIN_CODE_LENGTH))


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
