"""The steps of a teacher's own lesson are put in order, hidden, taken out and put back."""

import threading

import pytest
from django.db import connection
from django.urls import reverse

from classroom.assignments import queries as assignments
from classroom.assignments.models import StepAnswer
from classroom.lessons import actions
from classroom.lessons.models import Lesson, Step
from classroom.library.models import Film
from classroom.people.models import User
from tests import factories
from tests.classroom.lessons.desk import kit_lesson, own_copy, page, steps_of
from tests.classroom.library.pages import get, text_of


@pytest.fixture
def film(db: None) -> Film:
    return factories.make_film()


@pytest.fixture
def copy(film: Film, teacher: User) -> Lesson:
    return own_copy(kit_lesson(film), teacher)


def titles(lesson: Lesson) -> list[str]:
    return [step.title.removeprefix("Step ") for step in steps_of(lesson)]


def places(lesson: Lesson, *typed: object) -> dict[str, object]:
    steps = steps_of(lesson)
    seen = ",".join(str(step.pk) for step in steps)
    return {"seen": seen, **{f"place-{step.pk}": place for step, place in zip(steps, typed, strict=True)}}


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ((3, 1, 2), ["2", "3", "1"]),
        ((1, 2, 1), ["3", "1", "2"]),
        ((3, 2, 3), ["2", "3", "1"]),
        ((10, 20, 15), ["1", "3", "2"]),
        ((1, 2, 3), ["1", "2", "3"]),
    ],
)
def test_steps_go_to_the_places_that_are_typed(copy: Lesson, teacher: User, as_user, typed, order: list[str]) -> None:  # type: ignore[no-untyped-def]
    assert as_user(teacher).post(page("steps_order", copy), places(copy, *typed)).status_code == 302

    assert titles(copy) == order
    assert [step.position for step in steps_of(copy)] == [1, 2, 3]


def test_a_place_that_is_none_is_explained(copy: Lesson, teacher: User, as_user) -> None:  # type: ignore[no-untyped-def]
    reply = as_user(teacher).post(page("steps_order", copy), places(copy, 2, "x", 1))

    assert reply.status_code == 422
    assert "Enter a whole number" in text_of(reply)
    assert titles(copy) == ["1", "2", "3"]


def test_an_order_of_other_steps_than_there_are_is_refused(copy: Lesson, teacher: User, as_user) -> None:  # type: ignore[no-untyped-def]
    opened = places(copy, 3, 2, 1)
    actions.remove_step(step=steps_of(copy)[1], by=teacher, at=factories.NOW)

    reply = as_user(teacher).post(page("steps_order", copy), opened)

    assert reply.status_code == 409
    assert "changed elsewhere" in text_of(reply)
    assert titles(copy) == ["1", "3"]


def test_a_step_moves_one_place_and_stops_at_the_end(copy: Lesson, teacher: User, as_user) -> None:  # type: ignore[no-untyped-def]
    step, client = steps_of(copy)[0], as_user(teacher)
    for to, order in [
        ("down", ["2", "1", "3"]),
        ("down", ["2", "3", "1"]),
        ("down", ["2", "3", "1"]),
        ("up", ["2", "1", "3"]),
    ]:
        assert client.post(page("step_move", copy, step.pk), {"to": to}).status_code == 302
        assert titles(copy) == order


@pytest.mark.parametrize(("name", "data"), [("step_move", {"to": "left"}), ("step_hide", {}), ("step_remove", {})])
def test_a_button_that_says_nothing_changes_nothing(copy: Lesson, teacher: User, as_user, name: str, data) -> None:  # type: ignore[no-untyped-def]
    assert as_user(teacher).post(page(name, copy, steps_of(copy)[0].pk), data).status_code == 400


def test_a_hidden_step_is_kept_from_students_and_shown_in_the_plan(
    copy: Lesson, section, teacher: User, alice: User, as_user
) -> None:  # type: ignore[no-untyped-def]
    step, client = steps_of(copy)[0], as_user(teacher)
    Step.objects.filter(pk=step.pk).update(title="The drowned man")
    work = reverse("classroom:lesson_work", args=[factories.make_assignment(section, lesson=copy).pk])
    assert "The drowned man" in text_of(get(as_user(alice), work))

    told = client.post(page("step_hide", copy, step.pk), {"hide": "yes"}, follow=True)

    assert "Students no longer see “The drowned man”." in text_of(told)
    assert "The drowned man" not in text_of(get(as_user(alice), work))
    assert "The drowned man" not in text_of(get(client, page("lesson_preview", copy)))
    plan = text_of(get(client, page("lesson_plan", copy)))
    assert "The drowned man" in plan
    assert "hidden from students" in plan
    client.post(page("step_hide", copy, step.pk), {"hide": "no"}, follow=True)
    assert "The drowned man" in text_of(get(as_user(alice), work))


def test_a_hidden_check_is_not_set_with_the_lesson(copy: Lesson, teacher: User, as_user) -> None:  # type: ignore[no-untyped-def]
    quiz, check = copy.quiz_key, steps_of(copy)[1]

    as_user(teacher).post(page("step_hide", copy, check.pk), {"hide": "yes"})
    copy.refresh_from_db()
    assert copy.quiz_key == ""

    as_user(teacher).post(page("step_hide", copy, check.pk), {"hide": "no"})
    copy.refresh_from_db()
    assert copy.quiz_key == quiz


def test_students_count_facts_without_gaps_when_a_step_is_hidden(copy: Lesson, teacher: User) -> None:
    first, last = steps_of(copy)[0], steps_of(copy)[2]
    one, two = factories.make_fact(copy.film), factories.make_fact(copy.film)
    for step, fact in ((first, one), (last, two)):
        Step.objects.filter(pk=step.pk).update(body=f"So.[^{fact.key}]")

    actions.hide_step(step=first, hidden=True, by=teacher, at=factories.NOW)

    first, _second, last = steps_of(copy)
    assert f'href="#fact-{two.key}" class="fact-chip">1</a>' in last.body_html
    assert f'href="#fact-{one.key}" class="fact-chip">2</a>' in first.body_html


def test_what_students_wrote_in_a_step_outlasts_it(copy: Lesson, section, teacher: User, alice: User, as_user) -> None:  # type: ignore[no-untyped-def]
    step, client = steps_of(copy)[0], as_user(teacher)
    work = factories.make_assignment(section, lesson=copy)
    StepAnswer.objects.create(assignment=work, step=step, student=alice, text="A lamp.", saved_at=factories.NOW)

    client.post(page("step_remove", copy, step.pk), {"remove": "yes"})

    assert titles(copy) == ["2", "3"]
    responses = text_of(get(client, reverse("classroom:assignment_responses", args=[work.pk])))
    assert "A lamp." in responses
    assert "Put back" in text_of(get(client, page("lesson_edit", copy)))
    client.post(page("step_remove", copy, step.pk), {"remove": "no"})
    assert titles(copy) == ["2", "3", "1"]
    assert StepAnswer.objects.get().step_id == step.pk


def test_steps_are_taken_out_and_put_back_in_any_number(copy: Lesson, teacher: User) -> None:
    for step in steps_of(copy):
        actions.remove_step(step=step, by=teacher, at=factories.NOW)
        actions.remove_step(step=step, by=teacher, at=factories.NOW)
    assert titles(copy) == []
    for step in reversed(list(copy.steps.order_by("position"))):
        actions.put_step_back(step=step, by=teacher, at=factories.NOW)
    assert titles(copy) == ["3", "2", "1"]
    assert [step.position for step in steps_of(copy)] == [1, 2, 3]


def test_a_step_is_put_back_only_where_the_lesson_has_room_for_it(copy: Lesson, teacher: User, as_user) -> None:  # type: ignore[no-untyped-def]
    step, client = steps_of(copy)[0], as_user(teacher)
    client.post(page("step_remove", copy, step.pk), {"remove": "yes"})
    Step.objects.bulk_create(
        Step(lesson=copy, position=place, kind="read", title="x") for place in range(3, actions.MOST_STEPS + 1)
    )
    refused = client.post(page("step_remove", copy, step.pk), {"remove": "no"})
    assert refused.status_code == 409
    assert "at most 60 steps" in text_of(refused)
    assert len(steps_of(copy)) == 60
    # It is still there to be put back, and room for it is made as the page says.
    client.post(page("step_remove", copy, steps_of(copy)[-1].pk), {"remove": "yes"})
    for _pressed_twice in range(2):
        assert client.post(page("step_remove", copy, step.pk), {"remove": "no"}).status_code == 302
    assert [each.pk for each in steps_of(copy)][-1] == step.pk
    assert len(steps_of(copy)) == 60


@pytest.mark.django_db(transaction=True)
def test_steps_that_are_moved_at_once_keep_one_place_each(film: Film) -> None:
    teacher = factories.make_teacher("Tess")
    copy = own_copy(factories.make_lesson(film, steps=6), teacher)
    steps = steps_of(copy)
    ready, failed = threading.Barrier(6), []

    def move(step: Step, up: bool) -> None:
        try:
            ready.wait(timeout=30)
            for _each in range(5):
                actions.move_step(step=step, up=up, by=teacher, at=factories.NOW)
        except Exception as error:  # told below
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=move, args=(step, place % 2 == 0)) for place, step in enumerate(steps)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert failed == []
    assert [step.position for step in steps_of(copy)] == [1, 2, 3, 4, 5, 6]
    assert {step.pk for step in steps_of(copy)} == {step.pk for step in steps}


def test_a_hidden_step_is_asked_of_nobody_and_its_answers_can_still_be_read(  # type: ignore[no-untyped-def]
    copy: Lesson, section, teacher: User, alice: User
) -> None:
    step = steps_of(copy)[0]
    work = factories.make_assignment(section, lesson=copy)
    StepAnswer.objects.create(assignment=work, step=step, student=alice, text="A lamp.", saved_at=factories.NOW)

    actions.hide_step(step=step, hidden=True, by=teacher, at=factories.NOW)

    assert [each.title for each in assignments.steps_of(work)] == ["Step 2", "Step 3"]
    assert assignments.questions_of(work) == [step]
