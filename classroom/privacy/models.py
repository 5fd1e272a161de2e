"""What the law asks a school to be able to show: who allowed it, what is held, what went, and when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from classroom.people.models import Section, User


class LegalHoldQuerySet(models.QuerySet["LegalHold"]):
    def standing(self) -> "LegalHoldQuerySet":
        return self.filter(lifted_at__isnull=True)

    def over(self, person: User) -> "LegalHoldQuerySet":
        """Holds on this person, or on a class that they are or were in."""
        return self.standing().filter(Q(person=person) | Q(section__memberships__user=person)).distinct()


class LegalHold(models.Model):
    """Neither retention nor erasure touches what is held, until the hold is lifted."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="legal_holds",
    )
    section = models.ForeignKey(
        Section, verbose_name=_("class"), null=True, blank=True, on_delete=models.CASCADE, related_name="legal_holds"
    )
    reason = models.CharField(_("reason"), max_length=300)
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("placed by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="legal_holds_placed",
    )
    placed_at = models.DateTimeField(_("placed"))
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("lifted by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="legal_holds_lifted",
    )
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)

    objects = LegalHoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal hold")
        verbose_name_plural = _("legal holds")
        ordering = ["-placed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, section__isnull=True) | Q(person__isnull=True, section__isnull=False),
                name="legal_hold_on_a_person_or_a_class",
            )
        ]

    def __str__(self) -> str:
        return f"legal hold {self.pk}"


class RetentionRun(models.Model):
    """One run of the retention rules: how many rows of what, and no names."""

    at = models.DateTimeField(_("at"))
    dry_run = models.BooleanField(_("dry run"), default=False)
    is_whole = models.BooleanField(_("to the end"), default=True)
    counts = models.JSONField(_("rows by table"), default=dict)
    people_held = models.PositiveIntegerField(_("people under legal hold"), default=0)
    classes_held = models.PositiveIntegerField(_("classes under legal hold"), default=0)

    class Meta:
        verbose_name = _("run of retention")
        verbose_name_plural = _("runs of retention")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"retention of {self.at:%Y-%m-%d}"


class AuthorisationQuerySet(models.QuerySet["Authorisation"]):
    def standing(self) -> "AuthorisationQuerySet":
        return self.filter(withdrawn_at__isnull=True)


class Authorisation(models.Model):
    """Who allowed that the kit is used with a class, and on what basis, as the teacher has it in writing."""

    class Basis(models.TextChoices):
        SCHOOL = "school", _("the school's own authority, for teaching")
        PARENTS = "parents", _("consent of the parents or guardians")
        STUDENTS = "students", _("consent of the students, who are old enough to give it")
        LAW = "law", _("a law or a decision of the school authority")
        OTHER = "other", _("something else, as the note says")

    section = models.ForeignKey(
        Section, verbose_name=_("class"), on_delete=models.CASCADE, related_name="authorisations"
    )
    given_by = models.CharField(
        _("who authorised it"), max_length=200, help_text=_("The person's office, such as: the head teacher.")
    )
    basis = models.CharField(_("on what basis"), max_length=20, choices=Basis.choices)
    note = models.CharField(
        _("note"), max_length=300, blank=True, help_text=_("Where the paper is kept, for instance. No student's name.")
    )
    given_on = models.DateField(_("on which day"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recorded by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="authorisations_recorded",
    )
    recorded_at = models.DateTimeField(_("recorded"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = AuthorisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("authorisation")
        verbose_name_plural = _("authorisations")
        ordering = ["-given_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(basis__in=["school", "parents", "students", "law", "other"]),
                name="authorisation_basis_known",
            )
        ]

    def __str__(self) -> str:
        return f"authorisation {self.pk}"


class ErasureRequestQuerySet(models.QuerySet["ErasureRequest"]):
    def waiting(self) -> "ErasureRequestQuerySet":
        return self.filter(state=ErasureRequest.State.WAITING)


class ErasureRequest(models.Model):
    """That a student's data should go: asked for by a teacher, decided by an admin. Afterwards, the proof that it went.

    Once it is carried out, nothing in the row tells who it was.
    """

    class Ground(models.TextChoices):
        PARENTS = "parents", _("the parents or guardians ask for it")
        STUDENT = "student", _("the student asks for it")
        LEFT = "left", _("the student has left the school")
        MISTAKE = "mistake", _("the account was made by mistake")
        OTHER = "other", _("another reason")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for an admin")
        REFUSED = "refused", _("refused")
        DONE = "done", _("carried out")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="erasure_requests",
    )
    ground = models.CharField(_("why"), max_length=20, choices=Ground.choices)
    note = models.CharField(_("note"), max_length=300, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="erasures_asked",
    )
    asked_at = models.DateTimeField(_("asked"))
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.WAITING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="erasures_decided",
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    answer = models.CharField(_("why it was refused"), max_length=300, blank=True)
    counts = models.JSONField(_("rows by table"), default=dict, blank=True)

    objects = ErasureRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state="waiting"), name="erasure_asked_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at__isnull=True)
                | Q(state__in=["refused", "done"], decided_at__isnull=False),
                name="erasure_decided_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(person__isnull=True, note=""), name="erasure_done_names_nobody"
            ),
        ]

    def __str__(self) -> str:
        return f"erasure {self.pk}"


class Tombstone(models.Model):
    """By which an erased account is known again, should a backup bring it back; it tells no name and no number."""

    salt = models.CharField(_("salt"), max_length=32)
    digest = models.CharField(_("digest"), max_length=64, unique=True)
    erased_at = models.DateTimeField(_("erased"))

    class Meta:
        verbose_name = _("tombstone")
        verbose_name_plural = _("tombstones")
        ordering = ["-erased_at", "-pk"]

    def __str__(self) -> str:
        return f"tombstone {self.pk}"
