"""What setting and doing work keeps about people."""

from django.utils.translation import gettext_lazy as _

from classroom.assignments.models import Assignment, StepAnswer, Visit
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

_ASSIGNMENT = "id section kind item_key title lesson parent position opens_at due_at closes_at created_at withdrawn_at"

TABLES = [
    Table(
        StepAnswer,
        _("What was written in the steps of a lesson"),
        {
            **nothing("id", "revision"),
            "assignment": Field(Kind.EDUCATION, "In which work.", shown="assignment__title"),
            "step": Field(Kind.EDUCATION, "In which step.", shown="step__title"),
            "student": Field(Kind.IDENTITY, "Who wrote it."),
            "text": Field(Kind.EXPRESSION, "What they wrote, for the teacher to read."),
            "saved_at": Field(Kind.EDUCATION, "When they saved it."),
        },
        readers=SELF_AND_TEACHING,
        keep=Keep.CLASS,
        erase=Erase.DELETE,
        whose="student",
        in_class="assignment__section",
    ),
    Table(
        Visit,
        _("What was opened and marked as done"),
        {
            **nothing("id"),
            "assignment": Field(Kind.EDUCATION, "Which work.", shown="assignment__title"),
            "student": Field(Kind.IDENTITY, "Who opened it."),
            "first_at": Field(Kind.EDUCATION, "When first: so that the teacher sees who has not begun."),
            "last_at": Field(Kind.EDUCATION, "When last."),
            "done_at": Field(Kind.EDUCATION, "When the student marked it as done."),
        },
        readers=SELF_AND_TEACHING,
        keep=Keep.VISITS,
        erase=Erase.DELETE,
        whose="student",
        in_class="assignment__section",
    ),
    Table(
        Assignment,
        _("What a class is set"),
        {
            **nothing(*_ASSIGNMENT.split(), purpose="What the class must do, and when."),
            "created_by": by_staff("Which teacher set it."),
        },
        readers=TEACHING,
    ),
]
