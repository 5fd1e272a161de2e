"""Disguised words are found, ordinary ones are left alone, and the labelled posts say how well."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom.screening.matching import Action, Entry, Kind, Match, WordList, screen
from classroom.screening.matching.folding import fold
from classroom.screening.matching.lists import site_allowed, site_entries
from tests.bench import screening

SITE = WordList(site_entries(), site_allowed())


def words(text: str, *entries: str) -> list[str]:
    """What is found of a list, as it stands in the text."""
    watched = WordList([Entry(entry, Action.HOLD) for entry in entries])
    return [text[each.start : each.end] for each in watched.find(fold(text))]


@pytest.mark.parametrize(
    "typed",
    [
        "rascal", "RASCAL", "r4sc@l", "rrraaascal", "r.a.s.c.a.l", "r a s c a l", "r*sc*l", "ｒａｓｃａｌ", "rаsсаl",
        "ra\u200bscal", "ràscál", "ra5ca1", "𝓻𝓪𝓼𝓬𝓪𝓵",
    ],
)  # fmt: skip
def test_a_word_is_found_in_every_disguise_and_stands_where_it_was_typed(typed):
    assert words(f"You {typed}!", "rascal") == [typed]


@pytest.mark.parametrize("text", ["Scunthorpe", "Penistone", "classic assassins", "a cockpit", "shitake", "Essex"])
def test_a_word_within_a_word_is_left_alone(text):
    assert words(text, "cunt", "penis", "ass", "cock", "shit", "sex") == []


def test_a_star_at_the_end_stands_for_any_ending():
    assert words("rascals and rascally", "rascal*") == ["rascals", "rascally"]
    assert words("rascals", "rascal") == []


def test_figures_are_no_words():
    assert words("Room 455, 4 55, $455 or 4.55", "ass") == []


def test_chinese_is_found_anywhere_and_in_both_scripts():
    assert words("你这大笨蛋啊", "笨蛋") == ["笨蛋"]
    assert words("你真是個豬頭", "猪头") == ["豬頭"]
    assert words("笨 蛋", "笨蛋") == ["笨 蛋"]


def test_a_word_that_holds_another_one_and_means_something_else_is_left_alone():
    watched = WordList([Entry("他妈", Action.HOLD)], ["他妈妈"])
    assert watched.find(fold("他妈妈说要去")) == []
    assert len(watched.find(fold("他妈妈说,真他妈烦"))) == 1


def test_an_accent_makes_no_difference_and_a_tilde_does():
    assert words("Cabrón y cabron", "cabron") == ["Cabrón", "cabron"]
    assert words("un año", "ano") == []


def test_an_abbreviation_of_chinese_is_looked_for_beside_chinese_alone():
    assert [each.entry for each in screen("sb说什么", SITE)] == ["sb"]
    assert screen("Ask sb else.", SITE) == []


@pytest.mark.parametrize(
    "text",
    [
        "It happened on 2008-05-12, at 14:28, to 5,385 students.",
        "100 000 000 seeds, 9.000 mochilas, 1 000 000 names",
        "Pages 12-14, paragraphs 3, 4, 5, 6 and 7, room 204.",
        "The film ended.It was late.",
        "@aiww wrote that.",
        "8/12/2011 and 1957.08.28",
    ],
)
def test_numbers_dates_and_the_films_own_names_are_no_personal_data(text):
    assert screen(text, SITE, known={"aiww"}) == []


def test_a_dead_end_is_no_concern_and_despair_is():
    assert screen("I nearly died of boredom.", SITE) == []
    [match] = screen("I want to die.", SITE)
    assert match.kind is Kind.SELF_HARM


def test_a_match_is_kept_as_plain_values_and_comes_back():
    [match] = screen("You idiot.", SITE)
    assert Match.from_json(match.as_json()) == match
    assert "You idiot."[match.start : match.end] == "idiot"


@pytest.mark.parametrize(
    "text",
    [
        "f*" * 2500, "a" * 5000, "1 " * 2500, "i live " * 700, "傻 " * 2500, "one two " * 600, "s" + "$" * 4999,
        "calle " * 800, "a@" * 2500, "my house " * 550, ". " * 2500, "me voy a " * 500, "|" * 5000, "a.b" * 1600,
    ],
)  # fmt: skip
def test_no_post_takes_long_whatever_is_in_it(text):
    screen("warm", SITE)
    began = time.process_time()
    screen(text, SITE)
    assert time.process_time() - began < 2


@given(st.text(max_size=200))
def test_every_match_stands_within_the_text(text):
    for match in screen(text, SITE):
        assert 0 <= match.start < match.end <= len(text)


def test_the_labelled_posts_are_enough_in_three_languages_and_in_two_halves():
    tuning, frozen = screening.labelled("tuning"), screening.labelled("frozen")
    assert len(tuning) + len(frozen) >= 300
    assert {post["lang"] for post in frozen} == {"en", "zh", "es"}
    assert not {str(post["text"]) for post in tuning} & {str(post["text"]) for post in frozen}


def test_on_posts_that_it_was_not_tuned_on_it_finds_what_the_documents_say(capsys):
    screening.main()
    title, _heading, *printed = capsys.readouterr().out.splitlines()
    document = (Path(__file__).parents[3] / "docs" / "screening.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.split("|")[2:4]] for line in document.splitlines() if line.startswith("|")]

    assert rows[2:] == [line.split()[1:3] for line in printed]
    assert f"by kind on {len(screening.labelled('frozen'))} posts" in document
    assert "frozen half" in title
    for kind, (right, wrong, missed) in screening.count(screening.labelled("frozen")).items():
        if kind == screening.UNKIND:
            continue
        assert right / (right + wrong) >= 0.85, kind
        assert right / (right + missed) >= 0.5, kind
