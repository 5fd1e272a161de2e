"""A wrong key is mended: what would change is shown, what changes is told, and nothing else does."""

import re
from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from classroom.assignments.models import Assignment, AssignmentOverride, Visit
from classroom.gradebook.actions import Entry, enter_scores
from classroom.gradebook.models import ColumnSettings, Score
from classroom.people.models import Section, User
from quizzes.bank import actions as bank
from quizzes.bank.models import AnswerKey, QuestionVersion
from quizzes.delivery.actions import change_settings, release, start_attempt, submit_attempt
from quizzes.delivery.models import AttemptGrade, QuizAssignment, ResponseGrade
from quizzes.delivery.showing import Tell
from quizzes.delivery.sweep import settle_told_scores
from quizzes.marking import actions
from quizzes.marking.actions import Decision, Marking
from quizzes.marking.checking import mismatches
from quizzes.marking.models import Regrade, RegradeNotice
from tests import factories
from tests.factories import NOW
from tests.quizzes.marking.classes import CHOICE, begin, choice_of, essay_of, hand_in, quiz_to_mark

Policy = Regrade.Policy


@pytest.fixture
def quiz(section: Section) -> QuizAssignment:
    return quiz_to_mark(section)


def corrected(version: QuestionVersion, by: User, correct: str = "c") -> QuestionVersion:
    """The next version, with another option right."""
    made = bank.add_version(
        question=version.question,
        type=version.type,
        stem=version.stem,
        content=version.content,
        key={"correct": correct},
        explanation="The log was read anew.",
        points=version.points,
        facts=version.facts.all(),
        by=by,
        at=NOW,
    )
    return QuestionVersion.objects.select_related("answer_key").get(pk=made.pk)


def regrade(quiz: QuizAssignment, version, policy: str, by: User, key=None, expected: int = 0) -> list[Regrade]:
    decision = Decision(version, policy, key, "The log says otherwise.")
    return actions.regrade(quiz_assignments=[quiz], decision=decision, expected={quiz.pk: expected}, by=by, at=NOW)


def points_of(*students: User) -> list[tuple[Decimal, Decimal]]:
    """What each student's last grading gives, in points of points."""
    found = []
    for each in students:
        grade = AttemptGrade.objects.filter(attempt__student=each).order_by("at", "pk").last()
        found.append((grade.points, grade.out_of))
    return found


@pytest.mark.parametrize(
    ("policy", "alice_has", "bob_has"),
    [
        (Policy.NEW_KEY, (0, 1), (1, 1)),
        (Policy.BOTH, (1, 1), (1, 1)),
        (Policy.FULL, (1, 1), (1, 1)),
        (Policy.DROP, (0, 0), (0, 0)),
    ],
)
def test_each_policy_gives_its_due_and_can_be_taken_back(
    section, teacher: User, alice: User, bob: User, policy: str, alice_has, bob_has
) -> None:
    quiz = quiz_to_mark(section)
    for student, option in ((alice, "b"), (bob, "c")):
        hand_in(quiz, student, option, text="")
    version = choice_of(alice.attempts.get()).version
    key = corrected(version, teacher) if policy in (Policy.NEW_KEY, Policy.BOTH) else None
    essay = 10
    assert points_of(alice, bob) == [(1, 1 + essay), (0, 1 + essay)]
    (made,) = regrade(quiz, version, policy, teacher, key)
    assert points_of(alice, bob) == [(alice_has[0], alice_has[1] + essay), (bob_has[0], bob_has[1] + essay)]
    assert made.changed == sum(now != before for now, before in ((alice_has, (1, 1)), (bob_has, (0, 1))))
    assert [score.earned for score in Score.objects.order_by("student")] == points_of(alice, bob)
    assert not mismatches()
    regrade(quiz, version, Policy.AS_ASKED, teacher, expected=1)
    assert points_of(alice, bob) == [(1, 1 + essay), (0, 1 + essay)]
    assert not mismatches()


def test_the_same_regrade_thrice_changes_nothing_more(teacher: User, alice: User, quiz: QuizAssignment) -> None:
    # trust 11
    hand_in(quiz, alice, "c", text="")
    version = choice_of(alice.attempts.get()).version
    key = corrected(version, teacher)
    assert len(regrade(quiz, version, Policy.NEW_KEY, teacher, key)) == 1
    counts = Regrade.objects.count(), AttemptGrade.objects.count(), ResponseGrade.objects.count()
    for expected in (0, 1):
        assert regrade(quiz, version, Policy.NEW_KEY, teacher, key, expected) == []
    assert (Regrade.objects.count(), AttemptGrade.objects.count(), ResponseGrade.objects.count()) == counts


def test_an_attempt_handed_in_later_goes_by_the_new_key(teacher: User, alice: User, bob: User, quiz) -> None:
    hand_in(quiz, alice, text="")
    under_way = begin(quiz, bob, "c", text="")
    version = choice_of(under_way).version
    regrade(quiz, version, Policy.NEW_KEY, teacher, corrected(version, teacher))
    submit_attempt(attempt=under_way, by=bob, at=NOW)
    assert points_of(alice, bob) == [(0, 11), (1, 11)]
    assert not mismatches()


def test_scores_set_by_hand_stay(teacher: User, alice: User, quiz: QuizAssignment) -> None:
    hand_in(quiz, alice, text="")
    score = Score.objects.get()
    entry = Entry(alice.pk, score.revision, (Decimal(7), Decimal(11)))
    enter_scores(assignment=quiz.assignment, entries=[entry], by=teacher, at=NOW)
    version = choice_of(alice.attempts.get()).version
    regrade(quiz, version, Policy.NEW_KEY, teacher, corrected(version, teacher))
    score.refresh_from_db()
    assert (score.points, score.earned_points, score.by_hand) == (7, 0, True)


def test_a_teacher_mends_a_key_with_a_preview(
    as_user, section: Section, teacher: User, alice: User, bob: User, quiz: QuizAssignment
) -> None:
    hand_in(quiz, alice, text="")
    hand_in(quiz, bob, "c", text="")
    version = choice_of(alice.attempts.get()).version
    client, page = as_user(teacher), f"/assignments/{quiz.assignment_id}/quiz/regrade/{version.pk}/"
    assert page in client.get(f"/assignments/{quiz.assignment_id}/quiz/regrade/").content.decode()
    fields = {"stem": version.stem, "points": "1", "explanation": "Read anew.", "facts": "", "right": "C nights"}
    reply = client.post(f"{page}key/", {**fields, "wrong": "A nights\nB nights\nD nights"})
    new = QuestionVersion.objects.select_related("answer_key").latest("pk")
    assert reply["Location"] == f"{page}?corrected={new.pk}&policy=new-key"
    assert new.answer_key.key == {"correct": "c"}
    assert new.question.owner == teacher
    sent = {"policy": "new-key", "corrected": new.pk, "reason": "The log says C.", "expected": f"{quiz.pk}:0"}
    preview = client.post(page, sent).content.decode()
    assert "2 of 2 attempts" in preview
    assert "<td>1 of 11</td>" in preview
    assert not Regrade.objects.exists()
    reply = client.post(page, {**sent, "apply": "yes"}, follow=True)
    assert "2 attempts have other points" in reply.content.decode()
    assert points_of(alice, bob) == [(0, 11), (1, 11)]
    assert f'href="/questions/{new.question_id}/"' in reply.content.decode()
    bank.publish(question=new.question, version=new, by=teacher, at=NOW)
    assert f'href="/questions/{new.question_id}/"' not in client.get(page).content.decode()
    reply = client.post(page, {**sent, "apply": "yes", "policy": "full"})
    assert reply.status_code == 409
    assert "Somebody else has decided" in reply.content.decode()
    assert Regrade.objects.count() == 1


def test_a_preview_calls_less_what_is_a_smaller_share(as_user, teacher: User, alice, bob, section: Section) -> None:
    film = factories.make_film()
    quiz = factories.make_quiz_assignment(section, factories.make_quiz(film, 3))
    dropped = quiz.quiz.items.get(position=2).question.published

    def answer(student: User, *right: int) -> None:
        attempt = start_attempt(quiz_assignment=quiz, student=student, at=NOW)
        for response in attempt.responses.select_related("version__answer_key"):
            key = response.version.answer_key.key["correct"]
            wrong = next(each["id"] for each in response.version.content["options"] if each["id"] != key)
            is_right = response.version_id == dropped.pk or response.position in right
            attempt.responses.filter(pk=response.pk).update(answer={"option": key if is_right else wrong})
        submit_attempt(attempt=attempt, by=student, at=NOW)

    answer(alice, 1, 2, 3)
    answer(bob)
    page = as_user(teacher).post(
        f"/assignments/{quiz.assignment_id}/quiz/regrade/{dropped.pk}/", {"policy": "drop", "reason": "Unclear."}
    )
    rows = re.findall(r"<tr>(.*?)</tr>", page.content.decode(), re.DOTALL)
    shown = {name: row for name in ("Alice", "Bob") for row in rows if name in row}
    # All of three and all of two are the same; one of three and none of two are not.
    assert "2 of 2" in shown["Alice"]
    assert ">less<" not in shown["Alice"]
    assert ">less<" in shown["Bob"]


def test_students_are_told_why_and_see_the_mended_key(as_user, teacher: User, alice: User, quiz) -> None:
    attempt = hand_in(quiz, alice, "c", text="")
    version = choice_of(attempt).version
    regrade(quiz, version, Policy.NEW_KEY, teacher, corrected(version, teacher))
    page = as_user(alice).get(f"/attempts/{attempt.pk}/result/").content.decode()
    assert "The right answer to this question was mended" in page
    assert "Why: The log says otherwise." in page
    assert "<strong>Right answer:</strong> C nights" in page
    assert "The log was read anew." in page
    assert "B nights" not in page


def test_why_is_told_only_with_the_right_answer(as_user, section: Section, teacher: User, alice: User) -> None:
    # trust 32, 37
    quiz = quiz_to_mark(section, key_told="never", explanation_told="never")
    attempt = hand_in(quiz, alice, "c", text="")
    version = choice_of(attempt).version
    regrade(quiz, version, Policy.NEW_KEY, teacher, corrected(version, teacher))
    page = as_user(alice).get(f"/attempts/{attempt.pk}/result/").content.decode()
    assert "The right answer to this question was mended" in page
    assert "The log says otherwise." not in page


def test_feedback_is_that_of_the_mended_key(as_user, section: Section, teacher: User, alice: User, bob: User) -> None:
    quiz = quiz_to_mark(section)
    version = choice_of(hand_in(quiz, alice, "b", text="")).version
    hand_in(quiz, bob, "c", text="")
    said = {"right": "First key: yes.", "wrong": "First key: no."}
    AnswerKey.objects.filter(version=version).update(feedback=said)
    key = corrected(version, teacher)
    mended = {"right": "Mended: yes.", "answers": [{"to": "b", "text": "Mended: not b."}]}
    AnswerKey.objects.filter(version=key).update(feedback=mended)
    key.answer_key.refresh_from_db()
    # By policy, what each is told of "Mended: yes.", "Mended: not b.", "First key: yes." and "First key: no."
    told = {
        Policy.NEW_KEY: ([False, True, False, False], [True, False, False, False]),
        Policy.BOTH: ([False, False, True, False], [True, False, False, False]),
        Policy.FULL: ([False] * 4, [False] * 4),
        Policy.DROP: ([False] * 4, [False] * 4),
        Policy.AS_ASKED: ([False, False, True, False], [False, False, False, True]),
    }
    for number, (policy, expected) in enumerate(told.items()):
        regrade(quiz, version, policy, teacher, key if policy in (Policy.NEW_KEY, Policy.BOTH) else None, number)
        for student, seen in zip((alice, bob), expected, strict=True):
            page = as_user(student).get(f"/attempts/{student.attempts.get().pk}/result/").content.decode()
            texts = ("Mended: yes.", "Mended: not b.", "First key: yes.", "First key: no.")
            assert [text in page for text in texts] == seen, policy


def test_all_of_a_teacher_s_classes_are_graded_again_when_they_say_so(teacher: User, alice: User, quiz) -> None:
    charlie = factories.make_user("Charlie")
    other = factories.make_section(teacher=teacher, students=(charlie,), name="Year 10")
    second = factories.make_quiz_assignment(other, quiz.quiz)
    stranger = factories.make_teacher("Omar")
    dan = factories.make_user("Dan")
    third = factories.make_quiz_assignment(factories.make_section(teacher=stranger, students=(dan,)), quiz.quiz)
    for each, student in ((quiz, alice), (second, charlie), (third, dan)):
        hand_in(each, student, text="")
    version = choice_of(alice.attempts.get()).version
    client = Client()
    client.force_login(teacher)
    client.post(
        f"/assignments/{quiz.assignment_id}/quiz/regrade/{version.pk}/",
        {"policy": "drop", "reason": "No source says.", "everywhere": "on", "expected": "", "apply": "yes"},
    )
    assert points_of(alice, charlie, dan) == [(0, 10), (0, 10), (1, 11)]


def test_the_step_that_waits_for_a_pass_goes_with_what_is_decided_later(
    section: Section, teacher: User, alice: User, bob: User
) -> None:
    """A regrade, another mark to pass, and the release of what was withheld each count the steps anew."""
    film = factories.make_film()
    made = factories.make_quiz(film, [factories.make_question(film, content=CHOICE)])
    lesson = factories.make_lesson(film, steps=1)
    lesson.steps.update(kind="check", quiz_key=made.key)
    work = factories.make_assignment(section, lesson=lesson)
    quiz = factories.make_quiz_assignment(section, made, parent=work, pass_percent=80)
    version = choice_of(hand_in(quiz, alice, "b")).version
    hand_in(quiz, bob, "c")

    def done() -> dict[str, int]:
        rows = Visit.objects.filter(assignment=work).values_list("student__name", "steps_done")
        return {name: rows_done for name, rows_done in rows if rows_done}

    assert done() == {alice.name: 1}
    regrade(quiz, version, Policy.NEW_KEY, teacher, corrected(version, teacher))
    assert done() == {bob.name: 1}

    def change(**settings: object) -> None:
        quiz.refresh_from_db()
        change_settings(quiz_assignment=quiz, settings=settings, revision=quiz.revision, by=teacher, at=NOW)

    change(pass_percent=None)
    assert done() == {alice.name: 1, bob.name: 1}
    change(pass_percent=80, score_told=Tell.RELEASED)
    # Nobody may know yet who has passed.
    assert done() == {alice.name: 1, bob.name: 1}
    quiz.refresh_from_db()
    release(quiz_assignment=quiz, by=teacher, at=NOW)
    assert done() == {bob.name: 1}


@pytest.mark.parametrize("own", [False, True])
def test_the_step_that_waits_for_a_pass_goes_with_a_score_that_time_makes_known(
    section: Section, teacher: User, alice: User, bob: User, *, own: bool
) -> None:
    now = timezone.now()
    film = factories.make_film()
    made = factories.make_quiz(film, [factories.make_question(film, content=CHOICE)])
    lesson = factories.make_lesson(film, steps=1)
    lesson.steps.update(kind="check", quiz_key=made.key)
    work = factories.make_assignment(section, lesson=lesson)
    quiz = factories.make_quiz_assignment(
        section, made, parent=work, pass_percent=80, score_told=Tell.DUE, due_at=now + timedelta(hours=1)
    )
    hand_in(quiz, alice, "b")
    hand_in(quiz, bob, "c")

    def done() -> set[str]:
        return set(Visit.objects.filter(assignment=work, steps_done=1).values_list("student__name", flat=True))

    assert settle_told_scores() == 0
    assert done() == {alice.name, bob.name}
    if own:
        override = {"student": bob, "due_at": now - timedelta(minutes=1), "created_by": teacher}
        AssignmentOverride.objects.create(assignment=quiz.assignment, **override)
    Assignment.objects.filter(pk=quiz.assignment_id).update(due_at=now - timedelta(minutes=1 if not own else 3000))
    assert settle_told_scores() == 1
    assert done() == {alice.name}
    Assignment.objects.filter(pk=quiz.assignment_id).update(due_at=now - timedelta(days=2))
    AssignmentOverride.objects.all().delete()
    assert settle_told_scores() == 0


def test_full_points_for_an_essay_end_its_waiting(teacher: User, alice: User, quiz: QuizAssignment) -> None:
    attempt = hand_in(quiz, alice)
    assert not Score.objects.exists()
    regrade(quiz, essay_of(attempt).version, Policy.FULL, teacher)
    assert Score.objects.get().points == 11
    assert not mismatches()


def test_a_key_that_does_not_fit_is_refused(teacher: User, alice: User, quiz: QuizAssignment) -> None:
    attempt = hand_in(quiz, alice)
    version = choice_of(attempt).version
    with pytest.raises(actions.NotAllowed):
        regrade(quiz, version, Policy.NEW_KEY, teacher, essay_of(attempt).version)
    with pytest.raises(actions.NotAllowed):
        regrade(quiz, version, Policy.NEW_KEY, teacher)
    assert not Regrade.objects.exists()


def test_the_command_finds_a_grade_that_does_not_follow_and_mends_it(teacher: User, alice: User, quiz) -> None:
    attempt = hand_in(quiz, alice)
    actions.mark_answer(response=essay_of(attempt), marking=Marking({"r1": Decimal(2)}), revision=0, by=teacher, at=NOW)
    out = StringIO()
    call_command("recompute_grades", "--check", stdout=out)
    assert "Every grade follows" in out.getvalue()
    AttemptGrade.objects.filter(attempt=attempt, kind="read").update(points=3)
    with pytest.raises(CommandError):
        call_command("recompute_grades", "--check", stderr=StringIO())
    call_command("recompute_grades", stdout=out)
    call_command("recompute_grades", "--check", stdout=out)


def test_a_preview_costs_the_same_for_one_attempt_and_for_three(
    as_user, section: Section, teacher: User, quiz: QuizAssignment
) -> None:
    def add(number: int) -> None:
        student = factories.make_user(f"S{number}")
        factories.add_member(section, student)
        hand_in(quiz, student)

    add(0)
    version = choice_of(quiz.attempts.first()).version
    client, page = as_user(teacher), f"/assignments/{quiz.assignment_id}/quiz/regrade/{version.pk}/"
    sent = {"policy": "drop", "reason": "No source says.", "expected": ""}

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.post(page, sent).status_code == 200
        return len(queries)

    one = count()
    add(1)
    add(2)
    assert count() == one


def reworded(version: QuestionVersion, by: User) -> QuestionVersion:
    """The question asked from now on with a full stop more; key and ids stay."""
    question = version.question
    question.refresh_from_db()
    published = QuestionVersion.objects.select_related("answer_key", "rewords").get(pk=question.published_id)
    return bank.reword(
        question=question,
        version=published,
        stem=f"{published.stem}.",
        content=published.content,
        explanation="Better explained.",
        hints=[],
        by=by,
        at=NOW,
    )


@pytest.mark.parametrize("named", ["first", "newest"])
@pytest.mark.parametrize("when", ["before", "after", "both"])
def test_a_regrade_reaches_every_wording_whichever_came_first(
    teacher: User, alice: User, bob: User, section: Section, quiz: QuizAssignment, when: str, named: str
) -> None:
    charlie = factories.make_user("Charlie")
    factories.add_member(section, charlie)
    hand_in(quiz, alice, "c", text="")
    version = choice_of(alice.attempts.get()).version
    under_way = begin(quiz, charlie, "c", text="")
    newest = reworded(version, teacher) if when != "after" else version
    hand_in(quiz, bob, "c", text="")
    key = corrected(version, teacher)
    regrade(quiz, newest if named == "newest" else version, Policy.NEW_KEY, teacher, key)
    if when != "before":
        reworded(version, teacher)
    submit_attempt(attempt=under_way, by=charlie, at=NOW)
    dan = factories.make_user("Dan")
    factories.add_member(section, dan)
    later = hand_in(quiz, dan, "c", text="")
    assert choice_of(later).version.number == choice_of(later).version.question.published.number
    assert points_of(alice, bob, charlie, dan) == [(1, 11)] * 4
    assert not mismatches()
    regrade(quiz, choice_of(later).version, Policy.AS_ASKED, teacher, expected=1)
    assert points_of(alice, bob, charlie, dan) == [(0, 11)] * 4
    assert not mismatches()


def test_a_reworded_question_is_mended_from_its_page_in_any_of_its_wordings(
    as_user, teacher: User, alice: User, bob: User, quiz: QuizAssignment
) -> None:
    hand_in(quiz, alice, "c", text="")
    version = choice_of(alice.attempts.get()).version
    newest = reworded(version, teacher)
    hand_in(quiz, bob, "c", text="")
    key, client = corrected(version, teacher), as_user(teacher)
    page = client.get(f"/assignments/{quiz.assignment_id}/quiz/regrade/").content.decode()
    assert f"/regrade/{newest.pk}/" in page
    assert f"/regrade/{version.pk}/" not in page
    for number, asked in enumerate((version, newest)):
        address = f"/assignments/{quiz.assignment_id}/quiz/regrade/{asked.pk}/"
        sent = {"policy": ("new-key", "both")[number], "corrected": key.pk, "reason": "The log says C."}
        preview = client.post(address, sent).content.decode()
        assert ("2 of 2 attempts" if number == 0 else "0 of 2 attempts") in preview
        sent |= {"apply": "yes", "expected": f"{quiz.pk}:{number}"}
        assert client.post(address, sent).status_code == 302
    assert list(Regrade.objects.values_list("version", "number")) == [(version.pk, 1), (version.pk, 2)]
    assert points_of(alice, bob) == [(1, 11)] * 2


def test_the_new_key_is_explained_in_its_newest_words(as_user, teacher: User, alice: User, quiz) -> None:
    attempt = hand_in(quiz, alice, "c", text="")
    version = choice_of(attempt).version
    key = corrected(version, teacher)
    regrade(quiz, version, Policy.NEW_KEY, teacher, key)
    bank.publish(question=version.question, version=key, by=teacher, at=NOW)
    reworded(key, teacher)
    page = as_user(alice).get(f"/attempts/{attempt.pk}/result/").content.decode()
    assert "Better explained." in page
    assert "The log was read anew." not in page


def test_undoing_what_made_an_essay_count_takes_its_score_back_until_it_is_read(
    teacher: User, alice: User, bob: User, quiz: QuizAssignment
) -> None:
    attempt = hand_in(quiz, alice)
    hand_in(quiz, bob)
    version = essay_of(attempt).version
    regrade(quiz, version, Policy.FULL, teacher)
    entry = Entry(bob.pk, Score.objects.get(student=bob).revision, (Decimal(7), Decimal(11)))
    enter_scores(assignment=quiz.assignment, entries=[entry], by=teacher, at=NOW)
    assert Score.objects.get(student=alice).counts == (11, 11)
    regrade(quiz, version, Policy.AS_ASKED, teacher, expected=1)
    assert Score.objects.get(student=alice).counts is None
    assert Score.objects.get(student=bob).counts == (7, 11)
    assert Score.objects.get(student=bob).earned is None
    assert not mismatches()
    actions.mark_answer(response=essay_of(attempt), marking=Marking({"r1": Decimal(2)}), revision=0, by=teacher, at=NOW)
    assert Score.objects.get(student=alice).counts == (Decimal("4.33"), 11)
    assert not mismatches()


def said_at_home(client: Client) -> str:
    return client.get("/home/").content.decode()


def test_a_student_is_told_at_home_until_they_have_looked_why(as_user, teacher, alice, bob, quiz) -> None:
    attempt = hand_in(quiz, alice, text="")
    hand_in(quiz, bob, "a", text="")
    version = choice_of(attempt).version
    student, words = as_user(alice), "a right answer was mended, and your answers were graded again"
    assert words not in said_at_home(student)
    regrade(quiz, version, Policy.NEW_KEY, teacher, corrected(version, teacher))
    assert words in said_at_home(student)
    # Bob's answer was wrong and is wrong still.
    assert words not in said_at_home(as_user(bob))
    notice = RegradeNotice.objects.get()
    assert as_user(bob).get(f"/regrades/{notice.pk}/").status_code == 404
    reply = student.get(f"/regrades/{notice.pk}/", follow=True)
    assert "Why: The log says otherwise." in reply.content.decode()
    assert words not in said_at_home(student)
    regrade(quiz, version, Policy.AS_ASKED, teacher, expected=1)
    assert "a change to a question was taken back" in said_at_home(student)


def test_the_notice_ends_however_the_student_comes_to_the_result(as_user, teacher, alice, quiz) -> None:
    attempt = hand_in(quiz, alice, text="")
    version = choice_of(attempt).version
    regrade(quiz, version, Policy.NEW_KEY, teacher, corrected(version, teacher))
    student = as_user(alice)
    # Where the result waits to be told, to look at its page ends nothing.
    for hidden in ("score_told", "marks_told"):
        QuizAssignment.objects.filter(pk=quiz.pk).update(**{hidden: "released"})
        assert student.get(f"/attempts/{attempt.pk}/result/").status_code == 200
        assert RegradeNotice.objects.get().seen_at is None
        QuizAssignment.objects.filter(pk=quiz.pk).update(**{hidden: "handed-in"})
    assert "graded again" in said_at_home(student)
    assert student.get(f"/attempts/{attempt.pk}/result/").status_code == 200
    assert "graded again" not in said_at_home(student)


@pytest.mark.parametrize("hidden", ["score_told", "marks_told"])
def test_the_page_of_the_quiz_tells_it_too_and_ends_it(as_user, teacher, alice, quiz, hidden: str) -> None:
    attempt = hand_in(quiz, alice, text="")
    version = choice_of(attempt).version
    regrade(quiz, version, Policy.NEW_KEY, teacher, corrected(version, teacher))
    student, page = as_user(alice), f"/assignments/{quiz.assignment_id}/quiz/"
    told = "a right answer was mended, and your answers were graded again"
    QuizAssignment.objects.filter(pk=quiz.pk).update(**{hidden: "released"})
    assert told not in student.get(page).content.decode()
    assert RegradeNotice.objects.get().seen_at is None
    QuizAssignment.objects.filter(pk=quiz.pk).update(**{hidden: "handed-in"})
    assert told in said_at_home(student)
    assert told in student.get(page).content.decode()
    assert told not in said_at_home(student)
    assert told not in student.get(page).content.decode()


@pytest.mark.parametrize("hidden", ["score_told", "marks_told"])
def test_the_page_of_scores_tells_it_too_and_ends_it(as_user, teacher, alice, bob, quiz, hidden: str) -> None:
    attempt = hand_in(quiz, alice, text="")
    hand_in(quiz, bob, text="")
    version = choice_of(attempt).version
    student, page = as_user(alice), "/scores/"
    told = "a right answer was mended, and your answers were graded again"
    assert told not in student.get(page).content.decode()
    regrade(quiz, version, Policy.NEW_KEY, teacher, corrected(version, teacher))
    regrade(quiz, version, Policy.DROP, teacher, expected=1)
    regrade(quiz, version, Policy.NEW_KEY, teacher, corrected(version, teacher), expected=2)
    notices = RegradeNotice.objects.filter(attempt=attempt)
    QuizAssignment.objects.filter(pk=quiz.pk).update(**{hidden: "released"})
    assert told not in student.get(page).content.decode()
    assert not notices.filter(seen_at__isnull=False).exists()
    QuizAssignment.objects.filter(pk=quiz.pk).update(**{hidden: "handed-in"})
    said = student.get(page).content.decode()
    assert said.count(told) == 1
    assert f'href="/regrades/{notices.latest("pk").pk}/"' in said
    assert told not in student.get(page).content.decode()
    assert told not in said_at_home(student)
    assert not notices.filter(seen_at__isnull=True).exists()
    # What the one has seen, the other has not.
    assert told in as_user(bob).get(page).content.decode()


def test_a_hidden_column_keeps_the_news_of_its_scores(as_user, teacher, alice, quiz) -> None:
    # trust 37
    attempt = hand_in(quiz, alice, text="")
    regrade(quiz, choice_of(attempt).version, Policy.DROP, teacher)
    hidden = ColumnSettings.objects.create(assignment=quiz.assignment, hidden=True)
    student = as_user(alice)
    assert "was not in order" not in student.get("/scores/").content.decode()
    assert RegradeNotice.objects.get().seen_at is None
    hidden.delete()
    assert "was not in order" in student.get("/scores/").content.decode()


@pytest.mark.parametrize("hidden", ["score_told", "marks_told"])
def test_what_is_withheld_is_not_given_away_by_the_notice(as_user, section, teacher, alice, hidden: str) -> None:
    # trust 37
    quiz = quiz_to_mark(section, **{hidden: "released"})
    attempt = hand_in(quiz, alice, text="")
    regrade(quiz, choice_of(attempt).version, Policy.DROP, teacher)
    student, notice = as_user(alice), RegradeNotice.objects.get()
    assert "was not in order" not in said_at_home(student)
    assert student.get(f"/regrades/{notice.pk}/").status_code == 404
    release(quiz_assignment=quiz, by=teacher, at=NOW)
    assert "was not in order" in said_at_home(student)


@pytest.mark.parametrize("page", ["/home/", "/scores/"])
def test_a_page_asks_as_much_for_three_regraded_quizzes_as_for_one(
    as_user, section, teacher, alice, quiz, page: str
) -> None:
    client = as_user(alice)

    def add() -> None:
        set_to = factories.make_quiz_assignment(section, quiz.quiz)
        regrade(set_to, choice_of(hand_in(set_to, alice, text="")).version, Policy.DROP, teacher)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert "was not in order" in client.get(page).content.decode()
        RegradeNotice.objects.update(seen_at=None)
        return len(queries)

    add()
    count()
    one = count()
    add()
    add()
    assert count() == one
