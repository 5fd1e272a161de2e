"""A lesson and what is talked about in it are read in the reader's language, and a teacher's own words as they are."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from classroom.discussions.models import Prompt
from classroom.lessons.models import Lesson
from classroom.people.models import Section, User
from kits.load import load_kit
from tests import factories
from tests.classroom.lessons.desk import change, own_copy, page, steps_of
from tests.classroom.library.pages import text_of
from tests.kits.conftest import KitFolder, kit
from tests.kits.translating import translate

__all__ = ["kit"]


@pytest.fixture
def lesson(db: None, kit: KitFolder) -> Lesson:
    load_kit(Path(translate(kit).path), tell=lambda _line: None)
    return Lesson.objects.get(key="the-storm")


def _read(client: Client, url: str, language: str) -> str:
    return text_of(client.get(url, headers={"accept-language": language}))


def _work(lesson: Lesson, section: Section, alice: User) -> str:
    assignment = factories.make_assignment(section, lesson=lesson)
    return reverse("classroom:lesson_work", args=[assignment.pk])


def test_a_student_reads_a_lesson_in_spanish_and_its_original_on_asking(
    lesson: Lesson, section: Section, alice: User, as_user
) -> None:
    client, url = as_user(alice), _work(lesson, section, alice)

    found = _read(client, f"{url}?all=1", "es")
    assert "<h1>La tormenta</h1>" in found
    assert '<p class="lead">¿Cuánto es mucho?</p>' in found
    assert 'Lo que se escribió</h2> <div class="reading"><p>La lámpara ardió 19 días' in found
    assert '<div class="reading" lang="en"><p>The lamp burned for 19 days' in found
    assert "Según The Harbour Gazette, la lámpara" in found
    assert "Empiece por el mapa" not in found


def test_what_is_not_translated_is_marked_as_what_it_is(lesson: Lesson, section: Section, alice: User, as_user) -> None:
    found = _read(as_user(alice), f"{_work(lesson, section, alice)}?all=1", "zh-hans")

    assert '<h1><span lang="en">The storm</span></h1>' in found
    assert '<div class="reading" lang="en"><p>The lamp burned for 19 days' in found
    assert "original" not in found


def test_the_page_in_english_is_as_it_was(lesson: Lesson, section: Section, alice: User, as_user) -> None:
    found = _read(as_user(alice), f"{_work(lesson, section, alice)}?all=1", "en")

    assert "<h1>The storm</h1>" in found
    assert '<div class="reading"><p>The lamp burned' in found
    assert "lámpara" not in found


@pytest.mark.parametrize("language", ["es", "zh-hans"])
def test_a_translation_costs_no_query(
    lesson: Lesson, section: Section, alice: User, as_user, count_queries, language: str
) -> None:
    client, url = as_user(alice), _work(lesson, section, alice)
    client.get(url)
    in_english = count_queries(client, url)

    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language

    assert count_queries(client, url) == in_english


def test_a_teacher_reads_the_plan_in_spanish(lesson: Lesson, teacher: User, as_user) -> None:
    found = _read(as_user(teacher), page("lesson_plan", lesson), "es")

    assert '<div class="reading"><p>Empiece por el mapa.</p>' in found
    assert "<li>Saben comparar dos fuentes.</li>" in found
    assert "<p>El otro texto dice casi un mes." in found
    assert "<p>La película misma.</p>" in found


def test_a_copy_brings_its_translations_until_its_teacher_writes_something_else(
    lesson: Lesson, teacher: User, as_user
) -> None:
    copy, client = own_copy(lesson, teacher, title="The storm"), as_user(teacher)
    assert "Lo que se escribió" in _read(client, page("lesson_plan", copy), "es")

    assert change(client, steps_of(copy)[0], body="It burned.[^keepers-years][^storm-days]") == 302

    found = _read(client, page("lesson_plan", copy), "es")
    assert "Lo que se escribió" not in found
    assert '<div class="reading" lang="en"><p>It burned.' in found
    assert "Lado a lado" in found
    assert "<h1>La tormenta</h1>" in found


def test_translated_chips_have_the_numbers_of_the_page(lesson: Lesson, teacher: User, as_user) -> None:
    copy, client = own_copy(lesson, teacher, title="Mine"), as_user(teacher)
    first, second = steps_of(copy)[:2]
    second.translations["es"]["texts"]["body"] = "Compara.[^storm-days]"
    second.save()

    change(client, first, body="It burned.[^keepers-years][^storm-days]")

    second.refresh_from_db()
    assert 'href="#fact-storm-days" class="fact-chip">2</a>' in second.translations["es"]["html"]["body"]


def test_a_quoted_question_is_shown_as_a_translation_with_the_quotation(
    lesson: Lesson, section: Section, teacher: User, as_user
) -> None:
    prompt = Prompt.objects.get(key="stay-at-your-post")
    thread = factories.make_thread(section, prompt=prompt)
    client = as_user(teacher)

    for url in (
        reverse("classroom:prompt", args=[prompt.film.key, prompt.key]),
        reverse("classroom:thread", args=[thread.pk]),
    ):
        found = _read(client, url, "es")
        assert '<blockquote class="prompt-quote"><p>¿Te quedarías en tu puesto' in found
        assert '<blockquote lang="en"><p>Would you stay at your post' in found
        english = _read(client, url, "en")
        assert '<blockquote class="prompt-quote"><p>Would you stay' in english
        assert "Te quedarías" not in english
        chinese = _read(client, url, "zh-hans")
        assert '<blockquote class="prompt-quote" lang="en"><p>Would you stay' in chinese


def test_the_thread_of_a_translated_question_takes_no_query_more(
    lesson: Lesson, section: Section, alice: User, as_user, count_queries
) -> None:
    thread = factories.make_thread(section, prompt=Prompt.objects.get(key="stay-at-your-post"))
    client, url = as_user(alice), reverse("classroom:thread", args=[thread.pk])
    client.get(url)
    in_english = count_queries(client, url)

    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "es"
    client.get(url)

    assert count_queries(client, url) == in_english
