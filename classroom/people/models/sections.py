"""Classes, and who is in which, as what."""

import zoneinfo

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classroom.people.models.users import User


def validate_time_zone(name: str) -> None:
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("“%(name)s” is not a time zone."), params={"name": name}, code="time_zone")


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
    assistants_grade = models.BooleanField(
        _("assistants may mark answers"),
        default=False,
        help_text=_("Answers that a person has to read. The gradebook stays with teachers."),
    )

    is_sample = models.BooleanField(
        _("sample class"), default=False, editable=False, help_text=_("To try things with, and to throw away.")
    )

    # The form that made it carried this key, so that a second press of the button makes nothing.
    key = models.UUIDField(_("idempotency key"), null=True, unique=True, editable=False)

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
        return self.filter(is_student_now())


def is_student_now(place: str = "") -> models.Q:
    """That this path leads to the place of somebody who is a student of the class now."""
    return models.Q(**{f"{place}ended_at__isnull": True, f"{place}user__is_active": True, f"{place}role": Role.STUDENT})


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
    # Groups that were drawn together share it: who joins the class later goes into the smallest of them.
    draw = models.UUIDField(_("draw"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["section", "name", "pk"]
        constraints = [models.UniqueConstraint("section", Lower("name"), name="group_name_once_a_class")]

    def __str__(self) -> str:
        return self.name
