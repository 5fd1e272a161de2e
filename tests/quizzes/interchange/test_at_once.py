"""The same import applied twice at once: real threads, real connections, in a file of SQLite or on PostgreSQL."""

from functools import partial

import pytest

from classroom.audit.models import AuditEvent
from quizzes.bank.models import Question, QuestionVersion
from quizzes.interchange import actions
from quizzes.interchange.formats import FORMATS
from quizzes.interchange.planning import plan_import
from tests import factories
from tests.factories import NOW
from tests.quizzes.delivery.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)

FILE = """::Keeper::Who kept the lamp? {=Ida ~Grace}

::Nights::How many nights did it burn? {#18:0}
"""


def test_the_same_plan_applied_twice_at_once_imports_once() -> None:
    film, teacher = factories.make_film(), factories.make_teacher("Tess")
    gift = FORMATS["gift"]
    digest = plan_import(film=film, user=teacher, format_=gift, text=FILE).digest
    apply = partial(
        actions.import_questions,
        film=film,
        format_=gift,
        text=FILE,
        digest=digest,
        publish=True,
        by=teacher,
        at=NOW,
    )

    answers = at_once(apply, apply)

    assert sorted(type(each).__name__ for each in answers) == ["Imported", "PlanChanged"]
    assert Question.objects.filter(owner=teacher).count() == 2
    assert QuestionVersion.objects.filter(question__owner=teacher).count() == 2
    event = AuditEvent.objects.get(kind=AuditEvent.Kind.QUESTIONS_IMPORTED)
    assert (event.by, event.subject_id) == (teacher, film.pk)
    assert event.detail == {"format": "gift", "new": 2, "changed": 0, "published": 2}


def test_who_was_second_is_shown_what_would_change_now() -> None:
    film, teacher = factories.make_film(), factories.make_teacher("Tess")
    gift = FORMATS["gift"]
    first = plan_import(film=film, user=teacher, format_=gift, text=FILE)
    given = {"film": film, "format_": gift, "text": FILE, "publish": False, "by": teacher, "at": NOW}
    told: list[tuple[int, int]] = []
    actions.import_questions(**given, digest=first.digest, tell=lambda done, total: told.append((done, total)))
    assert told == [(0, 2), (1, 2), (2, 2)]
    with pytest.raises(actions.PlanChanged) as refused:
        actions.import_questions(**given, digest=first.digest)
    assert refused.value.plan.to_do == []
    # What changes nothing leaves no line in the log.
    actions.import_questions(**given, digest=refused.value.plan.digest)
    assert AuditEvent.objects.filter(kind=AuditEvent.Kind.QUESTIONS_IMPORTED).count() == 1
