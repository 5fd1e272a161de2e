"""What a student is told, and when: the rule as a table, and no byte of a key before it may leave."""

import re
from datetime import timedelta
from itertools import product

import pytest
from django.test import Client

from classroom.audit.models import AuditEvent
from classroom.common import clock
from classroom.people.models import Section, User
from quizzes.delivery import actions
from quizzes.delivery.models import Attempt, QuizAssignment
from quizzes.delivery.showing import Moment, Tell, Told, told
from tests import factories
from tests.factories import NOW
from tests.quizzes.delivery.taking import CANARY, form_of, one_of_each

HOUR = timedelta(hours=1)
# due, released, another attempt under way, another one possible -> which of the five ways tell now
MOMENTS = {
    (None, False, False, False): {Tell.AT_ONCE, Tell.HANDED_IN, Tell.DUE},
    (None, False, False, True): {Tell.AT_ONCE, Tell.HANDED_IN},
    (None, True, False, True): {Tell.AT_ONCE, Tell.HANDED_IN, Tell.RELEASED},
    (HOUR, False, False, False): {Tell.AT_ONCE, Tell.HANDED_IN},
    (HOUR, True, False, False): {Tell.AT_ONCE, Tell.HANDED_IN, Tell.RELEASED},
    (-HOUR, False, False, False): {Tell.AT_ONCE, Tell.HANDED_IN, Tell.DUE},
    (-HOUR, True, False, False): {Tell.AT_ONCE, Tell.HANDED_IN, Tell.DUE, Tell.RELEASED},
    (-HOUR, False, False, True): {Tell.AT_ONCE, Tell.HANDED_IN},
    (-HOUR, True, True, False): {Tell.AT_ONCE, Tell.HANDED_IN, Tell.RELEASED},
}


@pytest.mark.parametrize(("state", "when", "what"), list(product(MOMENTS, Tell, Told)))
def test_each_thing_is_told_at_its_moment(state: tuple, when: Tell, what: Told) -> None:
    # trust 32
    due, released, under_way, may_start = state
    moment = Moment(NOW, None if due is None else NOW + due, NOW if released else None, under_way, may_start)
    # An attempt under way has the same questions.
    expected = when in MOMENTS[state] and not (under_way and what in (Told.KEY, Told.EXPLANATION, Told.FEEDBACK))
    assert (what in told({Told.MARKS: Tell.AT_ONCE, what: when}, moment)) is expected


@pytest.mark.parametrize("state", MOMENTS)
def test_feedback_never_comes_before_right_or_wrong(state: tuple) -> None:  # trust 32
    due, released, under_way, may_start = state
    moment = Moment(NOW, None if due is None else NOW + due, NOW if released else None, under_way, may_start)
    for when in Tell:
        assert told({Told.MARKS: Tell.NEVER, Told.FEEDBACK: when}, moment) == frozenset()


@pytest.fixture
def handed_in(section: Section, alice: User) -> Attempt:
    film = factories.make_film()
    quiz = factories.make_quiz_assignment(section, factories.make_quiz(film, one_of_each(film)))
    attempt = actions.start_attempt(quiz_assignment=quiz, student=alice, at=NOW)
    actions.submit_attempt(attempt=attempt, by=alice, at=NOW)
    return attempt


NO_KEY = [Tell.NEVER, Tell.RELEASED, Tell.DUE]


@pytest.mark.parametrize(("key", "explanation"), list(product(NO_KEY, NO_KEY)))
@pytest.mark.parametrize(("score", "marks"), [(Tell.HANDED_IN, Tell.HANDED_IN), (Tell.NEVER, Tell.RELEASED)])
def test_no_byte_of_a_key_leaves_before_it_may(
    as_alice: Client, handed_in: Attempt, key: Tell, explanation: Tell, score: Tell, marks: Tell
) -> None:
    # trust 32: a canary in each key, explanation and fact, and the plain words of the keys that have no room for one
    set_to = QuizAssignment.objects.get()
    # Due in a year, and handed in by nobody else yet.
    type(set_to.assignment).objects.update(due_at=NOW.replace(year=NOW.year + 50))
    QuizAssignment.objects.update(
        key_told=key, explanation_told=explanation, score_told=score, marks_told=marks, attempts_allowed=1
    )
    pages = [
        f"/attempts/{handed_in.pk}/result/",
        f"/assignments/{set_to.assignment_id}/quiz/",
        "/scores/",
        "/home/",
    ]
    for page in pages:
        html = as_alice.get(page).content.decode()
        for secret in (CANARY, "987654", "13 October 1897", "Right answer"):
            assert secret not in html, (page, secret)


@pytest.mark.parametrize(("what", "sees"), [("key_told", "Right answer"), ("explanation_told", f"{CANARY} explains")])
def test_the_teachers_word_releases_one_thing_and_not_the_other(
    as_user, as_alice: Client, teacher: User, handed_in: Attempt, what: str, sees: str
) -> None:
    QuizAssignment.objects.update(key_told=Tell.NEVER, explanation_told=Tell.NEVER)
    QuizAssignment.objects.update(**{what: Tell.RELEASED})
    page = f"/attempts/{handed_in.pk}/result/"
    before = as_alice.get(page).content.decode()
    assert sees not in before
    assert "when your teacher releases it" in before
    release = f"/assignments/{handed_in.quiz_assignment.assignment_id}/quiz/release/"
    assert as_alice.post(release).status_code == 404
    teaching = as_user(teacher)
    assert "Release what waits" in teaching.get(release.replace("release", "responses")).content.decode()
    for _twice in range(2):
        assert teaching.post(release).status_code == 302
    after = as_alice.get(page).content.decode()
    assert sees in after
    for other in {"Right answer", f"{CANARY} explains", f"{CANARY} fact"} - {sees}:
        assert other not in after
    assert AuditEvent.objects.filter(kind=AuditEvent.Kind.RESULTS_RELEASED).count() == 1


def test_a_score_that_is_held_back_is_on_no_page_of_the_students(
    as_alice: Client, section: Section, alice: User
) -> None:
    # trust 37
    quiz = factories.make_quiz_assignment(section, score_told=Tell.RELEASED, marks_told=Tell.RELEASED, pass_percent=50)
    attempt = actions.start_attempt(quiz_assignment=quiz, student=alice, at=NOW)
    as_alice.post(f"/attempts/{attempt.pk}/", form_of(attempt, {1: {"option": "b"}, 2: {"option": "a"}}))
    actions.submit_attempt(attempt=attempt, by=alice, at=NOW)
    pages = [f"/attempts/{attempt.pk}/result/", f"/assignments/{quiz.assignment_id}/quiz/", "/scores/", "/home/"]
    for page in pages:
        html = as_alice.get(page).content.decode()
        for word in ("1 of 3", "33.3", "passed", 'class="badge mark'):
            assert word not in html, (page, word)
    QuizAssignment.objects.update(released_at=NOW)
    assert "1</strong> of 3" in as_alice.get(pages[0]).content.decode()
    assert "not passed" in as_alice.get(pages[1]).content.decode()
    assert "Check" in as_alice.get("/scores/").content.decode()


@pytest.mark.parametrize("when", [Tell.DUE, Tell.RELEASED, Tell.NEVER])
def test_the_step_that_leads_to_a_quiz_tells_no_score_that_is_held_back(
    as_user, section: Section, alice: User, bob: User, when: Tell
) -> None:  # type: ignore[no-untyped-def]
    # trust 37: Alice passes and Bob does not, and their pages differ only once they may know
    lesson = factories.make_lesson(factories.make_film(), steps=2)
    quiz = factories.make_quiz(lesson.film)
    lesson.steps.filter(position=2).update(kind="check", quiz_key=quiz.key)
    work = factories.make_assignment(section, lesson=lesson)
    due = clock.now() + HOUR
    part = factories.make_quiz_assignment(section, quiz, parent=work, score_told=when, pass_percent=60, due_at=due)
    for student, option in ((alice, "a"), (bob, "b")):
        attempt = actions.start_attempt(quiz_assignment=part, student=student, at=NOW)
        form = form_of(attempt, {number: {"option": option} for number in (1, 2, 3)})
        as_user(student).post(f"/attempts/{attempt.pk}/", form)
        actions.submit_attempt(attempt=attempt, by=student, at=NOW)

    def told_of_the_step() -> list[list[str]]:
        pages = [f"/assignments/{work.pk}/lesson/?step={step}" for step in (1, 2)] + ["/home/"]
        shown = [[as_user(student).get(page).content.decode() for page in pages] for student in (alice, bob)]
        return [re.findall(r"\d of \d (?:steps|done)|badge [a-z-]+", "".join(each)) for each in shown]

    for_alice, for_bob = told_of_the_step()
    assert for_alice
    assert for_alice == for_bob
    QuizAssignment.objects.update(released_at=NOW, score_told=Tell.RELEASED)
    for_alice, for_bob = told_of_the_step()
    assert for_alice != for_bob
