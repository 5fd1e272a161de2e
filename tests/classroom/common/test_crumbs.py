"""``{% crumbs %}``: where a page stands, by one component and in the reader's language."""

import pytest
from django.template import TemplateSyntaxError, engines
from django.utils import translation

from classroom.people.models import Section

WORDS_AND_LINKS = '<a href="/home/">{home}</a></li><li><a href="/classes/7/">Year 9 &lt;A&gt;</a></li>'


def drawn(tag: str) -> str:
    page = engines["django"].from_string("{% load crumbs %}" + tag)
    return " ".join(
        page.render({"section": Section(pk=7, name="Year 9 <A>"), "title": "Log & lamp", "url": "/up/"}).split()
    )


def test_it_leads_from_home_by_way_of_the_class_to_where_one_is() -> None:
    way = drawn('{% crumbs url title section=section here=_("Groups") %}')
    assert WORDS_AND_LINKS.format(home="Home") in way
    assert '<li><a href="/up/">Log &amp; lamp</a></li><li><span aria-current="page">Groups</span></li>' in way
    assert 'aria-label="You are here"' in way


def test_it_speaks_the_language_of_its_reader() -> None:
    with translation.override("es"):
        way = drawn('{% crumbs section=section here=_("Groups") %}')
    assert WORDS_AND_LINKS.format(home="Inicio") in way
    assert '<span aria-current="page">Grupos</span>' in way


def test_home_may_be_called_otherwise_or_left_out() -> None:
    assert '<a href="/home/">To do</a>' in drawn('{% crumbs home=_("To do") here=title %}')
    assert "/home/" not in drawn('{% crumbs url title home="" here="Here" %}')


def test_an_address_without_words_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError, match="pairs"):
        drawn("{% crumbs url here=title %}")
