"""The Markdown of lessons becomes HTML with numbered chips and links into the library."""

from classroom.common.markdown import chips
from classroom.lessons.rendering import render_texts


def test_chips_are_numbered_over_all_texts_by_first_appearance() -> None:
    first, second = render_texts("lamp", ["One.[^b] Two.[^a]", "Again.[^a] Three.[^c]"], {"a", "b", "c"})

    assert chips(first) == {"b": 1, "a": 2}
    assert chips(second) == {"a": 2, "c": 3}
    assert '<a href="#fact-b" class="fact-chip">1</a>' in first


def test_a_mark_of_an_unknown_fact_stays_as_typed() -> None:
    (html,) = render_texts("lamp", ["Who says so?[^nobody]"], {"a"})

    assert "[^nobody]" in html
    assert chips(html) == {}


def test_no_link_that_somebody_types_passes_for_a_chip() -> None:
    typed = [f"[{number}]({start}a)" for number in ("7", "9" * 5000) for start in ("fact:", "#fact-")]

    html = render_texts("lamp", [*typed, "One.[^a]"], {"a"})

    assert [chips(each) for each in html] == [{}, {}, {}, {}, {"a": 1}]


def test_terms_and_conflicts_link_into_the_library() -> None:
    (html,) = render_texts("lamp", ["A [wick](term:wick), and [two counts](conflict:how-many)."], set())

    assert 'href="/films/lamp/glossary/#term-wick"' in html
    assert 'href="/films/lamp/conflicts/how-many/"' in html


def test_a_mark_that_is_no_key_leads_nowhere() -> None:
    (html,) = render_texts("lamp", ["[x](conflict:no/such)"], set())

    assert 'href="#"' in html


def test_html_in_a_kit_is_shown_and_not_passed_on() -> None:
    (html,) = render_texts("lamp", ["<script>alert(1)</script> [x](javascript:alert)"], set())

    assert "<script" not in html
    assert 'href="javascript' not in html


def test_who_hovers_over_a_term_is_told_what_it_means() -> None:
    (html,) = render_texts("lamp", ["A [wick](term:wick)."], set(), {"wick": 'What "burns" in a lamp.'})
    assert 'title="What &quot;burns&quot; in a lamp."' in html
