"""What marking keeps about people.

A marking stays when its student is erased, as the grading that it made does, without the words that were for them. What
a student wrote to question a key goes with them.
"""

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
    nothing,
)
from quizzes.marking.models import Appeal, FactReview, HandGrade, MarkingComment, Regrade, RegradeNotice

TABLES = [
    Table(
        FactReview,
        _("Facts under review"),
        {
            **nothing("id", "fact", "version", "passage", "opened_at", "closed_at", "outcome"),
            "opened_by": by_staff("Which teacher asked for it."),
            "closed_by": by_staff("Who reviewed it."),
        },
        readers=TEACHING,
    ),
    Table(
        Appeal,
        _("Right answers that students questioned"),
        {
            **nothing("id"),
            "response": Field(Kind.EDUCATION, "About which answer.", shown="response__version__stem"),
            "passage": Field(Kind.EDUCATION, "To which passage the student points.", shown=str),
            "text": Field(Kind.EXPRESSION, "Why the student thinks so."),
            "state": Field(Kind.EDUCATION, "What was decided."),
            "made_at": Field(Kind.EDUCATION, "When it was sent."),
            "decided_by": by_staff("Who decided."),
            "decided_at": Field(Kind.EDUCATION, "When it was decided."),
            "decision": Field(Kind.EDUCATION, "The teacher's reason."),
            "seen_at": Field(Kind.EDUCATION, "When the student saw the decision."),
        },
        readers=SELF_AND_TEACHING,
        keep=Keep.CLASS,
        erase=Erase.DELETE,
        whose="response__attempt__student",
        in_class="response__attempt__quiz_assignment__assignment__section",
    ),
    Table(
        Regrade,
        _("Questions that were graded again"),
        {
            **nothing("id", "quiz_assignment", "version", "number", "policy", "corrected", "reason", "changed", "at"),
            "by": by_staff("Who decided it."),
        },
        readers=TEACHING,
    ),
    Table(
        RegradeNotice,
        _("Attempts that were graded again"),
        {
            **nothing("id"),
            "regrade": Field(Kind.EDUCATION, "By which decision.", shown="regrade__policy"),
            "attempt": Field(Kind.EDUCATION, "Which attempt.", shown="attempt__number"),
            "seen_at": Field(Kind.EDUCATION, "When the student looked why."),
        },
        readers=SELF_AND_TEACHING,
        keep=Keep.CLASS,
        erase=Erase.DELETE,
        whose="attempt__student",
        in_class="attempt__quiz_assignment__assignment__section",
        marks_of="attempt__quiz_assignment__assignment",
    ),
    Table(
        HandGrade,
        _("Answers that a person marked"),
        {
            **nothing("id", "number", "cause"),
            "response": Field(Kind.EDUCATION, "Which answer.", shown="response__version__stem"),
            "levels": Field(Kind.EDUCATION, "What each line of the rubric gave."),
            "comments": Field(Kind.EDUCATION, "Which comments it bears, with their points."),
            "feedback": Field(Kind.EXPRESSION, "What the marker wrote to the student.", erase=Erase.CLEAR),
            "points": Field(Kind.EDUCATION, "What it gave."),
            "out_of": Field(Kind.EDUCATION, "Of how many points."),
            "by": by_staff("Who marked it."),
            "at": Field(Kind.EDUCATION, "When."),
        },
        readers=SELF_AND_TEACHING,
        keep=Keep.CLASS,
        erase=Erase.ANONYMISE,
        whose="response__attempt__student",
        in_class="response__attempt__quiz_assignment__assignment__section",
        marks_of="response__attempt__quiz_assignment__assignment",
    ),
    Table(
        MarkingComment,
        _("Comments to use again in marking"),
        {
            **nothing("id", "quiz_assignment", "version", "text", "points", "revision", "created_at"),
            "created_by": by_staff("Who wrote it."),
        },
        readers=TEACHING,
    ),
]
