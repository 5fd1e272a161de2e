"""What the analysis of a quiz is made of: whose attempts, which of them, and what is said of the answers."""

import json
from datetime import timedelta
from decimal import Decimal

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from classroom.people.models import Role, Section, User
from quizzes.bank.actions import publish
from quizzes.bank.models import AnswerKey, QuestionVersion
from quizzes.delivery.models import Attempt, AttemptGrade, QuizAssignment, Response, ResponseGrade
from quizzes.statistics.analysis.answers import MOST_LISTED
from quizzes.statistics.analysis.items import Analysis, Item, analyse
from quizzes.statistics.analysis.sentences import findings
from quizzes.statistics.limits import ENOUGH, FEW, stray_percent, withheld
from quizzes.statistics.queries.quizzes import get_quizzes
from quizzes.statistics.queries.taken import Taken, Which, read
from tests import factories
from tests.factories import NOW
from tests.quizzes.statistics.classes import BOTH, KEEPER, NIGHTS, RIGHT, Asked, hand_in, make_large_class

pytestmark = pytest.mark.django_db


def take(quiz: QuizAssignment, which: Which = Which.FIRST) -> Taken:
    return read([QuizAssignment.objects.select_related("quiz", "assignment__section").get(pk=quiz.pk)], which)


def analysis_of(quiz: QuizAssignment, which: Which = Which.FIRST) -> Analysis:
    return analyse(take(quiz, which))


def sentences(quiz: QuizAssignment) -> list[str]:
    return [each.text for each in findings(analysis_of(quiz))]


def given(item: Item) -> dict[str, tuple[int, bool, str | None]]:
    return {each.words: (each.count, each.right, each.said_by) for each in item.answers}


def regrade(attempt: Attempt, position: int, **changed: object) -> None:
    """One more grading of an attempt, in which one answer is graded otherwise."""
    last = attempt.grades.order_by("-at", "-pk")[0]
    anew = AttemptGrade.objects.create(
        attempt=attempt, kind="regraded", points=last.points, out_of=last.out_of, at=last.at + timedelta(hours=1)
    )
    for each in last.response_grades.select_related("response"):
        fields = {"fraction": each.fraction, "points": each.points}
        if each.response.position == position:
            fields |= changed
        ResponseGrade.objects.create(grade=anew, response=each.response, **fields)


# --- Whose attempts, and which ------------------------------------------------------------------------------------


def test_the_attempts_of_the_class_as_it_is_now_count_and_the_figures_of_who_was_erased(
    section: Section, work: Asked, alice: User, bob: User, charlie: User
):
    factories.add_member(section, charlie)
    for student in (alice, bob, charlie):
        hand_in(work.quiz, student, RIGHT)
    section.memberships.filter(user=charlie).update(ended_at=NOW)
    User.objects.filter(pk=bob.pk).update(is_stand_in=True, is_active=False, name="")
    section.memberships.filter(user=bob).update(ended_at=NOW)
    taken = take(work.quiz)
    assert set(taken.table.students) == {alice.pk, bob.pk}
    assert taken.table.totals.tolist() == [100, 100]


def test_what_is_under_way_is_not_among_them(work: Asked, alice: User, bob: User):
    hand_in(work.quiz, alice, RIGHT)
    Attempt.objects.create(quiz_assignment=work.quiz, student=bob, number=1, started_at=NOW)
    assert take(work.quiz).table.attempts == 1


@pytest.mark.parametrize(
    ("counts", "which", "totals"),
    [
        ("highest", Which.FIRST, [0]),
        ("highest", Which.COUNTS, [100]),
        ("latest", Which.COUNTS, [200 / 3]),
        ("first", Which.COUNTS, [0]),
        ("mean", Which.COUNTS, [0, 100, 200 / 3]),
        ("first", Which.ALL, [0, 100, 200 / 3]),
    ],
)
def test_of_several_attempts_those_are_taken_that_were_asked_for(
    work: Asked, alice: User, counts: str, which: Which, totals: list[float]
):
    QuizAssignment.objects.filter(pk=work.quiz.pk).update(counts=counts)
    for hours, answers in enumerate(({}, RIGHT, {NIGHTS: RIGHT[NIGHTS], KEEPER: RIGHT[KEEPER]})):
        hand_in(work.quiz, alice, answers, hours=hours)
    taken = take(work.quiz, which)
    assert taken.table.totals == pytest.approx(totals)
    assert taken.students == 1


def test_the_last_grading_of_an_attempt_counts_and_a_dropped_question_does_not(work: Asked, alice: User, bob: User):
    attempt = hand_in(work.quiz, alice, {NIGHTS: {"number": "900"}})
    other = hand_in(work.quiz, bob, RIGHT)
    assert take(work.quiz).table.totals == pytest.approx([0, 100])
    regrade(attempt, NIGHTS, fraction=Decimal(1), points=Decimal(1))
    assert take(work.quiz).table.totals == pytest.approx([100 / 3, 100])
    for each in (attempt, other):
        regrade(each, BOTH, fraction=Decimal(0), points=Decimal(0), dropped=True)
    taken = take(work.quiz)
    assert len(taken.questions) == 2
    assert taken.table.out_of.tolist() == [2, 2]


def test_a_question_of_which_an_answer_waits_is_left_out_and_said_to_be(section: Section, alice: User, bob: User):
    film = factories.make_film()
    essay = factories.make_question(
        film, type="essay", stem="Why?", content={}, key={"rubric": [{"id": "a", "text": "Reasons", "points": 1}]}
    )
    quiz = factories.make_quiz_assignment(section, factories.make_quiz(film, [essay, factories.make_question(film)]))
    read_already = hand_in(quiz, alice, {1: {"text": "Because."}, 2: {"option": "b"}})
    regrade(read_already, 1, fraction=Decimal(1), points=Decimal(1))
    hand_in(quiz, bob, {1: {"text": "Because it was."}})
    taken = take(quiz)
    assert taken.waiting == {essay.pk: 1}
    assert len(taken.questions) == 1
    assert taken.table.totals.tolist() == [100, 0]


def test_where_nothing_is_graded_there_is_nothing_to_analyse(work: Asked):
    found = analysis_of(work.quiz)
    assert (found.whole.attempts, found.items, found.thirds) == (0, [], None)
    assert findings(found)[0].text == "0 students have handed in."


def test_two_wordings_of_a_question_are_one_question(work: Asked, alice: User, bob: User, teacher: User):
    hand_in(work.quiz, alice, RIGHT)
    question = work.questions[1]
    anew = QuestionVersion.objects.create(
        question=question,
        number=2,
        type="choice",
        stem="Who was the keeper?",
        content={"options": [{"id": "x", "text": "Mara Quill"}, {"id": "y", "text": "Tom Reed"}]},
    )
    anew.facts.set([work.keeper])
    AnswerKey.objects.create(version=anew, key={"correct": "x"})
    publish(question=question, version=anew, by=teacher, at=NOW)
    hand_in(work.quiz, bob, {KEEPER: {"option": "y"}})
    found = analysis_of(work.quiz)
    assert len(found.items) == 3
    item = found.items[1]
    assert (item.version.stem, item.asked) == ("Who was the keeper?", 2)
    assert given(item) == {"Mara Quill": (1, True, None), "Tom Reed": (1, False, "")}


def test_a_question_that_not_all_were_asked_has_its_own_number_asked(section: Section, alice: User, bob: User):
    film = factories.make_film()
    questions = [factories.make_question(film, stem=f"Question {each}?") for each in range(3)]
    quiz = factories.make_quiz_assignment(section, factories.make_quiz(film, questions))
    for student, dropped in ((alice, 2), (bob, 3)):
        attempt = hand_in(quiz, student, {1: {"option": "b"}, 2: {"option": "a"}, 3: {"option": "a"}})
        Response.objects.filter(attempt=attempt, position=dropped).delete()
    found = analysis_of(quiz)
    assert [item.asked for item in found.items] == [2, 1, 1]
    assert [item.intended_weight for item in found.items] == [50, 50, 50]
    assert found.whole.mean == 50


# --- Figures, and when they are told ------------------------------------------------------------------------------


def test_figures_are_those_of_the_answers(section: Section):
    large = make_large_class(section)
    found = analysis_of(large.quiz)
    nights, keeper, wrong_key, known = found.items
    assert nights.facility == 50
    assert keeper.facility == 75
    assert known.facility == 100
    assert known.discrimination is None
    assert (keeper.guess, known.guess, nights.guess, wrong_key.guess) == (50, 50, 0, 25)
    assert nights.discrimination is not None
    scores = found.taken.table.marks
    rest = found.taken.table.totals - scores[:, 2]
    assert wrong_key.discrimination == pytest.approx(100 * np.corrcoef(scores[:, 2], rest)[0, 1])
    assert wrong_key.discrimination < 0
    assert wrong_key.effective_weight is None
    assert sum(found.bins) == 24
    assert withheld(24) == []
    # In no smaller class does chance stay below what passes for very good.
    assert stray_percent(ENOUGH) < 50 <= stray_percent(ENOUGH - 1)


@pytest.mark.parametrize("size", [FEW - 1, FEW, ENOUGH - 1, ENOUGH])
def test_what_a_small_class_cannot_bear_is_withheld_and_the_reason_said(section: Section, size: int):
    large = make_large_class(section, size)
    found = analysis_of(large.quiz)
    item = found.items[0]
    told = [each is not None for each in (item.facility, item.facility_interval, item.sd)]
    assert told == [size >= FEW] * 3
    hung = [item.discrimination, item.discrimination_interval, item.efficiency, item.effective_weight, found.thirds]
    assert [each is not None for each in hung] == [size >= ENOUGH] * 5
    assert (found.mean_interval is not None) == (size >= FEW)
    reasons = withheld(size)
    assert len(reasons) == (size < FEW) + (size < ENOUGH)
    if size < ENOUGH:
        assert f"told from {ENOUGH} students on" in reasons[-1]


def test_ten_attempts_of_two_students_are_two_students(section: Section, alice: User, bob: User):
    film = factories.make_film()
    quiz = factories.make_quiz_assignment(section, factories.make_quiz(film, 2), attempts_allowed=10)
    for hours in range(10):
        for student in (alice, bob):
            hand_in(quiz, student, {1: {"option": "b"}}, hours=hours)
    found = analysis_of(quiz, Which.ALL)
    assert (found.whole.attempts, found.students) == (20, 2)
    assert found.items[0].facility is None
    assert found.thirds is None


def test_how_long_an_answer_took_is_from_the_save_before_it_to_its_own(section: Section):
    large = make_large_class(section, 6)
    for attempt in Attempt.objects.filter(quiz_assignment=large.quiz):
        for position, seconds in ((1, 30), (2, 75), (3, 80)):
            attempt.responses.filter(position=position).update(
                saved_at=attempt.started_at + timedelta(seconds=seconds, microseconds=500)
            )
        attempt.responses.filter(position=4).update(saved_at=None)
    found = analysis_of(large.quiz)
    assert [item.timed for item in found.items] == [6, 6, 6, 0]
    assert [item.seconds for item in found.items[:3]] == pytest.approx([30.0005, 45, 5])
    assert found.items[3].seconds is None


# --- Answers and sentences ----------------------------------------------------------------------------------------


def test_each_answer_is_counted_by_thirds_and_laid_beside_the_sources(section: Section):
    large = make_large_class(section)
    found = analysis_of(large.quiz)
    lines = {each.words: each for each in found.items[1].answers}
    assert given(found.items[1]) == {"Mara Quill": (18, True, None), "Ada Lund": (6, False, "")}
    assert lines["Ada Lund"].weak == 6
    assert lines["Ada Lund"].strong == 0
    assert [each.words for each in found.items[2].answers] == ["Ada", "Ben", "Cid", "Dot"]
    assert found.items[2].answers[2].count == 0
    assert given(found.items[3]) == {"True": (24, True, None), "False": (0, False, None)}
    for item in found.items:
        assert sum(each.count for each in item.answers) == item.asked


def test_an_answer_that_a_source_gives_is_said_to_be_its(work: Asked, alice: User, bob: User):
    hand_in(work.quiz, alice, {NIGHTS: {"number": "900"}})
    hand_in(work.quiz, bob, {NIGHTS: {"number": "many"}})
    nights = analysis_of(work.quiz).items[0]
    assert given(nights) == {"900 nights": (1, False, "Coast Post"), "many": (1, False, None)}


def test_of_several_ticks_each_option_is_counted(section: Section, alice: User, bob: User):
    film = factories.make_film()
    options = [{"id": each, "text": each.upper()} for each in "abc"]
    question = factories.make_question(film, type="multiple", content={"options": options}, key={"correct": ["a", "c"]})
    quiz = factories.make_quiz_assignment(section, factories.make_quiz(film, [question]))
    hand_in(quiz, alice, {1: {"options": ["a", "b"]}})
    hand_in(quiz, bob, {1: {"options": ["a", "c"]}})
    item = analysis_of(quiz).items[0]
    assert given(item) == {"A": (2, True, None), "C": (1, True, None), "B": (1, False, None)}
    assert item.guess is None


def test_of_many_typed_answers_the_most_given_are_listed_and_the_others_counted(section: Section, work: Asked):
    for place in range(MOST_LISTED + 3):
        student = factories.make_user(f"Typist {place}")
        factories.add_member(section, student)
        hand_in(work.quiz, student, {NIGHTS: {"number": str(place)}})
    last = factories.make_user("Silent")
    factories.add_member(section, last)
    hand_in(work.quiz, last, {})
    *listed, others, empty = analysis_of(work.quiz).items[0].answers
    assert len(listed) == MOST_LISTED
    assert (others.count, others.others) == (3, 3)
    assert (empty.words, empty.count, empty.others) == ("", 1, 0)


def test_the_sentences_say_what_to_look_at(section: Section):
    large = make_large_class(section)
    said = sentences(large.quiz)
    assert said[0].startswith("24 students have handed in. On average they earned 67 %")
    assert "Question 3 was right for those who did badly and wrong for those who did well: look at its key." in said
    assert "At question 3 more gave “Ben” than the right answer: look at its key and its wording." in said
    assert "All who were asked had question 4 right: it tells nobody from anybody." in said
    assert "Question 1: 12 of 24 answered “12 nights”, which no source says." in said
    assert "Question 2: 6 of 24 chose “Ada Lund”, which no source says." in said
    assert "Question 3: nobody chose “Cid”, “Dot”, so they distract nobody." in said


def test_what_a_source_says_is_said_to_be_worth_allowing(section: Section, work: Asked):
    for place in range(4):
        student = factories.make_user(f"Reader {place}")
        factories.add_member(section, student)
        hand_in(work.quiz, student, {NIGHTS: {"number": "900"}})
    said = sentences(work.quiz)
    assert "Question 1: 4 of 4 answered “900 nights”, as Coast Post says: the key may have to allow it." in said


def test_of_a_few_students_no_question_is_called_wrong_for_what_may_be_chance(section: Section):
    large = make_large_class(section, ENOUGH - 1)
    assert not any("who did badly" in each for each in sentences(large.quiz))


# --- Other classes, and at what cost ------------------------------------------------------------------------------


def test_the_same_quiz_in_the_other_classes_of_a_teacher_is_added_where_wanted(
    section: Section, work: Asked, teacher: User, alice: User, charlie: User
):
    hand_in(work.quiz, alice, RIGHT)
    other = factories.make_section(teacher=teacher, students=(charlie,), name="Year 11")
    hand_in(factories.make_quiz_assignment(other, work.quiz.quiz), charlie, {})
    strange = factories.make_section(teacher=factories.make_teacher("Omar"), students=(factories.make_user("Dina"),))
    factories.make_quiz_assignment(strange, work.quiz.quiz)
    as_student = factories.make_section(name="Evening class")
    factories.add_member(as_student, teacher, Role.STUDENT)
    factories.make_quiz_assignment(as_student, work.quiz.quiz)
    own, both = (
        get_quizzes(teacher, section.pk, work.quiz.assignment_id, elsewhere=elsewhere) for elsewhere in (False, True)
    )
    assert [each.assignment.section for each in own] == [section]
    assert [each.assignment.section for each in both] == [section, other]
    assert read(both, Which.FIRST).table.totals.tolist() == [100, 0]


@pytest.mark.parametrize("elsewhere", [False, True])
def test_reading_takes_nine_queries_however_many_have_answered(
    section: Section, work: Asked, teacher: User, alice: User, elsewhere: bool
):
    hand_in(work.quiz, alice, RIGHT)
    found = []
    for _each in range(2):
        with CaptureQueriesContext(connection) as queries:
            quizzes = get_quizzes(teacher, section.pk, work.quiz.assignment_id, elsewhere=elsewhere)
            findings(analyse(read(quizzes, Which.ALL)))
        found.append(len(queries))
        for place in range(3):
            student = factories.make_user(f"More {place}")
            factories.add_member(section, student)
            hand_in(work.quiz, student, {NIGHTS: {"number": str(place)}})
    assert found == [9, 9]


def test_an_answer_is_read_as_it_is_stored(work: Asked, alice: User):
    attempt = hand_in(work.quiz, alice, RIGHT)
    (answer,) = take(work.quiz).answers[work.questions[0].pk]
    assert json.loads(answer.stored or "") == attempt.responses.get(position=NIGHTS).answer
