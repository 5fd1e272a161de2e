"""What taking quizzes keeps about people.

The statistics of a question must stand when a student is erased. So an attempt and its marks stay, under the class's
nameless stand-in for that student: without the times of day, by which one could tell whose it was, and without whatever
was typed. What was chosen among given options stays, since it says nothing of who chose it.
"""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

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
from quizzes.delivery.models import Attempt, AttemptGrade, QuizAssignment, Response, ResponseGrade
from quizzes.grading import answer_text

_SETTINGS = (
    "id assignment quiz attempts_allowed minutes_allowed counts pause_minutes builds_on_last pass_percent late_credit "
    "shuffle_questions shuffle_options pages access_code score_told marks_told key_told explanation_told feedback_told "
    "score_bands released_at is_practice practice_counts hint_percent revision"
)

# Whose stored answer is made of the ids of given options, and of nothing that anybody typed.
CHOSEN = ("choice", "multiple", "true-false", "matching", "ordering", "which-source")


def forget_answers(erasing: Erasing) -> int:
    """What was typed goes, and with it the times of day: an attempt starts at midnight and lasts as long as it did."""
    attempts = Attempt.objects.filter(student=erasing.person)
    if erasing.sections is not None:
        attempts = attempts.filter(quiz_assignment__assignment__section__in=erasing.sections)
    # An attempt that was never handed in counts in no figure.
    attempts.open().delete()
    Response.objects.filter(attempt__in=attempts).exclude(version__type__in=CHOSEN).update(answer=None)
    for attempt in attempts:
        midnight = attempt.started_at.replace(hour=0, minute=0, second=0, microsecond=0)
        since = attempt.started_at - midnight
        attempt.started_at = midnight
        attempt.submitted_at = _earlier(attempt.submitted_at, since)
        attempt.deadline_at = _earlier(attempt.deadline_at, since)
        attempt.save(update_fields=["started_at", "submitted_at", "deadline_at"])
    return len(attempts)


def _earlier(moment: datetime | None, by: timedelta) -> datetime | None:
    return None if moment is None else moment - by


def _asked(response: Response) -> str:
    """The question; none while the attempt is under way, since it may not be that far: its quiz asks one at a time."""
    return "" if response.attempt.is_open else response.version.stem


def _answered(response: Response) -> str:
    return answer_text(response.version.type, response.version.content, response.answer)


TABLES = [
    Table(
        ResponseGrade,
        _("What each answer earned"),
        {
            **nothing("id", "grade", "fraction"),
            "response": Field(Kind.EDUCATION, "Which answer.", shown="response__version__stem"),
            "points": Field(Kind.EDUCATION, "What it earned."),
            "waits": Field(Kind.EDUCATION, "Whether somebody has yet to read it."),
            "dropped": Field(Kind.EDUCATION, "Whether its question no longer counts."),
        },
        readers=SELF_AND_TEACHING,
        keep=Keep.CLASS,
        erase=Erase.ANONYMISE,
        whose="response__attempt__student",
        in_class="response__attempt__quiz_assignment__assignment__section",
        marks_of="response__attempt__quiz_assignment__assignment",
    ),
    Table(
        AttemptGrade,
        _("How attempts were graded"),
        {
            **nothing("id"),
            "attempt": Field(Kind.EDUCATION, "Which attempt.", shown="attempt__quiz_assignment__assignment__title"),
            "kind": Field(Kind.EDUCATION, "Graded or regraded."),
            "points": Field(Kind.EDUCATION, "What it earned."),
            "out_of": Field(Kind.EDUCATION, "Of how many points."),
            "waiting": Field(Kind.EDUCATION, "How many answers somebody has yet to read."),
            "by": by_staff("Who graded it; empty where no person did."),
            "at": Field(Kind.EDUCATION, "When."),
        },
        readers=SELF_AND_TEACHING,
        keep=Keep.CLASS,
        erase=Erase.ANONYMISE,
        whose="attempt__student",
        in_class="attempt__quiz_assignment__assignment__section",
        score_of="attempt__quiz_assignment__assignment",
    ),
    Table(
        Response,
        _("Answers in quizzes"),
        {
            **nothing("id", "layout", "revision", "checked_revision"),
            "attempt": Field(Kind.EDUCATION, "In which attempt.", shown="attempt__quiz_assignment__assignment__title"),
            "position": Field(Kind.EDUCATION, "At which place."),
            "version": Field(Kind.EDUCATION, "Which question.", shown=_asked),
            "points": Field(Kind.EDUCATION, "How many points it could earn."),
            "answer": Field(
                Kind.EXPRESSION, "What the student chose or typed; what was typed is cleared.", shown=_answered
            ),
            "save_key": Field(Kind.TECHNICAL, "Of the last save.", erase=Erase.CLEAR, copied=False),
            "saved_at": Field(Kind.EDUCATION, "When it was last saved.", erase=Erase.CLEAR),
            "flagged": Field(Kind.EDUCATION, "Whether the student marked it to come back to."),
            "checks": Field(Kind.EDUCATION, "How often it was checked in practice."),
            "hints_taken": Field(Kind.EDUCATION, "How many hints were asked for."),
            "hints_cost": Field(Kind.EDUCATION, "What the hints cost when they were taken, in per cent."),
            "told_at": Field(Kind.EDUCATION, "When practice showed the right answer.", erase=Erase.CLEAR),
        },
        readers=SELF_AND_TEACHING,
        keep=Keep.CLASS,
        erase=Erase.ANONYMISE,
        whose="attempt__student",
        in_class="attempt__quiz_assignment__assignment__section",
    ),
    Table(
        Attempt,
        _("Attempts at quizzes"),
        {
            **nothing("id", "reached"),
            "quiz_assignment": Field(Kind.EDUCATION, "At which quiz.", shown="quiz_assignment__assignment__title"),
            "student": Field(Kind.IDENTITY, "Whose attempt it is."),
            "number": Field(Kind.EDUCATION, "The how manieth."),
            "state": Field(Kind.EDUCATION, "Under way or handed in."),
            "started_at": Field(Kind.EDUCATION, "When it began; the time of day goes."),
            "deadline_at": Field(Kind.EDUCATION, "Until when it could be handed in."),
            "submitted_at": Field(Kind.EDUCATION, "When it was handed in."),
            "closed_by_deadline": Field(Kind.EDUCATION, "Whether its time ran out."),
        },
        readers=SELF_AND_TEACHING,
        keep=Keep.CLASS,
        erase=Erase.ANONYMISE,
        whose="student",
        in_class="quiz_assignment__assignment__section",
        by_hand=forget_answers,
    ),
    impersonal(
        QuizAssignment,
        _("Quizzes set to classes"),
        *_SETTINGS.split(),
    ),
]
