"""The ``trans`` and ``static`` tags, which have a memory, say what Django's own say."""

from collections.abc import Iterator

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def test_words_are_in_the_language_of_each_reader_whoever_came_before() -> None:
    page = Template("{% load i18n %}{% trans 'Sign out' %}")
    said = []
    for language in ("en", "es", "zh-hans", "es", "en"):
        with translation.override(language):
            said.append(page.render(Context()))
            assert said[-1] == translation.gettext("Sign out")
    assert len(set(said)) == 3


def test_without_any_language_words_stand_as_they_are_written() -> None:
    page = Template("{% load i18n %}{% translate 'Sign out' %}")
    with translation.override("es"):
        page.render(Context())
    with translation.override(None):
        assert page.render(Context()) == "Sign out"


def test_words_out_of_the_context_are_asked_for_each_time() -> None:
    page = Template("{% load i18n %}{% trans words %}|{% trans 'Home'|upper %}|{% trans 'Home' as kept %}{{ kept }}")
    assert [page.render(Context({"words": words})) for words in ("one", "<two>")] == [
        "one|HOME|Home",
        "&lt;two&gt;|HOME|Home",
    ]


def test_a_sign_of_hundreds_and_markup_of_ours_stand_as_they_do_in_django() -> None:
    page = Template("{% load i18n %}{% trans '100 % of <b>all</b>' %}")
    assert [page.render(Context()) for _time in range(2)] == ["100 % of <b>all</b>"] * 2


def test_an_address_of_a_file_is_the_one_of_the_storage_also_where_that_has_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = Template("{% load static %}{% static 'classroom/app.css' %}{% static name as kept %} {{ kept }}")
    shown = f"{staticfiles_storage.url('classroom/app.css')} {staticfiles_storage.url('a&b.css')}"
    for _time in range(2):
        assert page.render(Context({"name": "a&b.css"})) == shown.replace("&", "&amp;")
    monkeypatch.setattr(staticfiles_storage, "url", lambda name: f"/elsewhere/{name}")
    assert page.render(Context({"name": "x"})) == "/elsewhere/classroom/app.css /elsewhere/x"


def test_a_tag_without_what_it_needs_is_an_error_as_ever() -> None:
    for written in ("{% load i18n %}{% trans %}", "{% load static %}{% static %}"):
        with pytest.raises(TemplateSyntaxError):
            Template(written)


def test_a_page_has_its_own_parts_and_those_of_the_page_that_it_extends_however_often_it_is_shown() -> None:
    base = Template(
        "<{% block name %}base{% block inner %}!{% endblock %}{% endblock %}|{% block rest %}rest{% endblock %}>"
    )
    own = Template("{% extends base %}{% block name %}own {{ block.super }}{% endblock %}")
    middle = Template("{% extends base %}{% block inner %}?{% endblock %}")
    for _time in range(2):
        assert own.render(Context({"base": base})) == "<own base!|rest>"
        assert middle.render(Context({"base": base})) == "<base?|rest>"
        assert base.render(Context()) == "<base!|rest>"


def test_what_extends_nothing_or_stands_too_late_is_an_error_as_ever() -> None:
    for written in ("{% extends %}", "{% now 'Y' %}{% extends 'base.html' %}"):
        with pytest.raises(TemplateSyntaxError):
            Template(written)
