"""What a class must do, and by when."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classroom.assignments.dates import Dates
from classroom.assignments.models.exceptions import AssignmentOverride, AssignmentTarget
from classroom.lessons.models import Lesson
from classroom.people.models import Section, User
from classroom.people.permissions import Permission, where_may


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def current(self) -> "AssignmentQuerySet":
        return self.filter(withdrawn_at__isnull=True)

    def withdrawn(self) -> "AssignmentQuerySet":
        return self.filter(withdrawn_at__isnull=False)

    def open_to(self, student: User, at: datetime) -> "AssignmentQuerySet":
        """What has opened for this student: for its whole audience, or earlier for them (see ``dates``)."""
        earlier = AssignmentOverride.objects.of_student(student).filter(opens_at__lte=at)
        opened = Q(opens_at__lte=at) | Exists(earlier.filter(assignment=OuterRef("pk")))
        with_its_lesson = Exists(earlier.filter(assignment=OuterRef("parent")))
        return self.current().set_to(student).filter(opened | with_its_lesson, section__archived_at__isnull=True)

    def set_to(self, student: User) -> "AssignmentQuerySet":
        """What is set to the whole class, to this student, or to a group that they are in."""
        return self.filter(_is_set_to(student))

    def visible_to(self, user: User, permission: Permission) -> "AssignmentQuerySet":
        """As ``visible_where``."""
        return self.filter(visible_where(user, permission))


def visible_where(user: User, permission: Permission, assignment: str = "", for_students: Q | None = None) -> Q:
    """That this path leads to an assignment that stands, of a class in which the person has the permission now; to a
    student, one that is set to them. To be asked in one ``filter``; higher rooms ask it of what hangs on assignments.

    ``for_students`` is what else has to hold where they are a student.
    """
    own = _is_set_to(user, assignment)
    own = own if for_students is None else own & for_students
    may = where_may(user, permission, f"{assignment}section", for_students=own)
    return Q(**{f"{assignment}withdrawn_at": None}) & may


def _is_set_to(student: User, assignment: str = "") -> Q:
    targets = AssignmentTarget.objects.of_student(student).filter(assignment=OuterRef(f"{assignment}pk"))
    return Q(**{f"{assignment}for_everybody": True}) | Q(Exists(targets))


class Assignment(models.Model):
    """Something that a class is asked to do. What it is, its kind tells; see ``activities``."""

    section = models.ForeignKey(Section, verbose_name=_("class"), on_delete=models.CASCADE, related_name="assignments")
    # A key of the activity registry, so that higher rooms add kinds without this one knowing them.
    kind = models.CharField(_("kind"), max_length=20)
    # Of the lesson, quiz or prompt, as the kit or its owner names it: a lesson's steps find their parts by it.
    item_key = models.CharField(_("item"), max_length=80)
    title = models.CharField(_("title"), max_length=200)
    lesson = models.ForeignKey(
        Lesson, verbose_name=_("lesson"), null=True, blank=True, on_delete=models.PROTECT, related_name="assignments"
    )
    # Parts of one lesson, assigned together, hang below it.
    parent = models.ForeignKey(
        "self", verbose_name=_("part of"), null=True, blank=True, on_delete=models.CASCADE, related_name="parts"
    )
    position = models.PositiveIntegerField(_("position"), default=0)
    # Said by itself and not by the lack of targets: a group that goes must not leave its work to the whole class.
    for_everybody = models.BooleanField(_("for the whole class"), default=True)
    opens_at = models.DateTimeField(_("opens"), default=timezone.now)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    # Of what has two due times, such as a post of one's own and then replies: when the first part is.
    first_due_at = models.DateTimeField(_("first part due"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assigned by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="assignments_made",
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    # The form that set it carried this key, so that a second press of the button sets nothing.
    key = models.UUIDField(_("idempotency key"), null=True, unique=True, editable=False)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["section", "position", "pk"]
        indexes = [models.Index(fields=["section", "withdrawn_at", "opens_at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="lesson", lesson__isnull=False) | ~models.Q(kind="lesson"),
                name="assignment_of_a_lesson_names_it",
            ),
            models.CheckConstraint(
                condition=models.Q(due_at__isnull=True) | models.Q(due_at__gte=models.F("opens_at")),
                name="assignment_due_after_it_opens",
            ),
            models.CheckConstraint(
                condition=models.Q(closes_at__isnull=True) | models.Q(closes_at__gt=models.F("opens_at")),
                name="assignment_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def dates(self) -> Dates:
        """For all of its audience who have no others; a student's own are asked of ``terms``."""
        return Dates(self.opens_at, self.due_at, self.closes_at, first_due_at=self.first_due_at)

    def is_open(self, at: datetime) -> bool:
        """Whether it is open to those without dates of their own."""
        return self.dates.is_open(at)
