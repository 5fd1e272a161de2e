"""The remembered ``url`` tag says what Django's own says."""

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.urls import NoReverseMatch, reverse


def shown(template: str, **context: object) -> str:
    return Template(template).render(Context(context))


def test_an_address_is_the_one_that_django_works_out_each_time_it_is_asked_for() -> None:
    for _time in range(2):
        assert shown("{% url 'classroom:home' %}") == reverse("classroom:home")
        assert shown("{% url 'account_logout' %}") == reverse("account_logout")
        for pk in (1, 2, 10**12):
            assert shown("{% url 'classroom:thread' pk %}", pk=pk) == reverse("classroom:thread", args=[pk])
            assert shown("{% url name thread_id=pk %}", name="classroom:thread", pk=pk) == f"/threads/{pk}/"


def test_it_can_be_kept_under_a_name_and_is_escaped_where_it_is_shown() -> None:
    page = "{% url 'classroom:thread' 3 as where %}{{ where }}{% url 'classroom:nowhere' 3 as none %}[{{ none }}]"
    assert shown(page) == "/threads/3/[]"
    assert shown("{% autoescape off %}{% url 'classroom:home' %}{% endautoescape %}") == reverse("classroom:home")


def test_what_leads_nowhere_is_an_error_as_ever() -> None:
    for _time in range(2):
        with pytest.raises(NoReverseMatch):
            shown("{% url 'classroom:nowhere' %}")
        with pytest.raises(NoReverseMatch):
            shown("{% url 'classroom:thread' 'x' %}")
    with pytest.raises(TemplateSyntaxError):
        Template("{% url %}")
