"""What grading by a rubric keeps about people."""

from django.utils.translation import gettext_lazy as _

from classroom.common.data_inventory import (
    SELF_AND_TEACHING,
    TEACHING,
    Erase,
    Field,
    Keep,
    Kind,
    Table,
    by_staff,
    impersonal,
    nothing,
)
from classroom.discussions.seals import under_seal
from classroom.rubrics.models import Assessment, Comment, Rubric, RubricVersion
from classroom.rubrics.wording import lines_given


def levels_in_words(assessment: Assessment) -> list[str]:
    """What was chosen, as the student reads it."""
    lines = lines_given(assessment.version.lines, assessment.levels)
    return [f"{each.title}: {each.amount} {each.text}" for each in lines]


TABLES = [
    Table(
        Assessment,
        _("Gradings by rubrics"),
        {
            **nothing("id", "number"),
            "thread": Field(Kind.EDUCATION, "In which discussion.", shown="thread__assignment__title"),
            "student": Field(Kind.IDENTITY, "Whose posts were graded."),
            "version": Field(Kind.EDUCATION, "What the rubric gave.", shown="version__number"),
            "cause": Field(Kind.EDUCATION, "Whether somebody read the posts, or the rubric was changed."),
            "levels": Field(Kind.EDUCATION, "The level of each criterion.", shown=levels_in_words),
            "comments": Field(Kind.EXPRESSION, "Comments that the grader uses for several students."),
            "feedback": Field(Kind.EXPRESSION, "What the grader wrote to the student."),
            "points": Field(Kind.EDUCATION, "What it gives."),
            "out_of": Field(Kind.EDUCATION, "Of how many points."),
            "by": by_staff("Who graded."),
            "at": Field(Kind.EDUCATION, "When."),
        },
        readers=SELF_AND_TEACHING,
        keep=Keep.CLASS,
        erase=Erase.DELETE,
        whose="student",
        in_class="thread__assignment__section",
        sealed=under_seal("thread", "student"),
        score_of="thread__assignment",
    ),
    Table(
        Comment,
        _("Comments that graders use again"),
        {**nothing("id", "section", "text"), "created_by": by_staff("Who wrote it.")},
        readers=TEACHING,
    ),
    Table(
        RubricVersion,
        _("Versions of rubrics"),
        {**nothing("id", "rubric", "number", "criteria", "reason", "at"), "by": by_staff("Who changed it.")},
        readers=TEACHING,
    ),
    impersonal(Rubric, _("Rubrics of discussions"), "id", "assignment", "number", "entered_at"),
]
