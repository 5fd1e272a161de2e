"""A step is done by its rule, progress is kept as the student goes, and they go on where they left off."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from classroom.assignments import actions, activities, queries
from classroom.assignments.completion import LONGEST, Rule, asked_of
from classroom.assignments.models import Assignment, StepProgress, Visit
from classroom.discussions.models import Decision, Post
from classroom.lessons.models import Lesson, Step
from classroom.moderation.actions import decide
from classroom.people.models import Section, User
from quizzes.delivery.actions import start_attempt, submit_attempt
from quizzes.delivery.models import Attempt
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson() -> Lesson:
    return factories.make_lesson(factories.make_film(), steps=3)


@pytest.fixture
def work(section: Section, lesson: Lesson) -> Assignment:
    return factories.make_assignment(section, lesson=lesson)


def page_of(work: Assignment, **query: object) -> str:
    address = reverse("classroom:lesson_work", args=[work.pk])
    return f"{address}?{'&'.join(f'{name}={value}' for name, value in query.items())}"


def read(client: Client, work: Assignment, **query: object) -> str:
    reply = client.get(page_of(work, **query))
    assert reply.status_code == 200
    return reply.content.decode()


def set_step(lesson: Lesson, position: int, **fields: object) -> Step:
    Step.objects.filter(lesson=lesson, position=position).update(**fields)
    return Step.objects.get(lesson=lesson, position=position)


def done_steps(work: Assignment, student: User) -> list[bool]:
    return [each.is_done for each in queries.step_table(work, [student]).way_of(student.pk).states]


# --- The rules ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"kind": "read"}, Rule.OPENED),
        ({"kind": "warm-up", "answer": "short"}, Rule.ANSWERED),
        ({"kind": "warm-up", "answer": "short", "completion": "opened"}, Rule.OPENED),
        ({"kind": "read", "completion": "3 minutes"}, Rule.TIME),
        ({"kind": "check", "quiz_key": "lamp"}, Rule.CHECK),
        ({"kind": "check", "quiz_key": "another"}, Rule.OPENED),
        ({"kind": "discuss", "prompt_key": "talk"}, Rule.POSTED),
        ({"kind": "discuss", "prompt_key": "talk", "completion": "opened"}, Rule.OPENED),
        ({"kind": "discuss", "prompt_key": "another", "completion": "posted"}, Rule.OPENED),
        ({"kind": "exit-ticket", "answer": "long", "completion": "answered"}, Rule.ANSWERED),
    ],
)
def test_a_step_goes_by_its_rule_or_by_its_kind(fields: dict[str, str], rule: Rule) -> None:
    assert asked_of(Step(pk=1, **fields), {"quiz:lamp": 7, "thread:talk": 8}).rule is rule


def test_extensions_are_asked_of_nobody(work: Assignment, lesson: Lesson, alice: User, as_user) -> None:  # type: ignore[no-untyped-def]
    set_step(lesson, 3, kind="extension", answer="long")
    for position in (1, 2):
        read(as_user(alice), work, step=position)
    visit = Visit.objects.get()
    assert (visit.steps_done, visit.steps_asked) == (2, 2)
    assert visit.done_at is not None
    assert "Steps: 2 of 2 done · 1 more if you like" in read(as_user(alice), work)


def test_a_read_step_is_done_once_it_is_opened_and_the_others_are_not(
    work: Assignment, alice: User, bob: User, as_user
) -> None:  # type: ignore[no-untyped-def]
    page = read(as_user(alice), work)
    assert "Steps: 1 of 3 done" in page
    assert "Step 1 of 3" in page
    assert done_steps(work, alice) == [True, False, False]
    assert done_steps(work, bob) == [False, False, False]


def test_a_step_with_an_answer_is_done_once_it_is_saved(work: Assignment, lesson: Lesson, alice: User, as_user) -> None:  # type: ignore[no-untyped-def]
    step = set_step(lesson, 1, answer="short")
    client = as_user(alice)
    assert "Save an answer." in read(client, work, step=1)
    assert done_steps(work, alice)[0] is False
    reply = client.post(
        reverse("classroom:step_answer", args=[work.pk, step.pk]), {"text": "The keeper.", "revision": 0}
    )
    assert reply["Location"].endswith("?step=1#step-1")
    assert done_steps(work, alice)[0] is True


def test_a_check_is_done_once_its_quiz_is_handed_in(
    section: Section, work: Assignment, lesson: Lesson, alice: User
) -> None:
    quiz = factories.make_quiz(lesson.film)
    set_step(lesson, 2, kind="check", quiz_key=quiz.key)
    part = factories.make_quiz_assignment(section, quiz, parent=work)
    attempt = Attempt.objects.create(quiz_assignment=part, student=alice, number=1, started_at=NOW)
    assert done_steps(work, alice)[1] is False
    Attempt.objects.filter(pk=attempt.pk).update(state="submitted", submitted_at=NOW)
    assert done_steps(work, alice)[1] is True


@pytest.mark.parametrize(
    ("names", "state", "done"),
    [
        ("shown", Post.State.HELD, True),
        ("shown", Post.State.PUBLISHED, True),
        ("shown", Post.State.RETURNED, False),
        ("shown", Post.State.DELETED, False),
        # No decision on a sealed post may show beside its author's name.
        ("sealed", Post.State.RETURNED, True),
        ("sealed", Post.State.DELETED, False),
    ],
)
def test_a_discussion_is_done_once_a_post_stands_or_waits(
    section: Section, work: Assignment, lesson: Lesson, alice: User, names: str, state: Post.State, done: bool
) -> None:
    set_step(lesson, 2, kind="discuss", prompt_key="talk")
    part = factories.make_assignment(section, "thread", parent=work, item_key="talk")
    factories.make_post(factories.make_thread(section, assignment=part, names=names), alice, state=state)
    assert done_steps(work, alice)[1] is done


def test_a_step_that_is_done_by_posting_keeps_no_times(
    section: Section, work: Assignment, lesson: Lesson, alice: User, as_user
) -> None:  # type: ignore[no-untyped-def]
    step = set_step(lesson, 2, kind="discuss", prompt_key="talk")
    part = factories.make_assignment(section, "thread", parent=work, item_key="talk")
    factories.make_thread(section, assignment=part, names="sealed")
    for query in ({"step": 2}, {"all": 1}):
        read(as_user(alice), work, **query)
    assert not StepProgress.objects.filter(step=step).exists()


def test_whoever_is_excused_from_the_quiz_or_not_meant_by_it_is_done_by_reading(
    section: Section, work: Assignment, lesson: Lesson, alice: User, bob: User, as_user
) -> None:  # type: ignore[no-untyped-def]
    quiz = factories.make_quiz(lesson.film)
    set_step(lesson, 1, kind="check", quiz_key=quiz.key)
    part = factories.make_quiz_assignment(section, quiz, parent=work).assignment
    factories.make_target(part, alice)
    factories.make_excuse(part, alice)
    for student in (alice, bob):
        read(as_user(student), work, step=1)
        assert done_steps(work, student)[0] is True


# --- Time ---------------------------------------------------------------------------------------------------------


def open_at(work: Assignment, student: User, position: int, seconds: float) -> None:
    """Open a step, so many seconds after the beginning."""
    actions.record_visit(assignment=work, student=student, at=NOW)
    asked = queries.step_table(work, [student]).asked_of(student.pk)
    step = asked[position - 1].step_id
    actions.open_steps(
        assignment=work, student=student, asked=asked, shown=[step], timed=step, at=NOW + timedelta(seconds=seconds)
    )


def tell(work: Assignment, student: User, seconds: int, *, at: float, away: bool = False) -> None:
    """The page of the first step tells how long it was visible."""
    asked = queries.step_table(work, [student]).asked_of(student.pk)
    actions.tell_time(
        assignment=work,
        student=student,
        asked=asked,
        step_id=asked[0].step_id,
        seconds=seconds,
        away=away,
        at=NOW + timedelta(seconds=at),
    )


@pytest.mark.parametrize(("seconds", "done"), [(59, False), (60, True)])
def test_without_a_script_the_time_runs_from_opening_to_moving_on(
    work: Assignment, lesson: Lesson, alice: User, seconds: int, done: bool
) -> None:
    set_step(lesson, 1, completion="1 minute")
    open_at(work, alice, 1, 0)
    open_at(work, alice, 2, seconds)
    assert done_steps(work, alice)[0] is done
    assert StepProgress.objects.get(step__position=1).seconds == seconds


def test_a_lunch_break_does_not_count_whole(work: Assignment, alice: User) -> None:
    open_at(work, alice, 1, 0)
    open_at(work, alice, 2, 7200)
    assert StepProgress.objects.get(step__position=1).seconds == LONGEST.seconds


def test_a_script_is_believed_only_downwards(work: Assignment, lesson: Lesson, alice: User) -> None:  # trust 36
    set_step(lesson, 1, completion="1 minute")
    open_at(work, alice, 1, 0)
    tell(work, alice, 86400, at=20)
    assert StepProgress.objects.get().seconds == 20
    tell(work, alice, 5, at=40)
    assert StepProgress.objects.get().seconds == 25
    tell(work, alice, 100, at=40)
    assert StepProgress.objects.get().seconds == 25
    assert done_steps(work, alice)[0] is False


def test_while_the_page_is_hidden_no_time_runs(work: Assignment, alice: User) -> None:
    open_at(work, alice, 1, 0)
    tell(work, alice, 10, at=10, away=True)
    tell(work, alice, 0, at=300)
    open_at(work, alice, 2, 330)
    assert StepProgress.objects.get(step__position=1).seconds == 40


def test_a_step_that_was_never_opened_takes_no_time(work: Assignment, lesson: Lesson, alice: User, as_user) -> None:  # type: ignore[no-untyped-def]
    # trust 36
    step = set_step(lesson, 2, completion="1 minute")
    address = reverse("classroom:step_time", args=[work.pk, step.pk])
    for _time in range(3):
        assert as_user(alice).post(address, {"seconds": 600}).json()["done"] is False
    assert not StepProgress.objects.filter(seconds__gt=0).exists()


@pytest.mark.parametrize("data", [{}, {"seconds": "-1"}, {"seconds": "soon"}, {"seconds": "9" * 30}])
def test_a_time_that_cannot_be_is_refused(work: Assignment, lesson: Lesson, alice: User, as_user, data: dict) -> None:  # type: ignore[no-untyped-def, type-arg]
    step = lesson.steps.first()
    assert as_user(alice).post(reverse("classroom:step_time", args=[work.pk, step.pk]), data).status_code == 422


def test_steps_that_are_gone_or_of_another_lesson_are_not_there(
    section: Section, work: Assignment, lesson: Lesson, alice: User, as_user
) -> None:  # type: ignore[no-untyped-def]
    gone = set_step(lesson, 3, retired_at=NOW)
    other = factories.make_lesson(lesson.film).steps.first()
    for step in (gone, other):
        address = reverse("classroom:step_time", args=[work.pk, step.pk])
        assert as_user(alice).post(address, {"seconds": 1}).status_code == 404
    for query in ({"step": 3}, {"step": "x"}, {"step": ""}):
        assert as_user(alice).get(page_of(work, **query)).status_code == 404
    assert "Step 1 of 2" in read(as_user(alice), work)


def test_after_the_lesson_has_closed_no_step_is_done_any_more(
    work: Assignment, lesson: Lesson, alice: User, as_user
) -> None:  # type: ignore[no-untyped-def]
    Assignment.objects.update(closes_at=NOW)
    client = as_user(alice)
    for query in ({}, {"all": 1}):
        assert "has closed" in read(client, work, **query)
    client.post(reverse("classroom:step_time", args=[work.pk, lesson.steps.first().pk]), {"seconds": 60})
    assert not StepProgress.objects.exists()


# --- The way through ----------------------------------------------------------------------------------------------


def test_a_student_goes_on_where_they_left_off(work: Assignment, lesson: Lesson, alice: User, as_user) -> None:  # type: ignore[no-untyped-def]
    set_step(lesson, 2, answer="short")
    client = as_user(alice)
    for position in (1, 2):
        read(client, work, step=position)
    assert "Step 2 of 3" in read(client, work)
    assert "Step 3 of 3" in read(client, work, step=3)
    # What is left of the lesson is the answer in the second.
    page = read(client, work, step=3)
    assert "Go on where you left off: “Step 2”" in page


def test_all_on_one_page_opens_every_step_and_times_none(
    work: Assignment, lesson: Lesson, alice: User, as_user
) -> None:  # type: ignore[no-untyped-def]
    set_step(lesson, 2, completion="5 minutes")
    page = read(as_user(alice), work, all=1)
    assert all(f'id="step-{position}"' in page for position in (1, 2, 3))
    assert done_steps(work, alice) == [True, False, True]
    assert not StepProgress.objects.filter(open_since__isnull=False).exists()


def test_a_lesson_is_done_with_its_last_step(work: Assignment, alice: User, as_user) -> None:  # type: ignore[no-untyped-def]
    client = as_user(alice)
    for position in (3, 1):
        read(client, work, step=position)
    assert Visit.objects.get().done_at is None
    page = read(client, work, step=2)
    assert Visit.objects.get().done_at is not None
    assert "Steps: 3 of 3 done" in page


def test_whoever_says_that_they_are_not_through_is_believed(work: Assignment, alice: User, as_user) -> None:  # type: ignore[no-untyped-def]
    client = as_user(alice)
    read(client, work, all=1)
    client.post(reverse("classroom:lesson_done", args=[work.pk]), {"done": "no"})
    read(client, work, all=1)
    assert Visit.objects.get().done_at is None


def test_whoever_says_that_they_are_through_is_done_and_the_teacher_sees_what_is_open(
    work: Assignment, alice: User, as_user
) -> None:  # type: ignore[no-untyped-def]
    client = as_user(alice)
    read(client, work)
    client.post(reverse("classroom:lesson_done", args=[work.pk]), {"done": "yes"})
    (told,) = activities.work_by_pair([work], [alice], {}).values()
    assert (told.state, told.note) == (activities.WorkState.DONE, "finished with 1 of 3 steps")


def test_what_was_done_stays_done_when_the_rule_changes(work: Assignment, lesson: Lesson, alice: User, as_user) -> None:  # type: ignore[no-untyped-def]
    read(as_user(alice), work, step=1)
    set_step(lesson, 1, completion="10 minutes")
    assert done_steps(work, alice)[0] is True


def test_the_lesson_costs_the_same_with_one_step_and_with_ten(
    section: Section, lesson: Lesson, alice: User, as_user, count_queries
) -> None:  # type: ignore[no-untyped-def]
    costs = []
    for steps in (1, 10):
        work = factories.make_assignment(section, lesson=factories.make_lesson(lesson.film, steps=steps))
        client = as_user(alice)
        for query in ({"all": 1}, {"step": 1}):
            client.get(page_of(work, **query))
        costs.append([count_queries(client, page_of(work, **query)) for query in ({"all": 1}, {"step": 1})])
    assert costs[0] == costs[1]


# --- Quizzes and threads of a lesson ------------------------------------------------------------------------------


@pytest.fixture
def to_the_last_step(section: Section, work: Assignment, lesson: Lesson, alice: User, as_user) -> Client:  # type: ignore[no-untyped-def]
    """Alice has come to the last step of three; whatever it leads to is hers to do."""
    client = as_user(alice)
    for position in (1, 2, 3):
        read(client, work, step=position)
    Visit.objects.update(done_at=None, steps_done=2, steps_asked=3)
    StepProgress.objects.filter(step__position=3).delete()
    return client


def test_handing_in_the_quiz_of_the_last_step_settles_the_lesson(
    section: Section, work: Assignment, lesson: Lesson, alice: User, to_the_last_step: Client
) -> None:
    quiz = factories.make_quiz(lesson.film)
    set_step(lesson, 3, kind="check", quiz_key=quiz.key)
    part = factories.make_quiz_assignment(section, quiz, parent=work)
    attempt = start_attempt(quiz_assignment=part, student=alice, at=NOW)
    assert Visit.objects.get(assignment=work).done_at is None
    to_the_last_step.post(reverse("quizzes:submit", args=[attempt.pk]))
    visit = Visit.objects.get(assignment=work)
    attempt.refresh_from_db()
    assert (visit.steps_done, visit.done_at) == (3, attempt.submitted_at)


@pytest.mark.parametrize("names", ["shown", "sealed"])
def test_writing_in_the_thread_of_the_last_step_settles_the_lesson(
    section: Section, work: Assignment, lesson: Lesson, to_the_last_step: Client, names: str
) -> None:
    set_step(lesson, 3, kind="discuss", prompt_key="talk")
    part = factories.make_assignment(section, "thread", parent=work, item_key="talk")
    thread = factories.make_thread(section, assignment=part, names=names)
    looked_at = Visit.objects.get(assignment=work).last_at
    address = reverse("classroom:post_new", args=[thread.pk])
    to_the_last_step.post(address, {"body": "The lamp is a promise.", "key": uuid4()})
    visit, post = Visit.objects.get(assignment=work), Post.objects.get()
    # The time of a sealed post stands nowhere beside a name.
    assert (visit.steps_done, visit.done_at) == (3, looked_at if names == "sealed" else post.created_at)


def test_a_quiz_handed_in_by_who_never_opened_its_lesson_counts_in_it(
    section: Section, work: Assignment, lesson: Lesson, teacher: User, alice: User, bob: User, as_user
) -> None:  # type: ignore[no-untyped-def]
    quiz = factories.make_quiz(lesson.film)
    set_step(lesson, 3, kind="check", quiz_key=quiz.key)
    part = factories.make_quiz_assignment(section, quiz, parent=work)
    attempt = start_attempt(quiz_assignment=part, student=alice, at=NOW)
    as_user(alice).post(reverse("quizzes:submit", args=[attempt.pk]))
    visit = Visit.objects.get(assignment=work)
    attempt.refresh_from_db()
    assert (visit.student, visit.steps_done, visit.steps_asked, visit.done_at) == (alice, 1, 3, None)
    assert visit.first_at == attempt.submitted_at
    table = as_user(teacher).get(reverse("classroom:tracking", args=[section.pk])).content.decode()
    assert table.count("1 of 3 steps") == 1
    # Who opens the page then goes on from there.
    read(as_user(alice), work, step=1)
    assert Visit.objects.get(assignment=work).steps_done == 2


def test_writing_in_a_thread_of_a_lesson_that_was_never_opened_counts_in_it_except_under_seal_and_for_staff(
    section: Section, work: Assignment, lesson: Lesson, teacher: User, alice: User, as_user
) -> None:  # type: ignore[no-untyped-def]
    set_step(lesson, 3, kind="discuss", prompt_key="talk")
    part = factories.make_assignment(section, "thread", parent=work, item_key="talk")
    thread = factories.make_thread(section, assignment=part)
    address = reverse("classroom:post_new", args=[thread.pk])
    as_user(teacher).post(address, {"body": "What is it for?", "key": uuid4()})
    assert not Visit.objects.filter(assignment=work).exists()
    type(thread).objects.update(names="sealed")
    factories.fill_up(section)
    as_user(alice).post(address, {"body": "Under seal.", "key": uuid4()})
    assert thread.posts.filter(author=alice).exists()
    assert not Visit.objects.filter(assignment=work).exists()
    type(thread).objects.update(names="shown")
    as_user(alice).post(address, {"body": "The lamp is a promise.", "key": uuid4()})
    visit = Visit.objects.get(assignment=work)
    assert (visit.student, visit.steps_done) == (alice, 1)


def test_a_post_that_is_hidden_or_returned_no_longer_counts_for_its_teacher(
    section: Section, work: Assignment, lesson: Lesson, teacher: User, to_the_last_step: Client
) -> None:
    set_step(lesson, 3, kind="discuss", prompt_key="talk")
    part = factories.make_assignment(section, "thread", parent=work, item_key="talk")
    thread = factories.make_thread(section, assignment=part)
    address = reverse("classroom:post_new", args=[thread.pk])
    to_the_last_step.post(address, {"body": "The lamp is a promise.", "key": uuid4()})
    post = Post.objects.select_related("thread__assignment", "author").get()
    rule = factories.make_guideline(lesson.film)

    def counted_after(kind: Decision.Kind) -> int:
        post.refresh_from_db()
        against = kind != Decision.Kind.APPROVED
        said = {"rule": rule, "reason": "Be kinder."} if against else {"rule": None, "reason": ""}
        decide(post=post, revision=post.revision, kind=kind, **said, by=teacher, at=NOW)
        return Visit.objects.get(assignment=work).steps_done

    assert Visit.objects.get(assignment=work).steps_done == 3
    assert counted_after(Decision.Kind.APPROVED) == 3
    assert counted_after(Decision.Kind.HIDDEN) == 2
    assert counted_after(Decision.Kind.APPROVED) == 3
    Post.objects.update(state=Post.State.HELD, published_at=None)
    assert counted_after(Decision.Kind.RETURNED) == 2


def test_the_pages_of_a_lessons_quiz_and_thread_lead_back_to_their_step(
    section: Section, work: Assignment, lesson: Lesson, alice: User, as_user
) -> None:  # type: ignore[no-untyped-def]
    quiz = factories.make_quiz(lesson.film)
    set_step(lesson, 2, kind="check", quiz_key=quiz.key)
    set_step(lesson, 3, kind="discuss", prompt_key="talk")
    part = factories.make_quiz_assignment(section, quiz, parent=work)
    talk = factories.make_assignment(section, "thread", parent=work, item_key="talk")
    thread = factories.make_thread(section, assignment=talk)
    attempt = start_attempt(quiz_assignment=part, student=alice, at=NOW)
    submit_attempt(attempt=attempt, by=alice, at=NOW)
    pages = {
        reverse("quizzes:start", args=[part.assignment_id]): 2,
        reverse("quizzes:result", args=[attempt.pk]): 2,
        reverse("classroom:thread", args=[thread.pk]): 3,
    }

    def links(position: int, page: str) -> bool:
        html = as_user(alice).get(page).content.decode()
        assert ("Back to the lesson" in html) is (f'href="{page_of(work, step=position)}#step-{position}"' in html)
        return "Back to the lesson" in html

    assert all(links(position, page) for page, position in pages.items())
    # Where the lesson is taken back, or the step is gone, there is nothing to go back to.
    set_step(lesson, 2, retired_at=NOW)
    assert [links(position, page) for page, position in pages.items()] == [False, False, True]
    Assignment.objects.filter(pk=work.pk).update(withdrawn_at=NOW)
    assert not any(links(position, page) for page, position in pages.items())
