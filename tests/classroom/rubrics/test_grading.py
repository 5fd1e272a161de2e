"""Grading a discussion by its rubric: whom, what they wrote, and what comes of it in the gradebook."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from classroom.discussions.models import Post, PostSource, Thread
from classroom.gradebook.actions import Entry, enter_scores
from classroom.gradebook.models import ColumnSettings, Score, ScoreEvent
from classroom.people.models import Role, User
from classroom.rubrics.models import Assessment, Comment
from tests import factories
from tests.classroom.rubrics.graded import (
    FULL,
    NONE,
    SOME,
    grade,
    grade_with_rubric,
    list_of,
    page_of,
    sent,
    thread_page,
    wrote,
)
from tests.factories import NOW
from tests.test_sealed_names import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(section, teacher) -> Thread:
    thread = factories.make_thread(section, names=Thread.Names.SHOWN)
    grade_with_rubric(thread, teacher)
    return Thread.objects.select_related("assignment__section").get(pk=thread.pk)


@pytest.fixture
def colleague(section) -> User:
    colleague = factories.make_teacher("Una")
    factories.add_member(section, colleague, Role.TEACHER)
    return colleague


def text(client, address: str) -> str:
    reply = client.get(address)
    assert reply.status_code == 200
    return reply.content.decode()


def test_a_grading_goes_into_the_gradebook_and_to_the_student(as_user, teacher, alice, thread) -> None:
    wrote(thread, alice)
    marked = sent(SOME, feedback="Say what the fact shows.")
    assert as_user(teacher).post(page_of(thread, alice), marked).status_code == 302
    score = Score.objects.get()
    assert (score.student, score.points, score.out_of) == (alice, 6, 12)
    page = text(as_user(alice), thread_page(thread))
    assert "<strong>6 of 12</strong>" in page
    assert "Say what the fact shows." in page
    assert "Points to a fact or a passage, and does not say what it shows." in page
    assert reverse("classroom:assignment_thread", args=[thread.assignment_id]) in text(as_user(alice), "/scores/")


def test_the_list_tells_who_is_graded_who_waits_and_who_has_written_nothing(
    as_user, section, teacher, alice, bob, thread
) -> None:
    cleo = factories.make_user("Cleo")
    factories.add_member(section, cleo)
    wrote(thread, alice)
    wrote(thread, bob, state=Post.State.PRIVATE)
    grade(thread, alice, teacher, SOME)
    page = text(as_user(teacher), list_of(thread))
    rows = {re.search(r'">([^<]+)</a>', row)[1]: row for row in page.split('<th scope="row">')[1:]}
    assert list(rows) == ["Alice", "Bob", "Cleo"]
    assert ">graded<" in rows["Alice"]
    assert "6 of 12" in rows["Alice"]
    assert "not graded" in rows["Bob"]
    assert "answered the teachers alone" in rows["Bob"]
    assert "nothing to grade" in rows["Cleo"]
    assert "1 student is not graded yet." in page


def test_a_grader_reads_each_post_with_what_it_answers_and_what_it_rests_on(
    as_user, teacher, alice, bob, thread
) -> None:
    first = wrote(thread, bob, "Nobody should keep it.")
    reply = wrote(thread, alice, "The log says nine nights.", parent=first)
    fact = factories.make_fact(thread.prompt.film, statement="The lamp burned for nine nights.")
    PostSource.objects.create(post=reply, position=1, fact=fact)
    wrote(thread, alice, "This one waits.", state=Post.State.HELD)
    wrote(thread, alice, "This one is gone.", state=Post.State.DELETED)
    page = text(as_user(teacher), page_of(thread, alice))
    assert "Reply to Bob" in page
    assert "Nobody should keep it." in page
    assert "The log says nine nights." in page
    assert "The lamp burned for nine nights." in page
    assert "This one waits." in page
    assert "This one is gone." not in page


def test_saving_goes_on_to_the_next_who_waits_until_nobody_does(as_user, teacher, alice, bob, thread) -> None:
    wrote(thread, alice)
    wrote(thread, bob)
    client = as_user(teacher)
    assert client.post(page_of(thread, alice), sent())["Location"] == page_of(thread, bob)
    assert client.post(page_of(thread, bob), sent())["Location"] == list_of(thread)


def test_names_are_hidden_where_the_grader_wants_it_and_the_order_is_shuffled_then(
    as_user, section, teacher, thread
) -> None:
    students = [factories.make_user(f"Pupil{number:02}") for number in range(12)]
    for each in students:
        factories.add_member(section, each)
        wrote(thread, each)
    client = as_user(teacher)
    shown = re.findall(r"Pupil\d\d", text(client, list_of(thread)))
    assert shown == sorted(shown)
    assert client.post(list_of(thread), {"names": "hide"}).status_code == 302
    page = text(client, list_of(thread))
    assert "Pupil" not in page
    assert "Student 12" in page
    keys = [page_of(thread, each) for each in students]
    assert [each for each in re.findall(r'href="([^"]+/grading/[0-9a-f]{20}/)"', page) if each in keys] != keys
    assert "Pupil" not in text(client, keys[0])


def test_two_who_grade_at_once_are_told_and_see_both(as_user, teacher, colleague, alice, thread) -> None:
    # trust 10
    wrote(thread, alice)
    as_user(colleague).post(page_of(thread, alice), sent(NONE, feedback="From Una."))
    for number in range(5):
        reply = as_user(teacher).post(page_of(thread, alice), sent(FULL, feedback=f"From Tess {number}."))
        page = reply.content.decode()
        assert reply.status_code == 409
        assert "From Una." in page
        assert f"From Tess {number}." in page
        assert 'name="number" value="1"' in page
    assert Score.objects.get().points == 0
    assert as_user(teacher).post(page_of(thread, alice), sent(FULL, number=1)).status_code == 302
    assert list(Assessment.objects.values_list("number", "points")) == [(1, 0), (2, 12)]
    assert Score.objects.get().points == 12


def test_the_same_grading_sent_twice_is_stored_once(as_user, teacher, alice, thread) -> None:
    wrote(thread, alice)
    for _each in range(2):
        assert as_user(teacher).post(page_of(thread, alice), sent(feedback="Good.")).status_code == 302
    assert Assessment.objects.count() == 1
    assert ScoreEvent.objects.count() == 1


@pytest.mark.parametrize(
    "wrong", [{"level-part": ""}, {"level-part": "other"}, {"level-part": "-"}, {"version": "x"}, {"number": "-1"}]
)
def test_what_is_no_grading_is_refused_and_kept_on_the_page(as_user, teacher, alice, thread, wrong) -> None:
    wrote(thread, alice)
    reply = as_user(teacher).post(page_of(thread, alice), sent(feedback="Kept words.") | wrong)
    assert reply.status_code == 422
    assert "Kept words." in reply.content.decode()
    assert not Assessment.objects.exists()
    assert not Score.objects.exists()


def test_a_private_answer_counts_as_taking_part_and_leaves_out_what_it_cannot_do(
    as_user, teacher, alice, thread
) -> None:
    wrote(thread, alice, "For you alone.", state=Post.State.PRIVATE)
    client = as_user(teacher)
    page = text(client, page_of(thread, alice))
    assert "For you alone." in page
    assert 'value="nothing"' not in page
    assert 'value="-" checked' in page
    left_out = {"part": "all", "sources": "-", "others": "-"}
    refused = client.post(page_of(thread, alice), sent(left_out | {"part": "nothing"}))
    assert refused.status_code == 422
    assert client.post(page_of(thread, alice), sent(left_out)).status_code == 302
    assert Score.objects.values_list("points", "out_of").get() == (4, 4)
    assert client.post(page_of(thread, alice), sent(left_out | {"sources": "names"}, number=1)).status_code == 302
    assert Score.objects.values_list("points", "out_of").get() == (6, 8)


def test_whoever_has_done_what_is_asked_starts_with_the_full_points_of_taking_part(
    as_user, teacher, alice, thread
) -> None:
    assert 'value="all" checked' not in text(as_user(teacher), page_of(thread, alice))
    wrote(thread, alice)
    assert 'value="all" checked' in text(as_user(teacher), page_of(thread, alice))


def test_comments_are_offered_again_for_others_in_the_class(as_user, section, teacher, alice, bob, thread) -> None:
    wrote(thread, alice)
    wrote(thread, bob)
    client = as_user(teacher)
    client.post(page_of(thread, alice), sent(new_comment="Ask them back."))
    assert Comment.objects.get().section == section
    assert "Ask them back." in text(client, page_of(thread, bob))
    client.post(page_of(thread, bob), sent(comments=["Ask them back."], new_comment="Ask them back."))
    assert [each.comments for each in Assessment.objects.all()] == [["Ask them back."], ["Ask them back."]]
    assert "Ask them back." in text(as_user(bob), thread_page(thread))
    assert Comment.objects.count() == 1
    other = factories.make_thread(section, names=Thread.Names.SHOWN)
    grade_with_rubric(other, teacher)
    assert "Ask them back." in text(client, page_of(other, alice))


def test_a_score_set_by_hand_stays_and_the_grading_goes_beneath_it(teacher, alice, thread) -> None:
    wrote(thread, alice)
    entry = Entry(alice.pk, 0, (Decimal(3), Decimal(12)))
    enter_scores(assignment=thread.assignment, entries=[entry], by=teacher, at=NOW)
    grade(thread, alice, teacher)
    score = Score.objects.get()
    assert (score.points, score.earned_points, score.by_hand) == (3, 12, True)


def test_a_score_set_by_hand_is_told_beside_the_mark_that_counts_no_more(as_user, teacher, alice, thread) -> None:
    wrote(thread, alice)
    grade(thread, alice, teacher, SOME)
    client = as_user(alice)
    assert "another score by hand" not in text(client, thread_page(thread))
    entry = Entry(alice.pk, Score.objects.get().revision, (Decimal(9), Decimal(12)))
    enter_scores(assignment=thread.assignment, entries=[entry], by=teacher, at=NOW)
    page = text(client, thread_page(thread))
    assert "<strong>6 of 12</strong>" in page
    assert "Your teacher has set another score by hand. That one counts." in page


def test_a_grader_is_told_that_students_do_not_see_the_marks_yet_and_where_they_are_released(
    as_user, section, teacher, alice
) -> None:
    thread = factories.make_thread(section)
    grade_with_rubric(thread, teacher, hidden=True)
    assistant = factories.make_user("Ravi")
    factories.add_member(section, assistant, Role.ASSISTANT)
    section.assistants_grade = True
    section.save()
    told, way = "Students do not see these scores and this feedback yet.", "Release them in the gradebook"
    page = text(as_user(teacher), list_of(thread))
    assert told in page
    assert way in page
    page = text(as_user(assistant), list_of(thread))
    assert told in page
    assert way not in page
    ColumnSettings.objects.update(hidden=False)
    assert told not in text(as_user(teacher), list_of(thread))


def test_a_mark_that_is_hidden_shows_nowhere_before_it_is_released(as_user, teacher, alice, section) -> None:
    # trust 37
    thread = factories.make_thread(section)
    grade_with_rubric(thread, teacher, hidden=True)
    thread = Thread.objects.select_related("assignment__section").get(pk=thread.pk)
    wrote(thread, alice)
    grade(thread, alice, teacher, SOME, feedback="canary-feedback", comments=["canary-comment"])
    client = as_user(alice)
    pages = (thread_page(thread), "/home/", "/scores/", reverse("classroom:own_copy"))
    for page in pages:
        reply = client.get(page)
        content = text_of(reply)
        assert reply.status_code == 200
        assert "canary" not in content
        assert "6 of 12" not in content
    column = reverse("classroom:gradebook_column", args=[section.pk, thread.assignment_id])
    basis = re.search(r'name="basis" value="(\w+)"', text(as_user(teacher), column))[1]
    release = reverse("classroom:scores_release", args=[section.pk, thread.assignment_id])
    as_user(teacher).post(release, {"hidden": "no", "basis": basis})
    assert not ColumnSettings.objects.get().hidden
    page = text(client, thread_page(thread))
    assert "canary-feedback" in page
    assert "canary-comment" in page


def test_a_teacher_finds_what_a_score_is_made_of_and_the_way_to_change_it(
    as_user, section, teacher, alice, thread
) -> None:
    wrote(thread, alice)
    grade(thread, alice, teacher, SOME)
    page = text(as_user(teacher), reverse("classroom:score", args=[section.pk, thread.assignment_id, alice.pk]))
    assert "Uses the sources: 2 of 4" in page
    assert page_of(thread, alice) in page
    assistant = factories.make_user("Ravi")
    factories.add_member(section, assistant, Role.ASSISTANT)
    shown = text(as_user(assistant), reverse("classroom:student", args=[section.pk, alice.pk]))
    assert "2 of 4" not in shown


def test_assistants_grade_where_the_class_lets_them(as_user, section, alice, thread) -> None:
    assistant = factories.make_user("Ravi")
    factories.add_member(section, assistant, Role.ASSISTANT)
    wrote(thread, alice)
    client = as_user(assistant)
    assert client.get(list_of(thread)).status_code == 404
    assert client.post(page_of(thread, alice), sent()).status_code == 404
    assert "Grade</a>" not in text(client, thread_page(thread))
    section.assistants_grade = True
    section.save()
    assert client.post(page_of(thread, alice), sent()).status_code == 302
    assert "Grade</a>" in text(client, thread_page(thread))


def test_only_whom_the_list_names_can_be_graded_and_only_there(
    as_user, section, teacher, alice, charlie, thread
) -> None:
    # trust 13
    other = factories.make_thread(section)
    client = as_user(teacher)
    stranger = page_of(thread, charlie)
    elsewhere = page_of(other, alice).replace(f"/{other.assignment_id}/", f"/{thread.assignment_id}/")
    for address in (stranger, elsewhere, page_of(other, alice), list_of(other)):
        assert client.get(address).status_code == 404
        assert client.post(address, sent()).status_code == 404
    assert not Assessment.objects.exists()


def test_who_has_written_in_two_groups_has_the_better_of_two_marks(as_user, section, teacher, alice, bob) -> None:
    assignment = factories.make_assignment(section, "thread", title="Talk")
    groups = [factories.make_group(section, bob, name="North"), factories.make_group(section, alice, name="South")]
    threads = [
        factories.make_thread(section, assignment=assignment, together="groups", group=each, names=Thread.Names.SHOWN)
        for each in groups
    ]
    grade_with_rubric(threads[0], teacher)
    for each in threads:
        wrote(each, alice)
    page = text(as_user(teacher), list_of(threads[0]))
    assert page.count(">Alice</a>") == 2
    assert "North" in page
    grade(threads[1], alice, teacher, SOME)
    grade(threads[0], alice, teacher, NONE)
    assert Score.objects.get().points == 6


def test_what_was_done_late_is_late_in_the_gradebook(teacher, alice, thread) -> None:
    assignment = thread.assignment
    assignment.due_at = NOW
    assignment.save()
    wrote(thread, alice, created_at=NOW + timedelta(days=1))
    wrote(thread, alice, "And more.", created_at=NOW + timedelta(days=5))
    grade(thread, alice, teacher)
    assert Score.objects.get().done_at == NOW + timedelta(days=1)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_of_grading_cost_the_same_however_many_there_are(
    as_user, count_queries, section, teacher, alice, thread, rows
) -> None:
    client = as_user(teacher)
    text(client, page_of(thread, alice))
    for number in range(rows):
        student = factories.make_user(f"S{number}")
        factories.add_member(section, student)
        first = wrote(thread, alice)
        PostSource.objects.create(post=first, position=1, fact=factories.make_fact(thread.prompt.film))
        wrote(thread, student, parent=first)
        wrote(thread, alice, parent=wrote(thread, student))
        grade(thread, student, teacher)
    counts = [count_queries(client, each) for each in (list_of(thread), page_of(thread, alice))]
    assert counts == [11, 16]
