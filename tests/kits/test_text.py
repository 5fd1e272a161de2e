"""Figures, names and sentences in a text."""

from decimal import Decimal

import pytest

from kits.check.claims import claim_in
from kits.check.text.figures import amounts_in, figures_in
from kits.check.text.names import WordIndex, name_words, names_in
from kits.check.text.words import fold, sentences


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("three months", "3"),
        ("one hundred million seeds", "100000000"),
        ("100-million porcelain", "100000000"),
        ("US$2.4 million", "2400000"),
        ("5K ratings", "5000"),
        ("4.5K", "4500"),
        ("more than 5,000", "5000"),
        ("June 22nd, 2011", "22"),
        ("June 22nd, 2011", "2011"),
        ("1 hr 31 min", "91"),
        ("2 hours and 5 minutes", "125"),
        ("half an year", "6"),
        ("half a year", "0.5"),
        ("a year and a half", "1.5"),
        ("a year and a half", "18"),
        ("twenty-one", "21"),
        ("the third of them", "3"),
        ("hundreds died", "200"),
        ("two dozen", "24"),
        ("７５ people", "75"),
        ("9 / 10", "9"),
        ("24/7", "7"),
        ("a 54-year-old", "54"),
        ("0.1 percent", "0.1"),
        ("one-year", "1"),
        ("both of them", "2"),
    ],
)
def test_a_source_can_stand_for_an_amount(text: str, amount: str) -> None:
    assert Decimal(amount) in amounts_in(text)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("one of the first", []),
        ("two of 3", ["two", "3"]),
        ("written by pampowell5", []),
        ("a hundred people", ["hundred"]),
        ("eighty-one days, then 12", ["eighty one", "12"]),
        ("five hundred and six", ["five hundred and six"]),
    ],
)
def test_a_writer_states_figures_sparingly(text: str, figures: list[str]) -> None:
    assert [figure.written for figure in figures_in(text)] == figures


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Varga filmed Edda Lorne.", ["Edda", "Lorne"]),
        ("It was so. Then Tom came to the Skerry Festival", ["Tom", "Skerry", "Festival"]),
        ("The U.S. prize of The Harbour Gazette", ["US", "Harbour", "Gazette"]),
        ("It is I who am OK", []),
    ],
)
def test_names_are_capitals_that_no_sentence_explains(text: str, names: list[str]) -> None:
    assert [name.written for name in names_in(text)] == names


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("Varga", "Varga’s first film"),
        ("Lorne", "the Lornes"),
        ("Hot Docs", "the HOTDOCS festival"),
        ("HotDocs", "at Hot Docs"),
        ("América", "AMERICAN film"),
        ("sculptor", "his sculpture"),
        ("director", "Directed by"),
        ("film-maker", "a filmmaker"),
        ("Müller", "Muller said"),
    ],
)
def test_a_name_is_found_however_it_is_bent(name: str, source: str) -> None:
    index = WordIndex.of(source)
    assert all(index.has(word) for word in name_words(name))


@pytest.mark.parametrize(("name", "source"), [("Varga", "Vargas"), ("Tom", "Tomorrow"), ("Lorne", "a long time")])
def test_a_name_is_not_found_in_what_only_looks_like_it(name: str, source: str) -> None:
    found = [WordIndex.of(source).has(word) for word in name_words(name)]
    # A plural is taken for the name: that is the price of possessives without an apostrophe.
    assert found == [source == "Vargas"]


def test_sentences_end_where_a_reader_would_end_them() -> None:
    text = 'Dr. Bly came. "Who?" asked she. It was 3.5 km. 19 days passed!'
    assert list(sentences(text)) == ["Dr. Bly came.", '"Who?" asked she.', "It was 3.5 km.", "19 days passed!"]


def test_folding_drops_accents_case_and_the_possessive() -> None:
    assert fold("Édith’s") == "edith"


@pytest.mark.parametrize(
    "text",
    [
        "The film was made by Ines Varga.",
        "It lasted 19 days.",
        "Read the text. Then the light at Gull Point went out.",
    ],
)
def test_a_sentence_with_a_name_or_figure_is_a_claim(text: str) -> None:
    assert claim_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "Who was Ines Varga?",
        "Read what Ines Varga said.",
        "In pairs, compare the Gazette and the Letter.",
        "Then write 3 sentences.",
        "You have read Ines Varga's words.",
        "The work takes 10 minutes in groups of 4.",
        "Nobody knows.",
    ],
)
def test_questions_and_instructions_claim_nothing(text: str) -> None:
    assert claim_in(text) == ""
