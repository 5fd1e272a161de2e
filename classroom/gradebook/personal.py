"""What the ledger of scores keeps about people.

A class's averages must stand when a student is erased. So scores stay, under the class's nameless stand-in for that
student; whatever was written about them goes.
"""

from itertools import groupby

from django.utils.translation import gettext_lazy as _

from classroom.assignments.keeping import keep_terms
from classroom.assignments.models import Assignment
from classroom.common.data_inventory import (
    SELF_AND_TEACHING,
    Erase,
    Erasing,
    Field,
    Keep,
    Kind,
    Table,
    by_staff,
    impersonal,
    nothing,
)
from classroom.gradebook.models import Category, ColumnSettings, GradingPolicy, Score, ScoreEvent
from classroom.people.models import User

_COLUMN = "id assignment category out_of counts extra_credit hidden has_own_late_rule"


def keep_what_counts(erasing: Erasing) -> int:
    """Let the scores that stay count as they did: under the due times of the person, and as set to them.

    What is made for that is none of the person's rows, so it is not counted.
    """
    scores = Score.objects.filter(student=erasing.person)
    if erasing.sections is not None:
        scores = scores.filter(assignment__section__in=erasing.sections)
    person = User.objects.get(pk=erasing.person)
    scored = Assignment.objects.filter(pk__in=scores.values("assignment")).order_by("section", "pk")
    for section_id, assignments in groupby(scored, key=lambda each: each.section_id):
        keep_terms(assignments, of=person, stand_in=erasing.holder(section_id), at=erasing.at)
    return 0


TABLES = [
    Table(
        ScoreEvent,
        _("How scores came about"),
        {
            **nothing("id", "source"),
            "assignment": Field(Kind.EDUCATION, "For which work.", shown="assignment__title"),
            "student": Field(Kind.IDENTITY, "Whose work was scored."),
            "kind": Field(Kind.EDUCATION, "Graded, regraded, set by hand, or written to."),
            "points": Field(Kind.EDUCATION, "What it earned."),
            "out_of": Field(Kind.EDUCATION, "Of how many points."),
            "feedback": Field(Kind.EXPRESSION, "What the teacher wrote to the student.", erase=Erase.CLEAR),
            "done_at": Field(Kind.EDUCATION, "When it was handed in, for the rule on late work."),
            "by": by_staff("Who decided it; empty where no person did."),
            "reason": Field(Kind.EXPRESSION, "Why, in the teacher's words.", erase=Erase.CLEAR),
            "at": Field(Kind.EDUCATION, "When."),
        },
        readers=SELF_AND_TEACHING,
        keep=Keep.CLASS,
        erase=Erase.ANONYMISE,
        whose="student",
        in_class="assignment__section",
        score_of="assignment",
    ),
    Table(
        Score,
        _("Scores"),
        {
            **nothing("id", "revision"),
            "assignment": Field(Kind.EDUCATION, "For which work.", shown="assignment__title"),
            "student": Field(Kind.IDENTITY, "Whose score it is."),
            "points": Field(Kind.EDUCATION, "The score."),
            "out_of": Field(Kind.EDUCATION, "Of how many points."),
            "earned_points": Field(Kind.EDUCATION, "What was graded, where a score was set by hand in its place."),
            "earned_out_of": Field(Kind.EDUCATION, "Of how many points."),
            "by_hand": Field(Kind.EDUCATION, "Whether the teacher set it."),
            "feedback": Field(Kind.EXPRESSION, "What the teacher wrote to the student.", erase=Erase.CLEAR),
            "done_at": Field(Kind.EDUCATION, "When the work was handed in, for the rule on late work."),
            "updated_at": Field(Kind.EDUCATION, "When it last changed."),
        },
        readers=SELF_AND_TEACHING,
        keep=Keep.CLASS,
        erase=Erase.ANONYMISE,
        whose="student",
        in_class="assignment__section",
        score_of="assignment",
        by_hand=keep_what_counts,
    ),
    impersonal(
        GradingPolicy, _("How a class is graded"), "id", "section", "scale", "letters", "late_percent", "late_floor"
    ),
    impersonal(Category, _("Categories of work"), "id", "section", "name", "weight", "drop_lowest"),
    impersonal(ColumnSettings, _("How each assignment is graded"), *_COLUMN.split()),
]
