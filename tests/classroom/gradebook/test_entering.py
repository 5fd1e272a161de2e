"""Typing scores: a column at a time or one alone, with nothing lost and nothing overwritten unseen."""

from decimal import Decimal

import pytest
from django.urls import reverse

from classroom.assignments.models import Assignment
from classroom.gradebook.entry import NotAScore, read_amount
from classroom.gradebook.models import ColumnSettings, Score, ScoreEvent
from classroom.people.models import Section
from tests import factories
from tests.classroom.gradebook.test_gradebook import give

TEN = Decimal(10)


@pytest.fixture
def work(section: Section) -> Assignment:
    assignment = factories.make_assignment(section)
    ColumnSettings.objects.create(assignment=assignment, out_of=10)
    return assignment


def column(work: Assignment) -> str:
    return reverse("classroom:gradebook_column", args=[work.section_id, work.pk])


def score_page(work: Assignment, student) -> str:  # type: ignore[no-untyped-def]
    return reverse("classroom:score", args=[work.section_id, work.pk, student.pk])


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("7", (Decimal(7), TEN)),
        (" 7,5 ", (Decimal("7.5"), TEN)),
        ("75 %", (Decimal("7.50"), TEN)),
        ("7/8", (Decimal(7), Decimal(8))),
        ("0", (Decimal(0), TEN)),
        ("٣", (Decimal(3), TEN)),
    ],
)
def test_a_score_is_read_as_people_write_it(typed: str, amount: tuple[Decimal, Decimal]) -> None:
    assert read_amount(typed, TEN) == amount


@pytest.mark.parametrize("typed", ["", "x", "-1", "11", "7.123", "101 %", "9/8", "1e3", "1/0", "=1", "NaN"])
def test_what_is_no_score_is_refused(typed: str) -> None:
    with pytest.raises(NotAScore):
        read_amount(typed, TEN)


def test_points_without_a_whole_are_refused() -> None:
    with pytest.raises(NotAScore):
        read_amount("7", None)


def test_a_column_is_saved_in_one_go_and_leaves_the_rest(as_user, work, teacher, alice, bob) -> None:  # type: ignore[no-untyped-def]
    data = {
        f"points-{alice.pk}": "7.5",
        f"base-{alice.pk}": "0:",
        f"points-{bob.pk}": "",
        f"base-{bob.pk}": "0:",
    }
    assert as_user(teacher).post(column(work), data).status_code == 302
    score = Score.objects.get(points__isnull=False)
    assert (score.student, score.points, score.out_of, score.by_hand) == (alice, Decimal("7.5"), 10, True)
    assert ScoreEvent.objects.get().by == teacher


def test_a_stale_save_is_refused_with_both_values_and_the_rest_is_saved(as_user, work, teacher, alice, bob) -> None:  # type: ignore[no-untyped-def]
    # trust 10
    first = {f"points-{alice.pk}": "7", f"base-{alice.pk}": "0:"}
    second = {
        f"points-{alice.pk}": "4",
        f"base-{alice.pk}": "0:",
        f"points-{bob.pk}": "5",
        f"base-{bob.pk}": "0:",
    }
    client = as_user(teacher)
    assert client.post(column(work), first).status_code == 302
    reply = client.post(column(work), second)
    assert reply.status_code == 409
    page = reply.content.decode()
    assert "it is now 7, and you typed 4" in page
    assert {each.student: each.points for each in Score.objects.all()} == {alice: 7, bob: 5}
    again = {each.student: each for each in reply.context["rows"]}
    assert (again[alice].typed, again[alice].base) == ("4", "1:7")
    assert client.post(column(work), {f"points-{alice.pk}": "4", f"base-{alice.pk}": "1:7"}).status_code == 302
    assert Score.objects.get(student=alice).points == 4


def test_one_tab_never_overwrites_what_another_saved(as_user, work, teacher, alice) -> None:  # type: ignore[no-untyped-def]
    # trust 10
    client = as_user(teacher)
    give(work, alice, 5, by_hand=True)
    for number in range(50):
        revision = Score.objects.get().revision
        fresh = {f"points-{alice.pk}": f"{number % 7}.5", f"base-{alice.pk}": f"{revision}:x"}
        assert client.post(column(work), fresh).status_code == 302
        stale = {f"points-{alice.pk}": f"{number % 7}.25", f"base-{alice.pk}": f"{revision}:x"}
        assert client.post(column(work), stale).status_code == 409
        assert Score.objects.get().points == Decimal(f"{number % 7}.5")


def test_who_changes_nothing_overwrites_nothing(as_user, work, teacher, alice) -> None:  # type: ignore[no-untyped-def]
    give(work, alice, 9, by_hand=True, revision=4)
    untouched = {f"points-{alice.pk}": "5", f"base-{alice.pk}": "3:5"}
    assert as_user(teacher).post(column(work), untouched).status_code == 302
    assert Score.objects.get().points == 9


def test_errors_keep_what_was_typed(as_user, work, teacher, alice, bob) -> None:  # type: ignore[no-untyped-def]
    data = {
        f"points-{alice.pk}": "<b>seven</b>",
        f"base-{alice.pk}": "0:",
        f"points-{bob.pk}": "6",
        f"base-{bob.pk}": "0:",
    }
    reply = as_user(teacher).post(column(work), data)
    page = reply.content.decode()
    assert reply.status_code == 422
    assert 'value="&lt;b&gt;seven&lt;/b&gt;"' in page
    assert "Write it as 7.5" in page
    assert Score.objects.get(points__isnull=False).student == bob


def test_to_replace_what_was_earned_needs_a_reason(as_user, work, teacher, alice) -> None:  # type: ignore[no-untyped-def]
    give(work, alice, 5)
    data = {f"points-{alice.pk}": "8", f"base-{alice.pk}": "1:5"}
    client = as_user(teacher)
    assert client.post(column(work), data).status_code == 422
    assert client.post(column(work), {**data, "reason": "Explained it aloud."}).status_code == 302
    assert ScoreEvent.objects.get().reason == "Explained it aloud."
    assert client.post(column(work), {f"points-{alice.pk}": "", f"base-{alice.pk}": "2:8"}).status_code == 302
    assert Score.objects.get().points == 5
    assert client.post(column(work), {f"points-{alice.pk}": "", f"base-{alice.pk}": "3:5"}).status_code == 422


def test_the_page_of_one_score_tells_its_whole_history(as_user, section, teacher, alice) -> None:  # type: ignore[no-untyped-def]
    quiz = factories.make_quiz_assignment(section)
    give(quiz.assignment, alice, 5)
    client, address = as_user(teacher), score_page(quiz.assignment, alice)
    data = {"points": "8", "reason": "Explained it aloud.", "feedback": "Well argued.", "revision": "1"}
    assert client.post(address, {**data, "reason": ""}).status_code == 422
    assert client.post(address, data).status_code == 302
    page = client.get(address).content.decode()
    for words in ("8 of 10", "5 of 10", "Explained it aloud.", "Well argued.", "Tess"):
        assert words in page
    assert reverse("quizzes:responses", args=[quiz.assignment_id]) in page
    taken_back = {"points": "", "feedback": "Well argued.", "revision": "2"}
    assert client.post(address, taken_back).status_code == 302
    score = Score.objects.get()
    assert (score.points, score.feedback, score.by_hand) == (5, "Well argued.", False)


def test_a_stale_score_is_refused_with_both_values(as_user, work, teacher, alice) -> None:  # type: ignore[no-untyped-def]
    # trust 10
    give(work, alice, 5, by_hand=True, revision=2, feedback="Kept.")
    reply = as_user(teacher).post(score_page(work, alice), {"points": "3", "feedback": "Mine.", "revision": "1"})
    page = reply.content.decode()
    assert reply.status_code == 409
    assert "it is now 5, and you typed 3" in page
    assert "Kept." in page
    assert "Mine." in page
    assert Score.objects.get().feedback == "Kept."


@pytest.mark.parametrize("page", ["column", "score"])
def test_the_number_of_queries_does_not_grow_with_rows(  # type: ignore[no-untyped-def]
    as_user, section, work, teacher, alice, count_queries, page: str
) -> None:
    address = column(work) if page == "column" else score_page(work, alice)
    give(work, alice, 5)
    few = count_queries(as_user(teacher), address)
    for name in ("Dina", "Eli"):
        student = factories.make_user(name)
        factories.add_member(section, student)
        give(work, student, 6)
        ScoreEvent.objects.create(
            assignment=work, student=alice, kind="overridden", points=6, out_of=10, by=teacher, at=factories.NOW
        )
    assert count_queries(as_user(teacher), address) == few
