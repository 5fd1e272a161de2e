"""Answers that a person reads: the queue, the rubric, comments, and what comes of it."""

from datetime import timedelta
from decimal import Decimal

import pytest

from classroom.assignments.models import Assignment, Visit
from classroom.gradebook.actions import Entry, enter_scores
from classroom.gradebook.models import Score
from classroom.people.models import Role, Section, User
from quizzes.delivery.models import AttemptGrade, QuizAssignment
from quizzes.marking import actions
from quizzes.marking.actions import Marking
from quizzes.marking.models import HandGrade, MarkingComment
from quizzes.marking.queries.to_read import answers_to
from tests import factories
from tests.factories import NOW
from tests.quizzes.marking.classes import begin, essay_of, hand_in, quiz_to_mark

FULL = {"r1": Decimal(2), "r2": Decimal(4)}


@pytest.fixture
def quiz(section: Section) -> QuizAssignment:
    return quiz_to_mark(section)


def sent(revision: int = 0, r1: str = "2", r2: str = "3", **more: object) -> dict[str, object]:
    return {"revision": revision, "level-r1": r1, "level-r2": r2, **more}


def mark(attempt, by: User, levels=FULL, revision: int = 0, **more) -> HandGrade:
    marking = Marking(levels, **more)
    return actions.mark_answer(response=essay_of(attempt), marking=marking, revision=revision, by=by, at=NOW)


def test_points_come_into_the_gradebook_once_all_is_read(
    as_user, teacher: User, alice: User, quiz: QuizAssignment
) -> None:
    attempt = hand_in(quiz, alice)
    assert not Score.objects.exists()
    reply = as_user(teacher).post(f"/responses/{essay_of(attempt).pk}/grade/", sent(feedback="Well seen."))
    assert reply.status_code == 302
    # 1 for the choice, and 5 of the rubric's 6 of 10 points.
    assert Score.objects.get().points == Decimal("9.33")
    grades = list(attempt.grades.values_list("kind", "waiting", "points"))
    assert grades == [("graded", 1, Decimal(1)), ("read", 0, Decimal("9.33"))]
    page = as_user(alice).get(f"/attempts/{attempt.pk}/result/").content.decode()
    assert "Well seen." in page
    assert "Names the keeper" in page
    assert "3 of 4" in page


def test_a_marker_goes_from_answer_to_answer_until_none_waits(
    as_user, teacher: User, alice: User, bob: User, quiz: QuizAssignment
) -> None:
    answers = {essay_of(hand_in(quiz, each)).pk for each in (alice, bob)}
    client = as_user(teacher)
    assignment, version = quiz.assignment_id, essay_of(alice.attempts.get()).version_id
    home = client.get("/home/").content.decode()
    assert "2 answers wait to be read in Year 9" in home
    first = next(pk for pk in answers if f"/responses/{pk}/grade/" in next_link(client, assignment, version))
    reply = client.post(f"/responses/{first}/grade/", sent())
    (other,) = answers - {first}
    assert reply["Location"] == f"/responses/{other}/grade/"
    reply = client.post(f"/responses/{other}/grade/", sent())
    assert reply["Location"] == f"/assignments/{assignment}/quiz/to-grade/{version}/"
    assert "wait to be read in" not in client.get("/home/").content.decode()


def next_link(client, assignment: int, version: int) -> str:
    page = client.get(f"/assignments/{assignment}/quiz/to-grade/{version}/").content.decode()
    return page.partition('class="btn btn-primary" href="')[2].partition('"')[0]


def test_the_order_is_each_marker_s_own_and_stays(section: Section, teacher: User, quiz: QuizAssignment) -> None:

    students = [factories.make_user(f"S{number}") for number in range(8)]
    for each in students:
        factories.add_member(section, each)
        hand_in(quiz, each)
    other = factories.make_teacher("Una")
    factories.add_member(section, other, Role.TEACHER)
    version = essay_of(students[0].attempts.get()).version
    orders = [[line.response.pk for line in answers_to(marker, quiz, version)] for marker in (teacher, teacher, other)]
    assert orders[0] == orders[1]
    assert orders[0] != orders[2]
    assert sorted(orders[0]) == sorted(orders[2])


def test_names_are_hidden_until_the_marker_wants_them(as_user, teacher: User, alice: User, quiz) -> None:
    answer = essay_of(hand_in(quiz, alice))
    client = as_user(teacher)
    pages = (f"/responses/{answer.pk}/grade/", f"/assignments/{quiz.assignment_id}/quiz/to-grade/{answer.version_id}/")
    assert all("Alice" not in client.get(page).content.decode() for page in pages)
    client.post(pages[1], {"names": "show"})
    assert all("Alice" in client.get(page).content.decode() for page in pages)


def test_a_stale_marking_is_answered_with_both_and_overwrites_nothing(
    as_user, section: Section, teacher: User, alice: User, quiz: QuizAssignment
) -> None:
    # trust 10
    answer = essay_of(hand_in(quiz, alice))
    other = factories.make_teacher("Una")
    factories.add_member(section, other, Role.TEACHER)
    as_user(other).post(f"/responses/{answer.pk}/grade/", sent(feedback="From Una."))
    for number in range(10):
        reply = as_user(teacher).post(f"/responses/{answer.pk}/grade/", sent(r1="1", feedback=f"From Tess {number}."))
        page = reply.content.decode()
        assert reply.status_code == 409
        assert "From Una." in page
        assert f"From Tess {number}." in page
        assert 'name="revision" value="1"' in page
    assert HandGrade.objects.get().feedback == "From Una."
    assert as_user(teacher).post(f"/responses/{answer.pk}/grade/", sent(1, feedback="After all.")).status_code == 302
    assert list(HandGrade.objects.values_list("number", "feedback")) == [(1, "From Una."), (2, "After all.")]


def test_the_same_marking_sent_twice_is_stored_once(teacher: User, alice: User, quiz: QuizAssignment) -> None:
    attempt = hand_in(quiz, alice)
    assert mark(attempt, teacher) == mark(attempt, teacher)
    assert HandGrade.objects.count() == 1
    assert attempt.grades.count() == 2


def test_new_points_of_a_comment_hold_for_every_answer_that_bears_it(
    as_user, teacher: User, alice: User, bob: User, quiz: QuizAssignment
) -> None:
    attempts = [hand_in(quiz, each) for each in (alice, bob)]
    answer = essay_of(attempts[0])
    client = as_user(teacher)
    client.post(f"/responses/{answer.pk}/grade/", sent(r2="4", new_comment="Names no source", new_points="-1"))
    comment = MarkingComment.objects.get()
    mark(attempts[1], teacher)
    assert Score.objects.get(student=alice).points == Decimal("9.33")
    assert Score.objects.get(student=bob).points == 11
    page = f"/marking-comments/{comment.pk}/"
    assert client.post(page, {"revision": 1, "points": "-3"}).status_code == 302
    assert Score.objects.get(student=alice).points == 6
    assert Score.objects.get(student=bob).points == 11
    assert list(HandGrade.objects.filter(response=answer).values_list("number", "cause", "points")) == [
        (1, "read", Decimal(5)),
        (2, "comment", Decimal(3)),
    ]
    reply = client.post(page, {"revision": 1, "points": "-2"})
    assert reply.status_code == 409
    assert "gives -3 now" in reply.content.decode()
    assert HandGrade.objects.count() == 3


def test_a_step_that_waits_for_a_pass_is_done_once_the_answer_is_read(
    teacher: User, alice: User, section: Section
) -> None:
    quiz = quiz_to_mark(section, pass_percent=80)
    lesson = factories.make_lesson(quiz.quiz.film, steps=1)
    lesson.steps.update(kind="check", quiz_key=quiz.quiz.key)
    work = factories.make_assignment(section, lesson=lesson)
    Assignment.objects.filter(pk=quiz.assignment_id).update(parent=work)
    quiz.assignment.refresh_from_db()
    visit = Visit.objects.create(assignment=work, student=alice, first_at=NOW, last_at=NOW)
    attempt = hand_in(quiz, alice)
    visit.refresh_from_db()
    assert (visit.steps_done, visit.done_at) == (0, None)
    mark(attempt, teacher)
    visit.refresh_from_db()
    assert (visit.steps_done, visit.done_at is None) == (1, False)


def test_a_score_set_by_hand_stays(teacher: User, alice: User, quiz: QuizAssignment) -> None:
    attempt = hand_in(quiz, alice)
    entry = Entry(alice.pk, 0, (Decimal(3), Decimal(11)))
    enter_scores(assignment=quiz.assignment, entries=[entry], by=teacher, at=NOW)
    mark(attempt, teacher)
    score = Score.objects.get()
    assert (score.points, score.earned_points, score.by_hand) == (3, 11, True)


def test_points_and_words_show_only_when_the_quiz_tells_them(
    as_user, teacher: User, alice: User, section: Section
) -> None:
    # trust 37
    never = {"score_told": "released", "marks_told": "released", "key_told": "released", "explanation_told": "released"}
    quiz = quiz_to_mark(section, **never)
    attempt = hand_in(quiz, alice)
    mark(attempt, teacher, feedback="canary-feedback")
    client = as_user(alice)
    for page in (f"/attempts/{attempt.pk}/result/", "/home/", "/scores/", f"/assignments/{quiz.assignment_id}/quiz/"):
        text = client.get(page).content.decode()
        assert "canary-feedback" not in text
        assert "<strong>11</strong>" not in text
        assert "Points to the log" not in text
    QuizAssignment.objects.filter(pk=quiz.pk).update(released_at=NOW)
    page = client.get(f"/attempts/{attempt.pk}/result/").content.decode()
    assert "canary-feedback" in page
    assert "<strong>11</strong> of 11" in page


def test_assistants_mark_where_the_class_lets_them(
    as_user, section: Section, alice: User, quiz: QuizAssignment
) -> None:
    answer = essay_of(hand_in(quiz, alice))
    assistant = factories.make_user("Ravi")
    factories.add_member(section, assistant, Role.ASSISTANT)
    page = f"/responses/{answer.pk}/grade/"
    assert as_user(assistant).get(page).status_code == 404
    assert as_user(assistant).get(f"/classes/{section.pk}/to-grade/").status_code == 404
    Section.objects.filter(pk=section.pk).update(assistants_grade=True)
    assert as_user(assistant).get(f"/classes/{section.pk}/to-grade/").status_code == 200
    assert as_user(assistant).post(page, sent()).status_code == 302
    assert HandGrade.objects.get().by == assistant


def test_what_is_not_filled_in_comes_back_with_what_was(as_user, teacher: User, alice: User, quiz) -> None:
    answer = essay_of(hand_in(quiz, alice))
    reply = as_user(teacher).post(
        f"/responses/{answer.pk}/grade/", {"revision": 0, "level-r1": "2", "feedback": "Kept.", "new_points": "1"}
    )
    page = reply.content.decode()
    assert reply.status_code == 422
    assert "Choose what it gives." in page
    assert "Say what the points are for." in page
    assert "Kept." in page
    assert not HandGrade.objects.exists()


def test_an_answer_under_way_or_of_another_kind_is_not_there(as_user, teacher: User, alice: User, bob: User, quiz):
    under_way = begin(quiz, alice)
    choice = hand_in(quiz, bob).responses.get(version__type="choice")
    for response in (essay_of(under_way), choice):
        assert as_user(teacher).get(f"/responses/{response.pk}/grade/").status_code == 404


def test_pages_cost_the_same_for_one_answer_and_for_three(
    as_user, count_queries, section: Section, teacher: User, quiz: QuizAssignment
) -> None:
    def add(number: int) -> None:
        student = factories.make_user(f"S{number}")
        factories.add_member(section, student)
        mark(hand_in(quiz, student), teacher)
        later = factories.make_user(f"T{number}")
        factories.add_member(section, later)
        hand_in(quiz, later)

    add(0)
    answer = essay_of(quiz.attempts.first())
    client = as_user(teacher)
    pages = [
        f"/classes/{section.pk}/to-grade/",
        f"/assignments/{quiz.assignment_id}/quiz/to-grade/{answer.version_id}/",
        f"/responses/{answer.pk}/grade/",
    ]
    one = [count_queries(client, page) for page in pages]
    add(1)
    add(2)
    assert [count_queries(client, page) for page in pages] == one


def test_a_later_grading_stands_last_though_its_request_came_first(teacher: User, alice: User, quiz) -> None:
    attempt = hand_in(quiz, alice)
    early = NOW - timedelta(minutes=5)
    actions.mark_answer(response=essay_of(attempt), marking=Marking(FULL), revision=0, by=teacher, at=early)
    assert AttemptGrade.objects.order_by("at", "pk").last().kind == "read"
