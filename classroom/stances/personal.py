"""What position lines keep about people. A mark is its student's alone; what a class was shown names nobody."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from classroom.common.data_inventory import NOBODY, Erase, Field, Keep, Kind, Reader, Table, impersonal, nothing
from classroom.stances.models import Line, Mark

TABLES = [
    Table(
        Mark,
        _("Places on position lines"),
        {
            **nothing("id"),
            "assignment": Field(Kind.EDUCATION, "In which discussion.", shown="assignment__title"),
            "student": Field(Kind.IDENTITY, "Whose place it is; no page tells anybody else.", NOBODY),
            "moment": Field(Kind.EDUCATION, "Before, after reading, or after the talk."),
            "place": Field(Kind.EXPRESSION, "Where they stand, from 1 to 5."),
            "moved_by_post": Field(
                Kind.EXPRESSION, "Which post they say moved them, by its number.", shown="moved_by_post_id"
            ),
            "moved_by_fact": Field(
                Kind.EXPRESSION, "Which fact they say moved them.", shown="moved_by_fact__statement"
            ),
            "moved_by_passage": Field(
                Kind.EXPRESSION, "Which passage of a source they say moved them.", shown="moved_by_passage_id"
            ),
        },
        readers=(Reader.PERSON,),
        keep=Keep.CLASS,
        erase=Erase.DELETE,
        whose="student",
        in_class="assignment__section",
        # All of them, whatever the thread's names: only their own student is ever shown them.
        sealed=Q(pk__isnull=False),
    ),
    impersonal(
        Line, _("Position lines, with the figures that a class was shown"), "id", "assignment", "moment", "figures"
    ),
]
