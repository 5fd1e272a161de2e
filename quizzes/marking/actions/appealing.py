"""A student questions a key, and a teacher decides."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.library.models import Passage
from classroom.people.models import User
from quizzes.delivery.models import Response
from quizzes.marking import news
from quizzes.marking.actions.errors import NotAllowed
from quizzes.marking.models import Appeal, FactReview


class AlreadyDecided(Exception):
    """Somebody else has decided; ``stored`` is the appeal as it stands."""

    def __init__(self, stored: Appeal) -> None:
        super().__init__()
        self.stored = stored


def make_appeal(*, response: Response, passage: Passage, text: str, by: User, at: datetime) -> Appeal:
    """Question the key of an answer that its student has been told. Raises NotAllowed while one is open."""
    try:
        with transaction.atomic():
            made = Appeal.objects.create(response=response, passage=passage, text=text, made_at=at)
            audit.record(AuditEvent.Kind.APPEAL_MADE, by=by, subject=made, at=at)
    except IntegrityError as error:
        raise NotAllowed(_("You have questioned this answer already, and your teacher has not decided yet.")) from error
    return made


@transaction.atomic
def decide_appeal(*, appeal: Appeal, upheld: bool, decision: str, by: User, at: datetime) -> None:
    """Decide, and tell the student why. An appeal that is upheld has the facts of its question looked at again.

    Raises AlreadyDecided.
    """
    state = Appeal.State.UPHELD if upheld else Appeal.State.NOT_UPHELD
    changed = Appeal.objects.open().filter(pk=appeal.pk)
    if not changed.update(state=state, decision=decision, decided_by=by, decided_at=at):
        appeal.refresh_from_db()
        raise AlreadyDecided(appeal)
    if upheld:
        version = appeal.response.version
        FactReview.objects.bulk_create(
            [
                FactReview(fact=fact, version=version, passage=appeal.passage, opened_by=by, opened_at=at)
                for fact in version.facts.all()
            ],
            ignore_conflicts=True,
        )
    detail = {"upheld": upheld}
    audit.record(AuditEvent.Kind.APPEAL_DECIDED, by=by, subject=appeal, at=at, detail=detail)
    news.tell_decided(appeal=appeal, at=at)


@transaction.atomic
def close_review(*, review: FactReview, outcome: str, by: User, at: datetime) -> bool:
    """Say what came of looking at a fact again. False where somebody has said so already."""
    reviews = FactReview.objects.filter(pk=review.pk, closed_at__isnull=True)
    closed = reviews.update(closed_by=by, closed_at=at, outcome=outcome)
    if closed:
        audit.record(AuditEvent.Kind.FACT_REVIEWED, by=by, subject=review, at=at)
    return bool(closed)


def see_decisions(*, response: Response, at: datetime) -> None:
    """The student looks at what was decided about this answer, so their home page says it no more."""
    unseen = response.appeals.exclude(state=Appeal.State.OPEN).filter(seen_at__isnull=True)
    unseen.update(seen_at=at)
