"""A page around one long part."""

from django.template import engines
from django.test import RequestFactory
from django.utils.safestring import SafeString, mark_safe

from classroom.common.around import PageAround


def rendered(text: str, long_part: SafeString, **page: object) -> str:
    # A response takes a template's name or the template itself.
    template = engines["django"].from_string(text)
    response = PageAround(RequestFactory().get("/"), template, page, long_part)  # type: ignore[arg-type]
    return response.render().content.decode()


def test_the_part_stands_where_the_template_writes_it() -> None:
    rows = mark_safe("<tr><td>艾 &amp; 7.5</td></tr>")
    text = "<h1>{{ name }}</h1>{% if name %}<table>{{ long_part }}</table>{% endif %}“end”"
    assert rendered(text, rows, name="<Ai>") == "<h1>&lt;Ai&gt;</h1><table><tr><td>艾 &amp; 7.5</td></tr></table>“end”"


def test_a_template_that_never_writes_it_goes_without() -> None:
    assert rendered("Nobody yet.", SafeString("<tr></tr>")) == "Nobody yet."


def test_the_mark_of_one_page_says_nothing_on_another() -> None:
    first = PageAround(RequestFactory().get("/"), "x.html", {}, SafeString("rows"))
    seen = (first.context_data or {})["long_part"]
    assert rendered("{{ seen }}{{ long_part }}", SafeString("rows"), seen=seen) == f"{seen}rows"
