"""What the answers of a class say of each fact, by the rules that the page prints."""

import pytest

from classroom.lessons.models import Step
from classroom.people.models import Section, User
from quizzes.delivery.models import Attempt, ResponseGrade
from quizzes.statistics.marks import FEW, Mark
from quizzes.statistics.queries.coverage import coverage
from quizzes.statistics.queries.evidence import evidence_of
from quizzes.statistics.queries.facts import FactLine, Wanted, all_lines, by_fact
from quizzes.statistics.queries.hardest import hardest
from tests import factories
from tests.quizzes.statistics.classes import BOTH, KEEPER, NIGHTS, RIGHT, Asked, hand_in

pytestmark = pytest.mark.django_db


def lines_of(section: Section) -> dict[str, FactLine]:
    return {line.fact.key: line for line in all_lines(evidence_of(section)).values()}


def test_full_marks_are_known_and_nothing_at_all_is_left_empty(section, work: Asked, alice, bob) -> None:  # type: ignore[no-untyped-def]
    hand_in(work.quiz, alice, RIGHT)
    hand_in(work.quiz, bob, {})
    line = lines_of(section)["keeper"]
    assert (line.known, line.empty, line.mistaken, line.tally.asked) == (2, 2, 0, 4)
    assert line.marks == {alice.pk: Mark.KNOWN, bob.pk: Mark.EMPTY}


def test_a_wrong_answer_about_one_fact_is_a_mistake_in_its_words(section, work: Asked, alice) -> None:  # type: ignore[no-untyped-def]
    hand_in(work.quiz, alice, {**RIGHT, KEEPER: {"option": "a"}})
    line = lines_of(section)["keeper"]
    assert (line.mistaken, line.tally.most_mistaken) == (1, ("Ada Lund", 1))


@pytest.mark.parametrize("typed", ["900", "nine hundred", "900 nights"])
def test_an_answer_that_another_source_gives_is_no_mistake(section, work: Asked, alice, typed: str) -> None:  # type: ignore[no-untyped-def]
    hand_in(work.quiz, alice, {NIGHTS: {"number": typed}})
    line = lines_of(section)["nights"]
    assert (line.mistaken, line.as_a_source_says) == (0, 1)
    assert line.sources == [("Coast Post", 1)]
    assert line.is_open


def test_an_answer_that_no_source_gives_is_a_mistake_even_where_they_differ(section, work: Asked, alice) -> None:  # type: ignore[no-untyped-def]
    hand_in(work.quiz, alice, {NIGHTS: {"number": "12"}})
    assert lines_of(section)["nights"].tally.most_mistaken == ("12 nights", 1)


def test_true_or_false_about_a_disputed_fact_tells_nothing_for_certain(section, work: Asked, alice) -> None:  # type: ignore[no-untyped-def]
    film = work.nights.film
    question = factories.make_question(film, type="true-false", content={}, key={"correct": True}, facts=(work.nights,))
    quiz = factories.make_quiz_assignment(section, factories.make_quiz(film, [question]))
    hand_in(quiz, alice, {1: {"value": False}})
    line = lines_of(section)["nights"]
    assert (line.unclear, line.mistaken) == (1, 0)


def test_a_question_about_several_facts_shows_that_all_are_known_or_does_not_tell(section, work: Asked, alice) -> None:  # type: ignore[no-untyped-def]
    hand_in(work.quiz, alice, {BOTH: {"pairs": {"p1": "o2", "p2": "o1"}}})
    lines = lines_of(section)
    assert [lines[key].count(Mark.UNCLEAR) for key in ("nights", "keeper")] == [1, 1]
    assert [lines[key].mistaken for key in ("nights", "keeper")] == [0, 0]


def test_the_latest_attempt_that_is_handed_in_counts(section, work: Asked, alice) -> None:  # type: ignore[no-untyped-def]
    hand_in(work.quiz, alice, RIGHT)
    hand_in(work.quiz, alice, {KEEPER: {"option": "a"}}, hours=1)
    under_way = Attempt.objects.create(
        quiz_assignment=work.quiz, student=alice, number=3, started_at=factories.NOW, state=Attempt.State.OPEN
    )
    line = lines_of(section)["keeper"]
    assert (line.known, line.mistaken, line.empty) == (0, 1, 1)
    assert under_way.is_open


def test_only_the_class_as_it_is_now_counts(section, work: Asked, alice, charlie, bob) -> None:  # type: ignore[no-untyped-def]
    factories.add_member(section, charlie)
    for student in (alice, charlie):
        hand_in(work.quiz, student, RIGHT)
    section.memberships.filter(user=charlie).update(ended_at=factories.NOW)
    assert lines_of(section)["keeper"].known == 2


def test_a_stand_in_counts_in_figures_and_has_no_place_in_the_map(section, work: Asked, alice, bob) -> None:  # type: ignore[no-untyped-def]
    for student in (alice, bob):
        hand_in(work.quiz, student, RIGHT)
    User.objects.filter(pk=bob.pk).update(is_stand_in=True, name="")
    section.memberships.filter(user=bob).update(ended_at=factories.NOW)
    found = by_fact(evidence_of(section), Wanted())
    line = next(line for line in found.lines if line.fact == work.keeper)
    assert line.known == 4
    assert [student.pk for student in found.students] == [alice.pk]
    assert set(line.marks) == {alice.pk}


def test_a_withdrawn_quiz_says_nothing_any_more(section, work: Asked, alice) -> None:  # type: ignore[no-untyped-def]
    hand_in(work.quiz, alice, RIGHT)
    work.quiz.assignment.withdrawn_at = factories.NOW
    work.quiz.assignment.save()
    assert evidence_of(section).answers == []


def test_facts_are_found_by_lesson_quiz_topic_and_by_what_is_known(section, work: Asked, alice) -> None:  # type: ignore[no-untyped-def]
    hand_in(work.quiz, alice, {**RIGHT, KEEPER: {"option": "a"}})
    evidence = evidence_of(section)

    def keys(**wanted: object) -> set[str]:
        return {line.fact.key for line in by_fact(evidence, Wanted(**wanted)).lines}  # type: ignore[arg-type]

    assert keys() == {"nights", "keeper", "lens"}
    assert keys(lesson=evidence.lessons[0].pk) == {"nights", "lens"}
    assert keys(quiz=work.quiz.assignment_id) == {"nights", "keeper"}
    assert keys(topic="lamp") == {"nights", "keeper", "lens"}
    assert keys(topic="sea") == set()
    assert keys(show="mistaken") == {"keeper"}
    assert keys(show="never") == {"lens"}
    assert keys(show="open") == {"nights"}


def test_no_share_is_told_of_too_few(section, work: Asked, alice) -> None:  # type: ignore[no-untyped-def]
    hand_in(work.quiz, alice, RIGHT)
    assert lines_of(section)["keeper"].tally.known_percent is None
    for number in range(FEW - 2):
        student = factories.make_user(f"S{number}")
        factories.add_member(section, student)
        hand_in(work.quiz, student, {KEEPER: {"option": "a"}})
    # Four students, two questions each.
    tally = lines_of(section)["keeper"].tally
    assert (tally.asked, tally.known_percent) == (8, 25)


def test_the_hardest_question_comes_first_with_what_misled(section, work: Asked) -> None:  # type: ignore[no-untyped-def]
    for number in range(FEW):
        student = factories.make_user(f"S{number}")
        factories.add_member(section, student)
        hand_in(work.quiz, student, {**RIGHT, NIGHTS: {"number": "900" if number < 3 else "1000"}})
    lines = hardest(evidence_of(section))
    assert lines[0].version.stem == "How many nights, by Harbour News?"
    first = lines[0]
    assert (first.facility, first.asked, first.key) == (40, 5, "1,000 nights")
    assert (first.wrong, first.wrong_count, first.wrong_said_by) == ("900 nights", 3, "Coast Post")
    assert [line.facility for line in lines[1:]] == [100, 100]
    assert first.facts == [work.nights]


def test_taught_tested_and_discussed_stand_side_by_side(section, work: Asked, alice) -> None:  # type: ignore[no-untyped-def]
    hand_in(work.quiz, alice, RIGHT)
    found = coverage(evidence_of(section))
    (storm,), (lamp,) = found.lessons, found.topics
    assert (storm.taught, storm.tested, storm.discussed) == (2, 1, 1)
    assert [line.fact for line in storm.untested] == [work.lens]
    assert (lamp.taught, lamp.tested, lamp.discussed) == (2, 2, 1)
    assert [line.fact for line in found.untaught] == [work.keeper]


def test_what_waits_to_be_read_says_nothing_yet(section, work: Asked, alice) -> None:  # type: ignore[no-untyped-def]
    attempt = hand_in(work.quiz, alice, RIGHT)
    waiting = ResponseGrade.objects.filter(response__attempt=attempt, response__position=KEEPER)
    waiting.update(waits=True, points=0, fraction=0)
    line = lines_of(section)["keeper"]
    assert (line.known, line.mistaken, line.tally.asked) == (1, 0, 1)


def test_what_stands_in_a_step_that_students_do_not_see_is_not_taught(section, work: Asked, alice) -> None:  # type: ignore[no-untyped-def]
    hand_in(work.quiz, alice, RIGHT)
    assert lines_of(section)["nights"].taught
    Step.objects.filter(position=1).update(is_hidden=True)
    assert not lines_of(section)["nights"].taught
    assert {line.fact for line in coverage(evidence_of(section)).untaught} == {work.nights, work.keeper}


def test_what_a_step_lays_out_is_taught_and_a_note_to_the_teacher_teaches_nothing(  # type: ignore[no-untyped-def]
    section, work: Asked, alice
) -> None:
    hand_in(work.quiz, alice, RIGHT)
    Step.objects.filter(position=1).update(body="", teacher_note="See.[^keeper]")
    assert not lines_of(section)["keeper"].taught
    Step.objects.filter(position=1).update(show="facts", topic=work.keeper.topic)
    lines = lines_of(section)
    assert [each.title for each in lines["keeper"].taught] == ["The storm"]
    assert coverage(evidence_of(section)).untaught == []
