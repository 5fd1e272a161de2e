"""A class's roster written out; an import of it changes nothing."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _

from classroom.common.tables import Row, csv_response
from classroom.people.models import Membership, Section, User
from classroom.people.roster.grouping import joined, names_by_place


def roster_response(section: Section, students: Sequence[User]) -> HttpResponse:
    """The students as a CSV download: name, user name and groups, with the headings that an import knows."""
    groups = names_by_place(section)
    places = dict(Membership.objects.students().filter(section=section).values_list("user_id", "pk"))
    rows: list[Row] = [
        [student.name, student.username, joined(groups.get(places.get(student.pk, 0), ()))] for student in students
    ]
    # The headings stay English: they are what the import looks for, on whichever site.
    return csv_response(_("%(name)s students") % {"name": section.name}, ["name", "username", "group"], rows)
