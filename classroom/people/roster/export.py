"""A class's roster written out; an import of it changes nothing."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _

from classroom.common.tables import Row, csv_response
from classroom.people.models import Section, User


def roster_response(section: Section, students: Sequence[User]) -> HttpResponse:
    """The students as a CSV download: name and user name, with the headings that an import knows."""
    rows: list[Row] = [[student.name, student.username] for student in students]
    # The headings stay English: they are what the import looks for, on whichever site.
    return csv_response(_("%(name)s students") % {"name": section.name}, ["name", "username"], rows)
