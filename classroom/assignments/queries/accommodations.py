"""Who has more of what throughout a class."""

from collections.abc import Iterable

from classroom.assignments.models import Accommodation
from classroom.people.models import Section, User


def accommodation_of(section: Section, student: User) -> Accommodation | None:
    """What this student has more of in all work of the class; None where nothing is set."""
    return Accommodation.objects.filter(section=section, student=student).first()


def own_accommodations(student: User, sections: Iterable[Section]) -> list[Accommodation]:
    """What this student has more of in these classes, with the class; in one query."""
    wanted = {section.pk: section for section in sections}
    found = list(Accommodation.objects.filter(student=student, section__in=wanted).order_by("section__name", "pk"))
    for each in found:
        each.section = wanted[each.section_id]
    return found
