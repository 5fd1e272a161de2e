"""What a student has more of than others throughout a class."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from classroom.assignments import activities
from classroom.assignments.actions.audience import hold_students
from classroom.assignments.models import Accommodation, Assignment
from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.people.models import Section, User


@transaction.atomic
def set_accommodation(
    *, section: Section, student: User, time_factor: Decimal, extra_attempts: int, by: User, at: datetime
) -> None:
    """Set what a student has more of in all work of the class; a factor of 1 and no attempt more take it back.

    Attempts that are under way are told at once, so that their next save finds the new deadline.
    """
    hold_students(section)
    if time_factor > 1 or extra_attempts:
        Accommodation.objects.update_or_create(
            section=section,
            student=student,
            defaults={
                "time_factor": time_factor,
                "extra_attempts": extra_attempts,
                "created_by": by,
                "created_at": at,
            },
        )
    else:
        Accommodation.objects.filter(section=section, student=student).delete()
    activities.tell_new_dates(list(Assignment.objects.current().filter(section=section)), at)
    audit.record(
        AuditEvent.Kind.ACCOMMODATION_SET,
        by=by,
        subject=section,
        at=at,
        detail={"student": student.pk, "time_factor": str(time_factor), "extra_attempts": extra_attempts},
    )
