"""What a student has more of than others in all work of a class, set once."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from classroom.people.models import Section


class Accommodation(models.Model):
    """A student's longer time limits and further attempts, throughout a class. Why is not asked."""

    section = models.ForeignKey(
        Section, verbose_name=_("class"), on_delete=models.CASCADE, related_name="accommodations"
    )
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("student"), on_delete=models.CASCADE, related_name="accommodations"
    )
    time_factor = models.DecimalField(_("time limits, times"), max_digits=4, decimal_places=2, default=Decimal(1))
    extra_attempts = models.PositiveSmallIntegerField(_("extra attempts"), default=0)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("given by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("given"), default=timezone.now)

    class Meta:
        verbose_name = _("accommodation")
        verbose_name_plural = _("accommodations")
        constraints = [
            models.UniqueConstraint(fields=["section", "student"], name="accommodation_once_a_student"),
            models.CheckConstraint(
                condition=models.Q(time_factor__gte=1, time_factor__lte=10), name="accommodation_up_to_ten_times"
            ),
            models.CheckConstraint(
                condition=models.Q(time_factor__gt=1) | models.Q(extra_attempts__gt=0),
                name="accommodation_gives_something",
            ),
        ]

    def __str__(self) -> str:
        return f"accommodation {self.pk} in {self.section_id}"

    @property
    def times(self) -> str:
        """The factor for people to read: "1.5"."""
        return number_format(self.time_factor.normalize())
