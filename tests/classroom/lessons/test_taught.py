"""What a lesson teaches: the rule of ``lessons/taught``, one line after the other.

That pages go by it is shown where they are tested: see ``test_coverage`` here and the tests of the statistics.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from classroom.lessons.models import Lesson, Step
from classroom.lessons.taught import taught_by
from classroom.library.models import Fact, Film
from tests import factories
from tests.classroom.lessons.desk import cite
from tests.classroom.library.pages import make_conflict, make_dated

pytestmark = pytest.mark.django_db


@pytest.fixture
def film() -> Film:
    return factories.make_film()


def lesson_with(film: Film, **step: object) -> Lesson:
    lesson = factories.make_lesson(film, steps=1)
    Step.objects.filter(lesson=lesson).update(**step)
    return lesson


def taught(lesson: Lesson) -> set[str]:
    return set(Fact.objects.filter(pk__in=taught_by([lesson.pk])[lesson.pk]).values_list("key", flat=True))


def test_a_step_teaches_what_its_text_cites(film: Film) -> None:
    fact, other = factories.make_fact(film, key="lamp"), factories.make_fact(film, key="lens")
    assert taught(lesson_with(film, body=f"So.{cite(fact)} And{cite(fact)}", teacher_note=cite(other))) == {"lamp"}


@pytest.mark.parametrize("away", [{"is_hidden": True}, {"retired_at": factories.NOW}])
def test_a_step_that_students_do_not_see_teaches_nothing(film: Film, away: dict[str, object]) -> None:
    fact = factories.make_fact(film)
    assert taught(lesson_with(film, body=cite(fact), **away)) == set()


def test_a_dispute_is_taught_laid_out_or_opened(film: Film) -> None:
    conflict = make_conflict(film, facts=0)
    conflict.facts.add(factories.make_fact(film, key="lamp"))
    assert taught(lesson_with(film, conflict=conflict)) == {"lamp"}
    assert taught(lesson_with(film, body=f"See [both]( conflict:{conflict.key}).")) == {"lamp"}


def test_topics_and_timelines_teach_what_is_in_use(film: Film) -> None:
    dated, gone = make_dated(film, "2010"), make_dated(film, "2011")
    Fact.objects.filter(pk=gone.pk).update(retired_at=factories.NOW)
    plain = factories.make_fact(film)
    assert taught(lesson_with(film, show="timeline")) == {dated.key}
    assert taught(lesson_with(film, show="facts", topic=plain.topic)) == {dated.key, plain.key}
    assert (
        taught(lesson_with(film, show="timeline", topic=film.topics.create(key="storm", title="The storm", position=2)))
        == set()
    )
    # What a text cites is taught even where it is retired, for the text still says it; a timeline leaves it out.
    citing = lesson_with(film, body=cite(gone))
    assert taught(citing) == {gone.key}
    both = taught_by([citing.pk, lesson_with(film, show="timeline").pk])
    assert sorted(map(len, both.values())) == [1, 1]


def test_lessons_of_several_films_are_told_apart_though_their_keys_are_the_same(film: Film) -> None:
    other = factories.make_film("other")
    first, second = factories.make_fact(film, key="lamp"), factories.make_fact(other, key="lamp")
    lessons = [lesson_with(each, body="[^lamp]") for each in (film, other)]
    make_dated(film, "2010")
    timeline = lesson_with(other, show="timeline")
    found = taught_by([each.pk for each in [*lessons, timeline]])
    assert found == {lessons[0].pk: {first.pk}, lessons[1].pk: {second.pk}, timeline.pk: set()}


def test_two_queries_for_one_lesson_and_for_three_of_two_films(film: Film) -> None:
    lessons = [lesson_with(film, body="[^lamp]")]
    for films in (1, 2):
        with CaptureQueriesContext(connection) as queries:
            assert set(taught_by([each.pk for each in lessons])) == {each.pk for each in lessons}
        assert len(queries) == 2, films
        other = factories.make_film(f"other-{films}")
        lessons += [
            lesson_with(other, show="timeline"),
            lesson_with(
                film,
                show="facts",
                topic=film.topics.create(key=f"storm-{films}", title="The storm", position=films + 1),
            ),
        ]
    assert taught_by([]) == {}
