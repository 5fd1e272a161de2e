"""After a regrade every page says what is right now, and none what was right before."""

import pytest

from classroom.people.models import Section, User
from quizzes.bank import actions as bank
from quizzes.bank.past import past_of
from quizzes.delivery.models import Attempt, QuizAssignment
from quizzes.marking.models import Regrade
from quizzes.statistics.analysis.items import analyse
from quizzes.statistics.analysis.sentences import findings
from quizzes.statistics.queries.evidence import evidence_of
from quizzes.statistics.queries.hardest import hardest
from quizzes.statistics.queries.taken import Which, read
from tests import factories
from tests.factories import NOW
from tests.quizzes.marking.classes import choice_of, hand_in, quiz_to_mark
from tests.quizzes.marking.test_regrading import corrected, regrade

Policy = Regrade.Policy
WORDS = {
    None: "B nights",
    Policy.NEW_KEY: "C nights",
    Policy.BOTH: "C nights – or: B nights",
    Policy.FULL: "any: everybody gets full points",
    Policy.DROP: "none: the question does not count",
    Policy.AS_ASKED: "B nights",
}
OPTIONS = {"A nights", "B nights", "C nights", "D nights"}
RIGHT = {
    None: {"B nights"},
    Policy.NEW_KEY: {"C nights"},
    Policy.BOTH: {"B nights", "C nights"},
    Policy.FULL: set(),
    Policy.AS_ASKED: {"B nights"},
}
EVERY = pytest.mark.parametrize("policy", list(WORDS), ids=str)


@pytest.fixture
def quiz(section: Section) -> QuizAssignment:
    return quiz_to_mark(section, key_told="handed-in", explanation_told="handed-in")


def decide(quiz: QuizAssignment, teacher: User, attempt: Attempt, policy: str | None) -> None:
    """Regrade the choice so; to take something back there has to be something."""
    version = choice_of(attempt).version
    if policy == Policy.AS_ASKED:
        regrade(quiz, version, Policy.DROP, teacher)
    if policy is not None:
        key = corrected(version, teacher) if policy in (Policy.NEW_KEY, Policy.BOTH) else None
        regrade(quiz, version, policy, teacher, key, expected=1 if policy == Policy.AS_ASKED else 0)


@pytest.fixture
def attempts(quiz: QuizAssignment, section: Section) -> list[Attempt]:
    """Six attempts: three by the old key right, two by the new."""
    made = []
    for number, option in enumerate("bbbcca"):
        student = factories.make_user(f"S{number}")
        factories.add_member(section, student)
        made.append(hand_in(quiz, student, option, text=""))
    return made


@EVERY
def test_the_teacher_s_pages_say_it(as_user, teacher: User, section: Section, quiz, attempts, policy) -> None:
    decide(quiz, teacher, attempts[0], policy)
    client, version = as_user(teacher), choice_of(attempts[0]).version
    table = client.get(f"/assignments/{quiz.assignment_id}/quiz/responses/").context["table"]
    assert table.columns[0].key == WORDS[policy]
    (line, *_rest) = client.get(f"/assignments/{quiz.assignment_id}/quiz/regrade/").context["lines"]
    assert line.in_force == WORDS[policy]
    page = client.get(f"/assignments/{quiz.assignment_id}/quiz/regrade/{version.pk}/")
    assert page.context["in_force"] == WORDS[policy]


def test_a_column_of_several_keys_names_their_versions(as_user, teacher: User, bob: User, quiz, attempts) -> None:
    version = choice_of(attempts[0]).version
    bank.publish(question=version.question, version=corrected(version, teacher, "d"), by=teacher, at=NOW)
    client, page = as_user(teacher), f"/assignments/{quiz.assignment_id}/quiz/responses/"
    # Nobody was asked the new version yet.
    assert client.get(page).context["table"].columns[0].key == "B nights"
    hand_in(quiz, bob, "d", text="")
    assert client.get(page).context["table"].columns[0].key == "B nights (version 1); D nights (version 2)"


@EVERY
def test_the_student_s_result_says_it(as_user, teacher: User, quiz: QuizAssignment, attempts, policy) -> None:
    decide(quiz, teacher, attempts[3], policy)
    page = as_user(attempts[3].student).get(f"/attempts/{attempts[3].pk}/result/")
    told = page.context["result"].questions[0]
    assert told.key == WORDS[policy]
    # What explained a key that is out of force is told no more, and no part is called wrong by it.
    explained = {Policy.FULL: "", Policy.DROP: ""}.get(policy, "The log says so.")
    if policy in (Policy.NEW_KEY, Policy.BOTH):
        explained = "The log was read anew."
    assert told.explanation == explained
    assert bool(told.parts) is (policy not in (Policy.FULL, Policy.DROP))


@EVERY
def test_the_analysis_says_it_and_marks_what_is_right(teacher: User, quiz, attempts, policy) -> None:
    decide(quiz, teacher, attempts[0], policy)
    found = analyse(read([quiz], Which.FIRST))
    said = [each.text for each in findings(found)]
    if policy == Policy.DROP:
        assert [item.version.type for item in found.items] == ["essay"]
        assert any("does not count for anybody" in each for each in said)
        return
    item = found.items[0]
    assert item.key == WORDS[policy]
    assert {line.words for line in item.answers if line.right} == RIGHT[policy]
    right = {None: 3, Policy.AS_ASKED: 3, Policy.NEW_KEY: 2, Policy.BOTH: 5, Policy.FULL: 6}[policy]
    assert item.facility == pytest.approx(100 * right / 6)
    assert any("everybody got its full points" in each for each in said) is (policy == Policy.FULL)


@EVERY
def test_what_a_class_knows_goes_by_it(as_user, teacher: User, section: Section, quiz, attempts, policy) -> None:
    decide(quiz, teacher, attempts[0], policy)
    version = choice_of(attempts[0]).version
    lines = {each.version.pk: each for each in hardest(evidence_of(section))}
    past = past_of(teacher, version.question)
    if policy in (Policy.FULL, Policy.DROP):
        assert version.pk not in lines
        assert past.answers == 0
        return
    assert lines[version.pk].key == WORDS[policy]
    fact = version.facts.get()
    page = as_user(teacher).get(f"/classes/{section.pk}/films/{fact.film.key}/facts/{fact.key}/")
    assert [each.key for each in page.context["view"].asked] == [WORDS[policy]]
    assert past.answers == 6
