"""The library's pages say what the ledger holds, in a fixed number of queries."""

import pytest

from classroom.library.models import Fact, Film, Passage, Source
from tests import factories
from tests.classroom.library.pages import get, make_conflict, make_dated, make_term, text_of

LISTS = ["", "facts/", "conflicts/", "timeline/", "glossary/", "sources/", "families/"]


@pytest.fixture
def film(db) -> Film:
    return factories.make_film()


def fill(film: Film, times: int) -> None:
    for each in range(times):
        mark = f"{film.facts.count()}-{each}"
        make_conflict(film, f"conflict-{mark}")
        make_dated(film, f"2010-0{each + 1}")
        make_term(film, f"wick-{mark}")
        factories.make_source(film, f"source-{mark}")


@pytest.mark.parametrize("page", LISTS)
def test_a_list_takes_the_same_queries_with_one_row_and_with_three(film, alice, as_user, count_queries, page):
    client = as_user(alice)
    fill(film, 1)
    with_one = count_queries(client, f"/films/{film.key}/{page}")

    fill(film, 2)

    assert count_queries(client, f"/films/{film.key}/{page}") == with_one


@pytest.mark.parametrize("page", [*LISTS, "facts/the-fact/", "conflicts/how-long/", "sources/harbour-news/"])
def test_whoever_has_not_signed_in_is_sent_to_sign_in(film, client, page):
    response = client.get(f"/films/{film.key}/{page}")

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("page", ["facts/nothing/", "conflicts/nothing/", "sources/nothing/"])
def test_what_is_not_there_is_not_found(film, alice, as_user, page):
    assert as_user(alice).get(f"/films/{film.key}/{page}").status_code == 404
    assert as_user(alice).get("/films/no-such-film/").status_code == 404


def test_another_films_fact_is_not_found(film, alice, as_user):
    fact = factories.make_fact(factories.make_film("another"))

    assert as_user(alice).get(f"/films/{film.key}/facts/{fact.key}/").status_code == 404


def test_the_film_counts_what_it_holds(film, alice, as_user):
    fill(film, 1)
    factories.make_fact(film)

    page = text_of(get(as_user(alice), f"/films/{film.key}/"))

    assert "4 facts, each with its sources." in page
    assert "2 are disputed or doubtful." in page
    assert "1 place where the sources differ" in page


def test_the_content_note_is_for_teachers(film, teacher, alice, as_user):
    Film.objects.update(content_note="A storm drowns a man.")

    assert "A storm drowns" in text_of(get(as_user(teacher), f"/films/{film.key}/"))
    assert "A storm drowns" not in text_of(get(as_user(alice), f"/films/{film.key}/"))


def test_facts_are_narrowed_by_words_standing_nature_and_topic(film, alice, as_user):
    factories.make_fact(film, key="a", statement="The keeper rowed home.", standing="corroborated")
    factories.make_fact(film, key="b", statement="The keeper slept.", nature="opinion", by="Ada Reed")
    client, url = as_user(alice), f"/films/{film.key}/facts/"

    assert "1 fact found." in text_of(get(client, f"{url}?q=keeper+rowed"))
    assert "The keeper slept." in text_of(get(client, f"{url}?nature=opinion"))
    assert "1 fact found." in text_of(get(client, f"{url}?standing=corroborated"))
    assert "2 facts found." in text_of(get(client, f"{url}?topic=lamp"))
    assert "0 facts found." in text_of(get(client, f"{url}?q=whale"))


def test_a_choice_that_is_not_there_is_named_and_narrows_nothing(film, alice, as_user):
    factories.make_fact(film)

    page = text_of(get(as_user(alice), f"/films/{film.key}/facts/?topic=nowhere&q=%00"))

    assert "1 fact found." in page
    assert "invalid-feedback" in page


def test_pages_of_facts_keep_what_was_searched_for(film, alice, as_user):
    for _each in range(31):
        factories.make_fact(film)

    first = text_of(get(as_user(alice), f"/films/{film.key}/facts/?q=lamp"))
    second = text_of(get(as_user(alice), f"/films/{film.key}/facts/?q=lamp&page=2"))

    assert "Page 1 of 2" in first
    assert 'href="?q=lamp&amp;page=2"' in first
    assert "Page 2 of 2" in second


def test_dropped_facts_leave_the_list_and_keep_their_page(film, alice, as_user):
    fact = factories.make_fact(film, retired_at=factories.NOW)

    assert "0 facts found." in text_of(get(as_user(alice), f"/films/{film.key}/facts/"))
    assert "has dropped this fact" in text_of(get(as_user(alice), f"/films/{film.key}/facts/{fact.key}/"))


def test_use_and_notes_are_for_teachers(film, teacher, alice, as_user):
    fact = factories.make_fact(film, note="Ask who counted.")
    Source.objects.update(reliability="Written from memory.")

    for page, words in [
        (f"facts/{fact.key}/", ["Ask who counted.", "only with its source named"]),
        ("facts/", ["only with its source named"]),
        ("sources/harbour-news/", ["Written from memory."]),
    ]:
        for_teacher = text_of(get(as_user(teacher), f"/films/{film.key}/{page}"))
        for_student = text_of(get(as_user(alice), f"/films/{film.key}/{page}"))
        for each in words:
            assert each in for_teacher
            assert each not in for_student


def test_attached_lines_are_for_teachers_until_students_may_read_them(film, teacher, alice, as_user):
    fact = factories.make_fact(film)
    conflict = make_conflict(film)
    Passage.objects.update(text="The lamp shone till dawn.")
    pages = [
        f"/films/{film.key}/{rest}"
        for rest in (f"facts/{fact.key}/", f"conflicts/{conflict.key}/", "sources/harbour-news/")
    ]

    assert all("till dawn" in text_of(get(as_user(teacher), url)) for url in pages)
    assert not any("till dawn" in text_of(get(as_user(alice), url)) for url in pages)
    Source.objects.update(lines_for_students=True)
    assert all("till dawn" in text_of(get(as_user(alice), url)) for url in pages)


def test_a_fact_says_its_standing_its_sources_and_its_disputes(film, alice, as_user):
    conflict = make_conflict(film)
    fact = conflict.facts.first()

    page = text_of(get(as_user(alice), f"/films/{film.key}/facts/{fact.key}/"))

    assert "The sources differ, or one of them differs with itself." in page
    assert conflict.title in page
    assert "Harbour News, paragraph 1" in page
    assert "states it" in page


def test_a_derived_fact_shows_its_working_and_where_it_starts(film, alice, as_user):
    start = factories.make_fact(film, statement="The lamp was lit in May.")
    fact = factories.make_fact(
        film,
        nature=Fact.Nature.DERIVED,
        derivation={"operation": "sum", "from": [start.key, "gone"], "working": "3 + 4 = 7"},
    )

    page = text_of(get(as_user(alice), f"/films/{film.key}/facts/{fact.key}/"))

    assert "3 + 4 = 7" in page
    assert "It follows from what one source says." in page
    assert "The lamp was lit in May." in page


@pytest.mark.parametrize(
    ("nature", "by", "as_of", "words"),
    [
        ("opinion", "Ada Reed", "", "opinion of Ada Reed"),
        ("claim", "Ada Reed", "", "claim by Ada Reed"),
        ("quotation", "Ada Reed", "", "words of Ada Reed"),
        ("snapshot", "", "2015-10-01", "as it stood on 1 October 2015"),
        ("snapshot", "", "undated", "which gives no date"),
        ("fact", "", "", "fact"),
    ],
)
def test_a_facts_nature_is_said_in_words(film, alice, as_user, nature, by, as_of, words):
    fact = factories.make_fact(film, nature=nature, by=by, as_of=as_of)

    assert words in text_of(get(as_user(alice), f"/films/{film.key}/facts/{fact.key}/"))


def test_a_conflict_is_a_table_of_sources_by_readings(film, alice, as_user):
    conflict = make_conflict(film)

    page = text_of(get(as_user(alice), f"/films/{film.key}/conflicts/{conflict.key}/"))

    assert '<th scope="col"><span class="reading-letter">A</span> seven nights</th>' in page
    assert 'Island Post</a></th> <td><a href="/films/the-lighthouse/sources/island-post/#paragraph-2">' in page
    assert "One counts nights, the other dusks." in page
    assert "About eight nights." in page


def test_the_address_of_a_paragraph_leads_to_it(film, alice, as_user):
    make_conflict(film)
    make_term(film)

    page = text_of(get(as_user(alice), f"/films/{film.key}/sources/island-post/"))

    assert 'id="paragraph-2"' in page
    assert 'id="paragraph-3"' in page
    assert 'id="paragraph-1"' not in page


def test_a_source_says_how_precise_its_date_is(film, alice, as_user):
    factories.make_source(film)
    Source.objects.update(date="2012-05", date_note="As printed.")

    page = text_of(get(as_user(alice), f"/films/{film.key}/sources/harbour-news/"))

    assert '<time datetime="2012-05">May 2012</time> <span class="muted">(to the month)</span>' in page
    assert "As printed." in page
    assert "not attached: the kit knows 3 paragraphs by their fingerprints" in page


def test_the_timeline_is_in_order_with_years_first_and_days_without_a_year_last(film, alice, as_user):
    for when in ["--07-27", "2011-04-03", "2011-04", "2011", "2006/2010", "2012-01-01"]:
        make_dated(film, when)

    response = get(as_user(alice), f"/films/{film.key}/timeline/")

    years = [(year.label, [row.when for row in year.rows]) for year in response.context["years"]]
    assert years == [
        ("2006", ["2006 to 2010"]),
        ("2011", ["2011", "April 2011", "3 April 2011"]),
        ("2012", ["1 January 2012"]),
        ("Year not given", ["27 July"]),
    ]
    assert '<time datetime="2011-04">April 2011</time>' in text_of(response)


def test_the_glossary_marks_chinese_as_chinese_and_has_an_anchor_for_each_term(film, alice, as_user):
    make_term(
        film, "keeper", kind="person", chinese="守塔人", also=["the old man"], translations={"es": "farero: quien"}
    )

    page = text_of(get(as_user(alice), f"/films/{film.key}/glossary/"))

    assert 'id="term-keeper"' in page
    assert '<span lang="zh">守塔人</span>' in page
    assert "the old man" in page
    assert '<p lang="es">farero: quien</p>' in page


def test_the_letter_to_families_shows_the_kits_text_and_the_facts_that_it_cites(film, alice, as_user):
    fact = factories.make_fact(film)
    chip = f'<a href="#fact-{fact.key}" class="fact-chip">1</a>'
    Film.objects.update(families_html=f"<p>Dear families.{chip}</p>")

    page = text_of(get(as_user(alice), f"/films/{film.key}/families/"))

    assert f"<p>Dear families.{chip}</p>" in page
    assert f'id="fact-{fact.key}"' in page


def test_a_fact_names_the_lessons_that_cite_it_to_teachers(film, teacher, alice, as_user):
    fact = factories.make_fact(film)
    lesson = factories.make_lesson(film, title="Keeping the light")
    for step in lesson.steps.all():
        step.facts.add(fact)
    others = factories.make_lesson(film, title="Somebody's own", owner=factories.make_teacher("Olga"))
    others.steps.first().facts.add(fact)

    page = text_of(get(as_user(teacher), f"/films/{film.key}/facts/{fact.key}/"))

    assert page.count("Keeping the light") == 1
    assert f"/lessons/{lesson.pk}/plan/" in page
    assert "Somebody's own" not in page
    assert "Keeping the light" not in text_of(get(as_user(alice), f"/films/{film.key}/facts/{fact.key}/"))
