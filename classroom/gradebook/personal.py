"""What the ledger of scores keeps about people.

A class's averages must stand when a student is erased. So scores stay, under the class's nameless stand-in for that
student; whatever was written about them goes.
"""

from django.utils.translation import gettext_lazy as _

from classroom.common.data_inventory import SELF_AND_TEACHING, Erase, Field, Keep, Kind, Table, by_staff, nothing
from classroom.gradebook.models import Score, ScoreEvent

TABLES = [
    Table(
        ScoreEvent,
        _("How scores came about"),
        {
            **nothing("id", "source"),
            "assignment": Field(Kind.EDUCATION, "For which work.", shown="assignment__title"),
            "student": Field(Kind.IDENTITY, "Whose work was scored."),
            "kind": Field(Kind.EDUCATION, "Graded, regraded or overridden."),
            "points": Field(Kind.EDUCATION, "What it earned."),
            "out_of": Field(Kind.EDUCATION, "Of how many points."),
            "by": by_staff("Who decided it; empty where no person did."),
            "reason": Field(Kind.EXPRESSION, "Why, in the teacher's words.", erase=Erase.CLEAR),
            "at": Field(Kind.EDUCATION, "When."),
        },
        readers=SELF_AND_TEACHING,
        keep=Keep.CLASS,
        erase=Erase.ANONYMISE,
        whose="student",
        in_class="assignment__section",
    ),
    Table(
        Score,
        _("Scores"),
        {
            **nothing("id"),
            "assignment": Field(Kind.EDUCATION, "For which work.", shown="assignment__title"),
            "student": Field(Kind.IDENTITY, "Whose score it is."),
            "points": Field(Kind.EDUCATION, "The score."),
            "out_of": Field(Kind.EDUCATION, "Of how many points."),
            "updated_at": Field(Kind.EDUCATION, "When it last changed."),
        },
        readers=SELF_AND_TEACHING,
        keep=Keep.CLASS,
        erase=Erase.ANONYMISE,
        whose="student",
        in_class="assignment__section",
    ),
]
