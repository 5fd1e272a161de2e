"""A teacher sets work; students see it when it opens, do it, and lose nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from classroom.assignments import actions, activities
from classroom.assignments.models import Assignment, StepAnswer, Visit
from classroom.lessons.models import Lesson, Step
from classroom.people.models import Role, Section, User
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson() -> Lesson:
    film = factories.make_film()
    quiz = factories.make_quiz(film, title="Check: the lamp")
    prompt = factories.make_prompt(film)
    return factories.make_lesson(film, title="The lamp", quiz_key=quiz.key, prompt_keys=[prompt.key])


def assign_url(section: Section, lesson: Lesson) -> str:
    return f"{reverse('classroom:assign', args=[section.pk])}?what=lesson:{lesson.pk}"


def chosen_in(page: str) -> list[str]:
    """The parts that the form offers, by their references."""
    values = (piece.split('"')[0] for piece in page.split('value="')[1:])
    return [value for value in values if value.startswith(("quiz:", "thread:"))]


def set_lesson(client: Client, section: Section, lesson: Lesson, **times: str):  # type: ignore[no-untyped-def]
    page = client.get(assign_url(section, lesson)).content.decode()
    data = {
        "opens_at": "2026-03-02T09:00",
        "due_at": "2026-03-06T15:30",
        "closes_at": "",
        "parts": chosen_in(page),
        **factories.as_offered(),
        "thread-names": "pseudonym",
        "thread-policy": "hold-all",
        "quiz-attempts_allowed": "1",
        "quiz-minutes_allowed": "",
        **times,
    }
    return client.post(assign_url(section, lesson), data)


def test_a_lesson_brings_its_quiz_and_its_discussion(as_user, teacher: User, section: Section, lesson: Lesson) -> None:  # type: ignore[no-untyped-def]
    reply = set_lesson(as_user(teacher), section, lesson)
    assert reply.status_code == 302, reply.content.decode()
    parent = Assignment.objects.get(kind="lesson")
    assert {part.kind for part in parent.parts.all()} == {"quiz", "thread"}
    assert parent.parts.get(kind="quiz").quiz_assignment.quiz.title == "Check: the lamp"
    assert parent.parts.get(kind="thread").threads.get().names == "pseudonym"


@pytest.mark.parametrize("kind", ["lesson", "quiz", "thread"])
def test_whoever_sets_it_again_is_told_that_the_class_has_it(  # type: ignore[no-untyped-def]
    as_user, teacher: User, section: Section, lesson: Lesson, kind: str
) -> None:
    client = as_user(teacher)
    before = client.get(assign_url(section, lesson)).content.decode()
    assert "has it already" not in before
    assert "Cancel, and set nothing" in before
    set_lesson(client, section, lesson)
    offer = next(each for each in activities.kind_of(kind).offers(teacher, [lesson.film]))
    assign = reverse("classroom:assign", args=[section.pk])
    work = Assignment.objects.get(kind=kind)
    page = client.get(f"{assign}?what={offer.ref}").content.decode()
    assert "has it already" in page
    assert reverse("classroom:assignment_times", args=[work.pk]) in page


def test_times_are_taken_in_the_class_time_zone(as_user, teacher: User, section: Section, lesson: Lesson) -> None:  # type: ignore[no-untyped-def]
    Section.objects.update(time_zone="America/New_York")
    set_lesson(as_user(teacher), section, lesson)
    assert Assignment.objects.get(kind="lesson").due_at == datetime(2026, 3, 6, 20, 30, tzinfo=UTC)


def test_a_time_that_the_clocks_skip_is_refused(as_user, teacher: User, section: Section, lesson: Lesson) -> None:  # type: ignore[no-untyped-def]
    Section.objects.update(time_zone="America/New_York")
    reply = set_lesson(as_user(teacher), section, lesson, due_at="2026-03-08T02:30")
    assert reply.status_code == 422
    assert not Assignment.objects.exists()


@pytest.mark.parametrize(
    ("times", "message"),
    [
        ({"due_at": "2026-03-01T09:00"}, "due before it opens"),
        ({"closes_at": "2026-03-01T09:00"}, "close before it opens"),
        ({"closes_at": "2026-03-05T09:00"}, "close before it is due"),
        ({"opens_at": ""}, "required"),
        ({"due_at": "whenever"}, "Enter a valid date"),
    ],
)
def test_times_that_cannot_be_are_explained_and_nothing_is_set(  # type: ignore[no-untyped-def]
    as_user, teacher: User, section: Section, lesson: Lesson, times: dict[str, str], message: str
) -> None:
    reply = set_lesson(as_user(teacher), section, lesson, **times)
    assert reply.status_code == 422
    assert message in reply.content.decode()
    assert not Assignment.objects.exists()


def test_an_assistant_may_not_set_work(as_user, section: Section, lesson: Lesson) -> None:  # type: ignore[no-untyped-def]
    helper = factories.make_teacher("Ravi")
    factories.add_member(section, helper, Role.ASSISTANT)
    assert as_user(helper).get(assign_url(section, lesson)).status_code == 404


# --- The student --------------------------------------------------------------------------------------------------


@pytest.fixture
def step(section: Section) -> Step:
    assignment = factories.make_assignment(section)
    Step.objects.filter(lesson=assignment.lesson, position=1).update(answer="short")
    return Step.objects.get(lesson=assignment.lesson, position=1)


def answer(client: Client, step: Step, text: str, revision: int = 0):  # type: ignore[no-untyped-def]
    assignment = Assignment.objects.get(lesson=step.lesson_id)
    return client.post(
        reverse("classroom:step_answer", args=[assignment.pk, step.pk]), {"text": text, "revision": revision}
    )


def test_work_appears_when_it_opens_and_not_before(as_user, section: Section, alice: User) -> None:  # type: ignore[no-untyped-def]
    assignment = factories.make_assignment(section, opens_at=datetime.now(UTC) + timedelta(hours=1), title="Later")
    client = as_user(alice)
    assert "Later" not in client.get(reverse("classroom:home")).content.decode()
    assert client.get(reverse("classroom:lesson_work", args=[assignment.pk])).status_code == 404
    Assignment.objects.update(opens_at=datetime.now(UTC) - timedelta(minutes=1))
    assert "Later" in client.get(reverse("classroom:home")).content.decode()
    assert client.get(reverse("classroom:lesson_work", args=[assignment.pk])).status_code == 200


def test_withdrawn_work_is_gone_and_what_was_done_is_kept(  # type: ignore[no-untyped-def]
    as_user, section: Section, teacher: User, alice: User, step: Step
) -> None:
    answer(as_user(alice), step, "Because of the names.")
    assignment = Assignment.objects.get()
    as_user(teacher).post(reverse("classroom:withdraw", args=[assignment.pk]))
    assert as_user(alice).get(reverse("classroom:lesson_work", args=[assignment.pk])).status_code == 404
    assert StepAnswer.objects.get().text == "Because of the names."


def test_withdrawn_work_is_brought_back_with_its_parts_and_what_was_done(  # type: ignore[no-untyped-def]
    as_user, section: Section, teacher: User, alice: User, step: Step
) -> None:
    answer(as_user(alice), step, "Because of the names.")
    lesson = Assignment.objects.get()
    part, gone = (factories.make_assignment(section, parent=lesson, title=title) for title in ("Part", "Gone before"))
    client = as_user(teacher)
    for each in (gone, lesson):
        client.post(reverse("classroom:withdraw", args=[each.pk]))
    page = client.get(reverse("classroom:section", args=[section.pk])).content.decode()
    listed = [reverse("classroom:bring_back", args=[each.pk]) in page for each in (lesson, part, gone)]
    assert listed == [True, False, True]
    client.post(reverse("classroom:bring_back", args=[lesson.pk]))
    assert set(Assignment.objects.current()) == {lesson, part}
    text = as_user(alice).get(reverse("classroom:lesson_work", args=[lesson.pk]), {"all": 1}).content.decode()
    assert "Because of the names." in text
    again = client.post(reverse("classroom:bring_back", args=[lesson.pk]), follow=True)
    assert "is set already, so nothing was changed" in again.content.decode()


def test_opening_a_lesson_is_remembered_first_and_last(as_user, section: Section, alice: User) -> None:  # type: ignore[no-untyped-def]
    assignment = factories.make_assignment(section)
    client = as_user(alice)
    for _time in range(2):
        client.get(reverse("classroom:lesson_work", args=[assignment.pk]))
    visit = Visit.objects.get(student=alice)
    assert visit.first_at < visit.last_at


def test_an_answer_is_kept_and_can_be_changed(as_user, alice: User, step: Step) -> None:  # type: ignore[no-untyped-def]
    client = as_user(alice)
    assert answer(client, step, "First thought.").status_code == 302
    assert answer(client, step, "Second thought.", revision=1).status_code == 302
    kept = StepAnswer.objects.get()
    assert (kept.text, kept.revision) == ("Second thought.", 2)


def test_a_stale_window_is_told_and_overwrites_nothing(as_user, alice: User, step: Step) -> None:  # type: ignore[no-untyped-def]
    client = as_user(alice)
    answer(client, step, "From the tablet.")
    reply = answer(client, step, "From the phone, opened before.")
    assert reply.status_code == 409
    page = reply.content.decode()
    assert "From the tablet." in page
    assert "From the phone, opened before." in page
    assert StepAnswer.objects.get().text == "From the tablet."


def test_the_same_answer_sent_twice_is_one_answer(as_user, alice: User, step: Step) -> None:  # type: ignore[no-untyped-def]
    client = as_user(alice)
    assert [answer(client, step, "Once.").status_code for _time in range(2)] == [302, 302]
    assert StepAnswer.objects.get().revision == 1


@pytest.mark.parametrize(("text", "message"), [("", "nothing here yet"), ("x" * 5001, "at most 5000")])
def test_an_answer_that_cannot_be_saved_is_shown_again(
    as_user, alice: User, step: Step, text: str, message: str
) -> None:  # type: ignore[no-untyped-def]
    reply = answer(as_user(alice), step, text)
    assert reply.status_code == 422
    assert message in reply.content.decode()
    assert text in reply.content.decode()


def test_after_it_closes_nothing_is_saved_and_the_text_is_not_lost(as_user, alice: User, step: Step) -> None:  # type: ignore[no-untyped-def]
    Assignment.objects.update(closes_at=datetime.now(UTC) - timedelta(minutes=1))
    reply = answer(as_user(alice), step, "Too late, but mine.")
    assert reply.status_code == 422
    assert "Too late, but mine." in reply.content.decode()
    assert not StepAnswer.objects.exists()


def test_a_step_of_another_lesson_takes_no_answer(as_user, alice: User, section: Section, step: Step) -> None:  # type: ignore[no-untyped-def]
    other = factories.make_assignment(section)
    page = reverse("classroom:step_answer", args=[other.pk, step.pk])
    assert as_user(alice).post(page, {"text": "x", "revision": 0}).status_code == 404


def test_a_lesson_is_done_when_the_student_says_so(as_user, alice: User, section: Section) -> None:  # type: ignore[no-untyped-def]
    assignment = factories.make_assignment(section)
    client = as_user(alice)
    client.post(reverse("classroom:lesson_done", args=[assignment.pk]), {"done": "yes"})
    assert Visit.objects.get().done_at is not None
    client.post(reverse("classroom:lesson_done", args=[assignment.pk]), {"done": "no"})
    assert Visit.objects.get().done_at is None


def test_after_it_closes_nobody_says_any_more_that_they_are_through(as_user, alice: User, section: Section) -> None:  # type: ignore[no-untyped-def]
    closed = datetime.now(UTC) - timedelta(minutes=1)
    assignment = factories.make_assignment(section, closes_at=closed)
    override = factories.make_override(assignment, alice, closes_at=closed + timedelta(days=1))
    client, page = as_user(alice), reverse("classroom:lesson_done", args=[assignment.pk])
    client.post(page, {"done": "yes"})
    was = Visit.objects.get().done_at
    assert was is not None
    override.delete()
    reply = client.post(page, {"done": "no"}, follow=True)
    assert "This lesson has closed. What you did before is kept." in reply.content.decode()
    assert Visit.objects.get().done_at == was


def test_home_costs_the_same_with_one_and_with_three_assignments(  # type: ignore[no-untyped-def]
    as_user, section: Section, alice: User, teacher: User, count_queries
) -> None:
    for kind in ("lesson", "quiz", "thread"):
        make_one(section, kind)
    few = [count_queries(as_user(person), reverse("classroom:home")) for person in (alice, teacher)]
    for kind in ("lesson", "quiz", "thread") * 2:
        make_one(section, kind)
    for name in ("Dina", "Eli"):
        factories.add_member(section, factories.make_user(name))
    many = [count_queries(as_user(person), reverse("classroom:home")) for person in (alice, teacher)]
    assert many == few
    # Ten for a student, beside the session and the person.
    assert few[0] <= 12


def make_one(section: Section, kind: str) -> None:
    if kind == "quiz":
        factories.make_quiz_assignment(section)
    elif kind == "thread":
        factories.make_thread(section)
    else:
        factories.make_assignment(section)


def test_two_who_assign_at_once_get_places_one_after_the_other(section: Section, teacher: User, lesson: Lesson) -> None:
    offer = activities.find_offer(teacher, [lesson.film], f"lesson:{lesson.pk}")
    for _time in range(2):
        actions.assign(
            section=section,
            offer=offer,
            times=actions.Times(opens_at=factories.NOW),
            options={},
            by=teacher,
            at=factories.NOW,
        )
    assert list(Assignment.objects.order_by("position").values_list("position", flat=True)) == [1, 2]
