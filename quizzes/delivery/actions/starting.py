"""Beginning an attempt."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from classroom.assignments import terms
from classroom.assignments.dates import Dates
from classroom.people.models import Membership, User
from quizzes.bank.draws import Asked, asked_now
from quizzes.delivery.actions.errors import StartRefused
from quizzes.delivery.layouts import lay_out_as_set
from quizzes.delivery.models import Attempt, QuizAssignment, Response
from quizzes.delivery.queries import pause_ends

_chance = secrets.SystemRandom()


@transaction.atomic
def start_attempt(*, quiz_assignment: QuizAssignment, student: User, at: datetime) -> Attempt:
    """The student's open attempt, made now where there is none. Raises StartRefused.

    An open attempt whose time is over is returned as it is: whoever asked closes it. An access code has been asked for
    by whoever calls.
    """
    assignment = quiz_assignment.assignment
    # The student's place in the class is the lock: of many starts at once, the first makes the attempt.
    place = Membership.objects.select_for_update(no_key=True).filter(section_id=assignment.section_id, user=student)
    if place.first() is None:
        raise StartRefused(_("You are no longer in this class."))
    attempts = list(Attempt.objects.filter(quiz_assignment=quiz_assignment, student=student).order_by("number"))
    for attempt in attempts:
        if attempt.is_open:
            return attempt
    # Read again under the lock, which whoever changes dates or settings takes too.
    assignment.refresh_from_db(fields=["opens_at", "due_at", "closes_at"])
    quiz_assignment.refresh_from_db(fields=["attempts_allowed", "minutes_allowed", "pause_minutes", "builds_on_last"])
    dates = terms.dates_for(assignment, student)
    _may_start(quiz_assignment, dates, attempts, at)
    asked = _to_ask(quiz_assignment, attempts)
    if not asked:
        raise StartRefused(_("This quiz has no questions yet."))
    attempt = Attempt.objects.create(
        quiz_assignment=quiz_assignment,
        student=student,
        number=attempts[-1].number + 1 if attempts else 1,
        started_at=at,
        deadline_at=quiz_assignment.deadline_for(dates, at),
    )
    carried = _answers_of(attempts[-1]) if attempts and quiz_assignment.builds_on_last else {}
    Response.objects.bulk_create(
        Response(
            attempt=attempt,
            position=position,
            version=each.version,
            points=each.points,
            layout=lay_out_as_set(each.version.type, each.version.content, shuffled=quiz_assignment.shuffle_options),
            answer=carried.get(each.version.rewords_id or each.version.pk),
            saved_at=at if (each.version.rewords_id or each.version.pk) in carried else None,
        )
        for position, each in enumerate(asked, 1)
    )
    return attempt


def _may_start(quiz_assignment: QuizAssignment, dates: Dates, attempts: Sequence[Attempt], at: datetime) -> None:
    if not dates.is_open(at):
        raise StartRefused(_("This quiz is closed."))
    if len(attempts) >= quiz_assignment.attempts_for(dates):
        raise StartRefused(_("You have used all your attempts."))
    again_at = pause_ends(quiz_assignment, attempts)
    if again_at is not None and again_at > at:
        zone = quiz_assignment.assignment.section.zone
        raise StartRefused(
            _("There is a pause between attempts. You can start again on %(when)s.")
            % {"when": formats.date_format(timezone.localtime(again_at, zone), "j F, H:i")}
        )


def _to_ask(quiz_assignment: QuizAssignment, attempts: Sequence[Attempt]) -> list[Asked]:
    """Drawn now for this attempt alone; one that builds on the last is asked the same again, as far as it is there."""
    before: set[int] = set()
    if attempts and quiz_assignment.builds_on_last:
        before = set(attempts[-1].responses.values_list("version__question", flat=True))
    asked = asked_now(quiz_assignment.quiz, _chance, before)
    return _chance.sample(asked, len(asked)) if quiz_assignment.shuffle_questions else asked


def _answers_of(attempt: Attempt) -> Mapping[int, Any]:
    """What an attempt answered, by version: all of it, since to leave out what is wrong would tell which that is.

    A question that has been changed since begins empty; one that was only reworded does not, so the versions are those
    that others reword.
    """
    answered = attempt.responses.filter(answer__isnull=False)
    return dict(answered.values_list(Coalesce("version__rewords", "version"), "answer"))
