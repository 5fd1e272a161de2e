"""Questions gain versions, are published and retired; none is ever rewritten."""

import pytest

from classroom.audit.models import AuditEvent
from classroom.people.models import User
from quizzes.bank import actions
from quizzes.bank.models import AnswerKey, Immutable, Question, QuestionVersion
from quizzes.grading import BadQuestion
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def add(question: Question, **changed) -> QuestionVersion:
    given = {
        "type": "true-false",
        "stem": "True or false?",
        "content": {},
        "key": {"correct": True},
        "explanation": "So says the log.",
        "points": 1,
        "facts": [],
        "by": None,
        "at": NOW,
    }
    return actions.add_version(question=question, **(given | changed))


def test_versions_are_numbered_and_keep_their_keys_apart() -> None:
    film = factories.make_film()
    fact = factories.make_fact(film)
    question = Question.objects.create(film=film, key="lamp")
    assert [add(question, facts=[fact]).number, add(question).number] == [1, 2]
    first = question.versions.get(number=1)
    assert list(first.facts.all()) == [fact]
    assert first.answer_key.key == {"correct": True}
    assert first.answer_key.explanation == "So says the log."
    question.refresh_from_db()
    assert question.published is None


def test_a_version_never_changes() -> None:
    version = add(Question.objects.create(film=factories.make_film(), key="lamp"))
    version.stem = "Another?"
    with pytest.raises(Immutable):
        version.save()


def test_a_version_that_could_not_be_graded_is_refused_whole() -> None:
    question = Question.objects.create(film=factories.make_film(), key="lamp")
    with pytest.raises(BadQuestion):
        add(question, key={"correct": "maybe"})
    assert not QuestionVersion.objects.exists()
    assert not AnswerKey.objects.exists()


def test_to_publish_is_recorded_once(teacher: User) -> None:
    question = Question.objects.create(film=factories.make_film(), key="lamp")
    version = add(question)
    assert actions.publish(question=question, version=version, by=teacher, at=NOW)
    assert not actions.publish(question=question, version=version, by=teacher, at=NOW)
    question.refresh_from_db()
    assert question.published == version
    assert AuditEvent.objects.filter(kind=AuditEvent.Kind.QUESTION_PUBLISHED).count() == 1


def test_only_its_own_version_is_published() -> None:
    film = factories.make_film()
    one, other = (Question.objects.create(film=film, key=key) for key in ("one", "other"))
    with pytest.raises(ValueError, match="own"):
        actions.publish(question=one, version=add(other), by=None, at=NOW)


def test_what_is_retired_comes_back_when_published(teacher: User) -> None:
    question = factories.make_question(factories.make_film())
    assert actions.retire(question=question, by=teacher, at=NOW)
    assert not actions.retire(question=question, by=teacher, at=NOW)
    assert question.published is not None
    assert actions.publish(question=question, version=question.published, by=teacher, at=NOW)
    question.refresh_from_db()
    assert question.retired_at is None
