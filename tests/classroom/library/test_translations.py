"""Who reads the site in another language sees the kit's texts in it, where it has them; else they know their own."""

import pytest
from django.test import Client
from django.utils import translation

from classroom.common.translated import Wording, mark_of, told, worded
from classroom.library.models import Conflict, Fact, Film
from classroom.people.models import User
from classroom.templatetags.languages import lang_attribute, mark_chinese
from tests import factories
from tests.classroom.library.pages import get, make_conflict, make_dated, text_of

SPANISH = {"HTTP_ACCEPT_LANGUAGE": "es"}
CHINESE = {"HTTP_ACCEPT_LANGUAGE": "zh-hans"}


@pytest.fixture
def film(db) -> Film:
    return factories.make_film()


def _in_spanish(fact: Fact, statement: str, **words: str) -> Fact:
    fact.translations = {"es": {"of": mark_of(fact.statement), "texts": {"statement": statement}, "words": words}}
    fact.save()
    return fact


def _page(client: Client, url: str, language: dict[str, str]) -> str:
    return text_of(client.get(url, headers={"accept-language": language["HTTP_ACCEPT_LANGUAGE"]}))


def test_a_text_in_another_language_than_the_page_says_which_it_is() -> None:
    text = Wording("It is called 念.", "en")
    with translation.override("es"):
        assert mark_chinese(text) == '<span lang="en">It is called <span lang="zh">念</span>.</span>'
        assert lang_attribute(text) == ' lang="en"'
        assert lang_attribute("plain") == ""
    with translation.override("zh-hans"):
        assert mark_chinese(text) == '<span lang="en">It is called <span lang="zh">念</span>.</span>'
    assert mark_chinese(Wording("<b>", "es")) == '<span lang="es">&lt;b&gt;</span>'
    with translation.override("es"):
        assert not isinstance(worded("hola", "es"), Wording)
        assert not isinstance(worded("by a teacher", ""), Wording)


def test_an_original_that_has_changed_is_shown_itself() -> None:
    kept = {"es": {"of": mark_of("The lamp  went\nout."), "texts": {"statement": "Se apagó."}}}
    with translation.override("es"):
        assert told(kept, "en", lambda: mark_of("The lamp went out.")).text("statement", "x") == "Se apagó."
        changed = told(kept, "en", lambda: mark_of("The lamp went out again."))
        assert (changed.text("statement", "x"), changed.is_translated) == ("x", False)
    with translation.override("en"):
        assert told(kept, "en").text("statement", "x") == "x"


def test_a_fact_is_read_in_spanish_and_its_original_beside_it(film: Film, alice: User, as_user) -> None:
    fact = factories.make_fact(film, key="lamp", statement="The lamp burned.")
    says = fact.citations.first().says
    _in_spanish(fact, "La lámpara ardió.", **{says: "ardió"})
    client, url = as_user(alice), f"/films/{film.key}/facts/lamp/"

    page = _page(client, url, SPANISH)
    assert "<h1>La lámpara ardió.</h1>" in page
    assert '<p><span lang="en">The lamp burned.</span></p></details>' in page
    assert ": ardió " in page

    page = _page(client, url, CHINESE)
    assert '<h1><span lang="en">The lamp burned.</span></h1>' in page
    assert "<details" not in page.split("<h1>")[1].split("</h1>")[1][:80]

    page = text_of(get(client, url))
    assert "<h1>The lamp burned.</h1>" in page
    assert "lámpara" not in page


def test_a_fact_is_found_by_the_words_that_its_reader_reads(film: Film, alice: User, as_user) -> None:
    _in_spanish(factories.make_fact(film, statement="The lamp burned."), "La lámpara ardió.")
    client, url = as_user(alice), f"/films/{film.key}/facts/?q=ardió"

    assert "La lámpara ardió." in _page(client, url, SPANISH)
    assert "The lamp burned." not in text_of(get(client, url))


def test_a_dispute_is_read_in_spanish(film: Film, alice: User, as_user) -> None:
    conflict = make_conflict(film)
    texts = {"title": "¿Cuánto ardió?", "why": "Cuentan otra cosa.", "conclusion": "Nadie lo sabe."}
    texts |= {f"readings.{place}": f"lectura {place}" for place, _each in enumerate(conflict.readings.all())}
    Conflict.objects.update(translations={"es": {"of": "abcdefgh", "texts": texts}})
    client = as_user(alice)

    page = _page(client, f"/films/{film.key}/conflicts/{conflict.key}/", SPANISH)
    assert "<h1>¿Cuánto ardió?</h1>" in page
    assert "lectura 1</th>" in page
    assert "<p>Nadie lo sabe.</p>" in page
    assert "lectura 0" in _page(client, f"/films/{film.key}/conflicts/", SPANISH)
    page = _page(client, f"/films/{film.key}/conflicts/{conflict.key}/", CHINESE)
    assert f'<h1><span lang="en">{conflict.title}</span></h1>' in page


@pytest.mark.parametrize("page", ["facts/", "conflicts/", "timeline/", "facts/the-fact/", "conflicts/how-long/"])
def test_a_translation_costs_no_query(film: Film, alice: User, as_user, count_queries, page: str) -> None:
    make_conflict(film)
    for fact in (make_dated(film, "2010"), factories.make_fact(film, key="the-fact")):
        _in_spanish(fact, "En español.")
    client = as_user(alice)
    in_english = count_queries(client, f"/films/{film.key}/{page}")

    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "es"

    assert count_queries(client, f"/films/{film.key}/{page}") == in_english
