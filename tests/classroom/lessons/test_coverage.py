"""What a quiz asks beside what its lesson teaches: told before the quiz is set, and in nobody's way."""

import pytest
from django.urls import reverse

from classroom.lessons import actions, coverage
from classroom.lessons.models import Lesson, Step
from classroom.library.models import Fact, Film
from classroom.people.models import User
from quizzes.bank.models import Quiz
from tests import factories
from tests.classroom.lessons.desk import cite, own_copy, page, steps_of
from tests.classroom.library.pages import get, make_conflict, make_dated, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def film() -> Film:
    return factories.make_film()


@pytest.fixture
def facts(film: Film) -> list[Fact]:
    return [factories.make_fact(film, statement=f"Thing {number}.") for number in range(3)]


@pytest.fixture
def quiz(film: Film, facts: list[Fact]) -> Quiz:
    """Three questions, on one fact each."""
    return factories.make_quiz(
        film, [factories.make_question(film, stem=f"What of {each.statement}", facts=(each,)) for each in facts]
    )


@pytest.fixture
def lesson(film: Film, facts: list[Fact], quiz: Quiz) -> Lesson:
    """It cites the first fact in its text, and the second for the teacher alone."""
    lesson = factories.make_lesson(film, quiz_key=quiz.key, title="The keeper")
    first, last = lesson.steps.order_by("position")
    Step.objects.filter(pk=first.pk).update(body=f"So.{cite(facts[0])}", teacher_note=f"Hm.{cite(facts[1])}")
    Step.objects.filter(pk=last.pk).update(kind="check", quiz_key=quiz.key)
    return lesson


def untaught(user: User, lesson: Lesson) -> list[str]:
    found = coverage.of_lesson(user, lesson)
    assert found is not None
    return [words for question in found.untaught for _key, words in question.facts]


def show(lesson: Lesson, **fields: object) -> None:
    Step.objects.filter(lesson=lesson, position=1).update(**fields)


def test_what_the_text_cites_is_taught_and_a_note_to_the_teacher_teaches_nothing(lesson: Lesson, teacher: User) -> None:
    assert untaught(teacher, lesson) == ["Thing 1.", "Thing 2."]


def test_a_dispute_teaches_its_facts_laid_out_or_opened(
    film: Film, lesson: Lesson, facts: list[Fact], teacher: User
) -> None:
    conflict = make_conflict(film)
    conflict.facts.add(facts[1])
    show(lesson, conflict=conflict)
    assert untaught(teacher, lesson) == ["Thing 2."]

    show(lesson, conflict=None, body=f"{cite(facts[0])} See [both](conflict:{conflict.key}).")
    assert untaught(teacher, lesson) == ["Thing 2."]


def test_a_topic_and_a_timeline_teach_what_they_show(
    film: Film, lesson: Lesson, quiz: Quiz, facts: list[Fact], teacher: User
) -> None:
    dated = make_dated(film, "2010")
    question = factories.make_question(film, facts=(dated,))
    quiz.items.create(question=question, position=9)
    assert untaught(teacher, lesson) == ["Thing 1.", "Thing 2.", "It was 2010."]

    show(lesson, show="timeline")
    assert untaught(teacher, lesson) == ["Thing 1.", "Thing 2."]
    other = film.topics.create(key="storm", title="The storm", position=2)
    show(lesson, show="timeline", topic=other)
    assert "It was 2010." in untaught(teacher, lesson)
    show(lesson, show="facts", topic=facts[0].topic)
    assert untaught(teacher, lesson) == []


def test_a_hidden_step_teaches_nothing(lesson: Lesson, teacher: User) -> None:
    copy = own_copy(lesson, teacher)
    actions.hide_step(step=steps_of(copy)[0], hidden=True, by=teacher, at=factories.NOW)
    copy.refresh_from_db()

    assert untaught(teacher, copy) == ["Thing 0.", "Thing 1.", "Thing 2."]


def test_a_question_is_told_with_those_of_its_facts_alone_that_are_not_taught(
    film: Film, lesson: Lesson, quiz: Quiz, facts: list[Fact], teacher: User
) -> None:
    quiz.items.all().delete()
    quiz.items.create(question=factories.make_question(film, stem="Both?", facts=tuple(facts[:2])), position=1)

    (question,) = coverage.of_lesson(teacher, lesson).untaught

    assert (question.stem, question.facts) == ("Both?", ((facts[1].key, "Thing 1."),))


def test_a_question_that_is_not_asked_at_present_is_not_told(lesson: Lesson, quiz: Quiz, teacher: User) -> None:
    retired = quiz.items.order_by("position").last().question
    type(retired).objects.filter(pk=retired.pk).update(retired_at=factories.NOW)

    found = coverage.of_lesson(teacher, lesson)

    assert (found.asked, len(found.untaught)) == (2, 1)


def test_no_quiz_no_warning(film: Film, teacher: User) -> None:
    hers = factories.make_quiz(film, owner=factories.make_teacher("Olga"))

    assert coverage.of_lesson(teacher, factories.make_lesson(film)) is None
    assert coverage.of_lesson(teacher, factories.make_lesson(film, quiz_key=hers.key)) is None


# --- Where it is told ---------------------------------------------------------------------------------------------

TOLD = "2 of 3 questions of “Check” ask what this lesson does not teach"


def test_it_is_told_before_a_lesson_is_set_with_its_quiz_and_hinders_nothing(
    lesson: Lesson, section, teacher: User, as_user
) -> None:  # type: ignore[no-untyped-def]
    address = f"{reverse('classroom:assign', args=[section.pk])}?what=lesson:{lesson.pk}"
    client = as_user(teacher)

    text = text_of(get(client, address))

    assert TOLD in text
    assert "What of Thing 1." in text
    assert "Add the fact to the lesson" not in text
    parts = list(client.get(address).context["form"].possible_parts)
    sent = {"opens_at": "2026-03-02T09:00", **factories.as_offered(), "parts": parts}
    assert client.post(address, sent).status_code == 302


def test_it_is_told_where_a_quiz_is_set_to_a_class_that_has_lessons(
    lesson: Lesson, quiz: Quiz, facts, section, teacher: User, as_user
) -> None:  # type: ignore[no-untyped-def]
    address = f"{reverse('classroom:assign', args=[section.pk])}?what=quiz:{quiz.pk}"
    assert "ask what" not in text_of(get(as_user(teacher), address))

    factories.make_assignment(section, lesson=lesson)
    assert "2 of 3 questions of “Check” ask what no lesson of this class teaches" in text_of(
        get(as_user(teacher), address)
    )

    other = factories.make_lesson(lesson.film)
    show(other, body=cite(facts[1]))
    factories.make_assignment(section, lesson=other)
    assert "1 of 3 questions of “Check” asks what no lesson of this class" in text_of(get(as_user(teacher), address))


def test_it_is_told_in_the_plan_of_a_unit(lesson: Lesson, section, teacher: User, as_user) -> None:  # type: ignore[no-untyped-def]
    address = reverse("classroom:unit", args=[section.pk, lesson.film.key])
    sent = {f"place-{lesson.pk}": 1, "first": "2026-03-02", "weekdays": ["0"], "time": "09:00"}

    assert TOLD in text_of(as_user(teacher).post(address, {**sent, "with_parts": "on"}))
    assert TOLD not in text_of(as_user(teacher).post(address, sent))


def test_an_own_copy_is_told_with_the_way_to_mend_it(lesson: Lesson, facts: list[Fact], teacher: User, as_user) -> None:  # type: ignore[no-untyped-def]
    copy, client = own_copy(lesson, teacher), as_user(teacher)
    adding = f"{page('lesson_edit', copy)}?fact={facts[1].key}"

    for address in (
        page("lesson_edit", copy),
        page("lesson_plan", copy),
        reverse("quizzes:quiz", args=[Quiz.objects.get().pk]),
    ):
        text = text_of(get(client, address))
        assert TOLD in text
        assert f"{adding}#steps" in text

    step = steps_of(copy)[0]
    assert "Choose the step that shall teach “Thing 1.”." in text_of(get(client, adding))
    found = text_of(get(client, f"{page('step_edit', copy, step.pk)}?fact={facts[1].key}"))
    assert "1 fact found." in found
    assert f'value="cite:{facts[1].key}"' in found


def test_the_quiz_page_says_what_each_lesson_lacks(
    lesson: Lesson, quiz: Quiz, facts: list[Fact], teacher: User, as_user
) -> None:  # type: ignore[no-untyped-def]
    copy = own_copy(lesson, teacher, "Mine")
    show(copy, body="".join(map(cite, facts)))

    text = text_of(get(as_user(teacher), reverse("quizzes:quiz", args=[quiz.pk])))

    assert (
        text.index("The keeper")
        < text.index(TOLD)
        < text.index("Mine")
        < text.index("It teaches all that the quiz asks.")
    )


def test_it_costs_the_same_for_one_lesson_and_for_three(  # type: ignore[no-untyped-def]
    lesson: Lesson, quiz: Quiz, section, teacher: User, as_user, count_queries
) -> None:
    client = as_user(teacher)
    addresses = [
        reverse("quizzes:quiz", args=[quiz.pk]),
        f"{reverse('classroom:assign', args=[section.pk])}?what=quiz:{quiz.pk}",
    ]
    factories.make_assignment(section, lesson=own_copy(lesson, teacher))
    few = [count_queries(client, each) for each in addresses]
    for _each in range(2):
        factories.make_assignment(section, lesson=own_copy(lesson, teacher))
        extra = factories.make_question(
            quiz.film, facts=(factories.make_fact(quiz.film), factories.make_fact(quiz.film))
        )
        quiz.items.create(question=extra, position=quiz.items.count() + 5)

    assert [count_queries(client, each) for each in addresses] == few
