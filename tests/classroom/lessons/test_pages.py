"""A lesson is shown to students and planned by teachers, in the same few queries however long it is."""

import pytest

from classroom.lessons.models import Lesson, Step
from classroom.lessons.queries import lesson_page
from classroom.lessons.rendering import render_texts
from classroom.library.models import Fact, Film
from tests import factories
from tests.classroom.library.pages import get, make_conflict, make_dated, text_of


@pytest.fixture
def film(db) -> Film:
    return factories.make_film()


def make_full_lesson(film: Film, steps: int = 1) -> Lesson:
    """A lesson in which each of so many rounds of steps cites a new fact, one that all cite, and shows of each kind."""
    lesson = factories.make_lesson(
        film, steps=0, overview="The keeper's hour.", overview_html="<p>The keeper's hour.</p>"
    )
    shared = factories.make_fact(film, statement="The lamp is real.", standing="corroborated")
    told = factories.make_fact(film, statement="Only the teacher is told.")
    position = 0
    for each in range(steps):
        conflict = make_conflict(film, f"conflict-{lesson.pk}-{each}")
        own = factories.make_fact(film)
        dated = make_dated(film, f"201{each}")
        texts = [f"Read.[^{own.key}] And this.[^{shared.key}]", f"Say that.[^{told.key}]"]
        for kind, extra in [
            ("read", {}),
            ("look", {"show": Step.Show.CONFLICT, "conflict": conflict}),
            ("look", {"show": Step.Show.TIMELINE, "topic": dated.topic}),
            ("look", {"show": Step.Show.FACTS, "topic": dated.topic}),
        ]:
            position += 1
            Step.objects.create(
                lesson=lesson,
                position=position,
                kind=kind,
                title=f"Step {position}",
                minutes=5,
                body=texts[0],
                teacher_note=texts[1],
                **extra,
            )
    rendered = list(lesson.steps.order_by("position"))
    bodies = [step.body for step in rendered]
    html = render_texts(
        film.key, bodies + [step.teacher_note for step in rendered], set(film.facts.values_list("key", flat=True))
    )
    for step, body, note in zip(rendered, html, html[len(bodies) :], strict=False):
        step.body_html, step.teacher_html = body, note
        step.save()
    return lesson


@pytest.mark.parametrize("page", ["", "plan/"])
def test_a_lesson_takes_the_same_queries_however_many_its_steps(film, teacher, as_user, count_queries, page):
    client = as_user(teacher)
    short, long = make_full_lesson(film, 1), make_full_lesson(film, 3)

    assert count_queries(client, f"/lessons/{short.pk}/{page}") == count_queries(client, f"/lessons/{long.pk}/{page}")


def test_chips_and_cards_carry_the_same_numbers_and_each_card_stands_once(film):
    lesson = make_full_lesson(film, 2)

    page = lesson_page(lesson, film, for_teacher=False)

    assert [each.number for each in page.cards] == [1, 2, 3]
    assert [each.number for each in page.steps[0].cards] == [1, 2]
    assert [each.number for each in page.steps[1].again] == [1, 2]
    assert [each.number for each in page.steps[4].cards] == [3]
    anchors = [each.card.anchor for step in page.steps for each in step.cards]
    assert len(anchors) == len(set(anchors))


def test_every_chip_on_the_page_leads_to_one_card(film, teacher, as_user):
    lesson = make_full_lesson(film, 2)

    for page in ["", "plan/"]:
        html = text_of(get(as_user(teacher), f"/lessons/{lesson.pk}/{page}"))
        for fact in Fact.objects.exclude(statement__startswith="It was"):
            if f'href="#fact-{fact.key}"' in html:
                assert html.count(f'id="fact-{fact.key}"') == 1


def test_a_student_sees_nothing_that_is_for_the_teacher(film):
    lesson = make_full_lesson(film)

    page = lesson_page(lesson, film, for_teacher=False)

    assert all(step.teacher_html == "" for step in page.steps)
    assert not any("Only the teacher" in each.card.statement for each in page.cards)
    assert not any(each.card.use_label or each.card.note for each in page.cards)


def test_the_preview_shows_what_a_student_sees(film, teacher, as_user):
    lesson = make_full_lesson(film)

    html = text_of(get(as_user(teacher), f"/lessons/{lesson.pk}/"))

    assert "2 facts in this step, with their sources" in html
    assert "Say that." not in html
    assert "The keeper's hour." not in html
    assert html.count("<h1>") == 1


def test_the_plan_tells_the_teacher_all(film, teacher, as_user):
    lesson = make_full_lesson(film)
    Lesson.objects.update(
        missing="No log survives.",
        alternative_task="Draw a lamp.",
        content_note="A man drowns.",
        standards=[{"code": "X.1", "title": "Read a log"}],
        materials=["A lamp"],
    )

    html = text_of(get(as_user(teacher), f"/lessons/{lesson.pk}/plan/"))

    for words in [
        "Who keeps the light?", "Students can read a log.", "No log survives.", "Draw a lamp.", "A man drowns.",
        "X.1: Read a log", "A lamp", "Say that.", "The keeper's hour.",
        "One counts nights, the other dusks.", "Only the teacher is told.",
    ]:  # fmt: skip
        assert words in html
    assert html.count("<h1>") == 1


def test_steps_show_what_they_are_told_to(film):
    lesson = make_full_lesson(film)

    plain, conflict, dates, facts = lesson_page(lesson, film, for_teacher=False).steps

    assert (plain.table, plain.years, plain.topic_cards) == (None, (), ())
    assert conflict.table.title.startswith("How long did the lamp burn?")
    assert [year.label for year in dates.years] == ["2010"]
    assert facts.topic == "The lamp"
    assert "The lamp is real." in [card.statement for card in facts.topic_cards]


def test_a_timeline_is_narrowed_to_the_steps_topic(film):
    lesson = make_full_lesson(film)
    other = film.topics.create(key="storm", title="The storm", position=2)
    make_dated(film, "1999", topic=other)

    page = lesson_page(lesson, film, for_teacher=False)

    assert [year.label for year in page.steps[2].years] == ["2010"]


@pytest.mark.parametrize("page", ["", "plan/"])
def test_students_and_other_teachers_do_not_find_it(film, teacher, alice, as_user, page):
    kits, own = make_full_lesson(film), factories.make_lesson(film, owner=factories.make_teacher("Olga"))

    assert as_user(alice).get(f"/lessons/{kits.pk}/{page}").status_code == 404
    assert as_user(teacher).get(f"/lessons/{own.pk}/{page}").status_code == 404
    assert as_user(own.owner).get(f"/lessons/{own.pk}/{page}").status_code == 200


def test_a_dropped_lesson_says_so_and_is_not_offered(film, teacher, as_user):
    lesson = factories.make_lesson(film, retired_at=factories.NOW)

    html = text_of(get(as_user(teacher), f"/lessons/{lesson.pk}/"))

    assert "has dropped this lesson" in html
    assert "?what=" not in html
