"""The proof of wrong options, as a table of what may and what may not stand beside a fact."""

import pytest

from classroom.library.values import parse
from quizzes.authoring import Refused, objection, prove_wrong
from tests.quizzes.authoring.examples import LEDGER

REFUSED = [
    ("detention-days", "81 days", "held for 81 days"),
    ("detention-days", "three months", "Fast Company, paragraph 3: “detained for three months”"),
    ("detention-days", "12 weeks", "held for 81 days"),
    ("detention-days", "82 days", "held for 81 days"),
    ("detention-days", "half a year", "the listing page, paragraph 37: “disappeared for half a year”"),
    ("detention-days", "six months", "half a year"),
    ("running-time", "two hours", "accepted wording “two hours”"),
    ("children", "5192", "more than 5000 children"),
    ("children", "4500", "more than 5000 children"),
    ("children", "9000", "more than 5000 children"),
    ("children", "800", "CineVue, paragraph 5: “hundreds of schoolchildren”"),
    ("quake", "2008-05-12", "2008"),
    ("start", "2011-04-04", "2011-04-03"),
    ("start", "2011", "2011-04-03"),
    ("festival", "2012-04-26", "--04-26"),
    ("tate", "Tate", "Tate Modern"),
    ("beijing", "Peking", "accepted wording “Peking”"),
    ("editor", "Alison Klayman", "may never stand as wrong"),
    ("editor", "Klayman", "may never stand as wrong"),
    ("katz", "Julie Goldman", "Julie Goldman"),
    ("design", "helped to design it", "co-design"),
    ("design", "he designed the stadium alone", "CineVue, paragraph 3: “designed it”"),
    ("blog", "took his passport", "took away his passport"),
    ("tax", "2.5 million", "2400000"),
    ("stay", "2006/2009", "2006/2010"),
]

ALLOWED = [
    ("detention-days", "eighteen days"),
    ("detention-days", "two weeks"),
    ("detention-days", "a year"),
    ("children", "2000"),
    ("children", "60000"),
    ("quake", "2011"),
    ("start", "2011-06-01"),
    ("festival", "--07-27"),
    ("tate", "Three Shadows"),
    ("beijing", "Shanghai"),
    ("editor", "Ilan Isakov"),
    ("katz", "Brian Newman"),
    ("design", "paid for it"),
    ("blog", "gave him a prize"),
    ("tax", "240000"),
    ("stay", "1983/1993"),
]


@pytest.mark.parametrize(("key", "wording", "quoted"), REFUSED)
def test_an_option_that_a_reading_makes_true_is_refused_with_that_reading(key: str, wording: str, quoted: str) -> None:
    fact = LEDGER.facts[key]
    with pytest.raises(Refused) as refused:
        prove_wrong(parse(wording, fact.value.type, fact.value.unit), fact, LEDGER)
    assert quoted in refused.value.reason


@pytest.mark.parametrize(("key", "wording"), ALLOWED)
def test_an_option_that_no_reading_makes_true_is_allowed(key: str, wording: str) -> None:
    fact = LEDGER.facts[key]
    prove_wrong(parse(wording, fact.value.type, fact.value.unit), fact, LEDGER)


def test_a_value_of_a_thing_worded_alike_is_refused() -> None:
    fact = LEDGER.facts["detention-days"]
    assert objection(parse("60 days", "duration"), fact, LEDGER) == ""
    reason = objection(parse("68 days", "duration"), fact, LEDGER)
    assert reason == "“68 days” is the length by the calendar of the detention, which is much like what is asked."


def test_what_stands_in_the_stem_is_refused() -> None:
    fact = LEDGER.facts["munich"]
    stem = "Which city, other than London, showed the backpacks?"
    assert "stands in the stem" in objection(parse("London", "place"), fact, LEDGER, stem=stem)
    assert objection(parse("London", "place"), fact, LEDGER, stem="Which city?") == ""
