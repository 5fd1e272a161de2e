"""Who has more of what throughout a class."""

from classroom.assignments.models import Accommodation
from classroom.people.models import Section, User


def accommodation_of(section: Section, student: User) -> Accommodation | None:
    """What this student has more of in all work of the class; None where nothing is set."""
    return Accommodation.objects.filter(section=section, student=student).first()
