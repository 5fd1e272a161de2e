"""What setting and doing work keeps about people."""

from django.utils.translation import gettext_lazy as _

from classroom.assignments.models import (
    Assignment,
    AssignmentOverride,
    AssignmentTarget,
    CalendarFeed,
    Excuse,
    StepAnswer,
    Visit,
)
from classroom.common.data_inventory import (
    NOBODY,
    SELF,
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

_ASSIGNMENT = (
    "id section kind item_key title lesson parent position opens_at due_at closes_at created_at withdrawn_at "
    "for_everybody"
)

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
        AssignmentTarget,
        _("For whom work is set, where it is not for the whole class"),
        {
            **nothing("id", "group"),
            "assignment": Field(Kind.EDUCATION, "Which work.", shown="assignment__title"),
            "student": Field(Kind.IDENTITY, "For whom."),
        },
        readers=SELF_AND_TEACHING,
        keep=Keep.CLASS,
        erase=Erase.DELETE,
        whose="student",
        in_class="assignment__section",
    ),
    Table(
        AssignmentOverride,
        _("Times of their own"),
        {
            **nothing("id", "group"),
            "assignment": Field(Kind.EDUCATION, "For which work.", shown="assignment__title"),
            "student": Field(Kind.IDENTITY, "For whom."),
            "opens_at": Field(Kind.EDUCATION, "When it opens for them."),
            "due_at": Field(Kind.EDUCATION, "When it is due for them."),
            "no_due": Field(Kind.EDUCATION, "Whether it is never due for them."),
            "closes_at": Field(Kind.EDUCATION, "When it closes for them."),
            "never_closes": Field(Kind.EDUCATION, "Whether it never closes for them."),
            "extra_minutes": Field(Kind.EDUCATION, "How much more time they have; why is not asked."),
            "extra_attempts": Field(Kind.EDUCATION, "How many more attempts they have."),
            "created_by": by_staff("Which teacher gave it."),
            "created_at": Field(Kind.EDUCATION, "When."),
        },
        readers=SELF_AND_TEACHING,
        keep=Keep.CLASS,
        erase=Erase.DELETE,
        whose="student",
        in_class="assignment__section",
    ),
    Table(
        Excuse,
        _("Who need not do which work"),
        {
            **nothing("id"),
            "assignment": Field(Kind.EDUCATION, "Which work.", shown="assignment__title"),
            "student": Field(Kind.IDENTITY, "Who is excused: their score counts in no figure, also once erased."),
            "reason": Field(Kind.EXPRESSION, "Why, in the teacher's words.", TEACHING, erase=Erase.CLEAR),
            "created_by": by_staff("Which teacher excused them."),
            "created_at": Field(Kind.EDUCATION, "When."),
        },
        readers=SELF_AND_TEACHING,
        keep=Keep.CLASS,
        erase=Erase.ANONYMISE,
        whose="student",
        in_class="assignment__section",
    ),
    Table(
        CalendarFeed,
        _("Calendars that other programs fetch"),
        {
            **nothing("id", "section"),
            "user": Field(Kind.IDENTITY, "Whose calendar it is."),
            "nonce": Field(Kind.TECHNICAL, "By which its address is known again.", NOBODY, copied=False),
            "created_at": Field(Kind.TECHNICAL, "When it was made."),
            "revoked_at": Field(Kind.TECHNICAL, "When it was stopped."),
        },
        readers=SELF,
        keep=Keep.ACCOUNT,
        erase=Erase.DELETE,
        whose="user",
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
