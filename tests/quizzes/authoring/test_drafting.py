"""Drafting: what each type gives, what it refuses and why, and that a seed always gives the same."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from quizzes.authoring import Blueprint, Criterion, GapBlueprint, Ledger, Pair, Refused, draft, suggest
from quizzes.grading import grade, key_text
from tests.quizzes.authoring.examples import FACTS, LEDGER, SOURCES, fact


def blueprint(question_type: str, stem: str = "Which is it?", **rest: Any) -> Blueprint:
    return Blueprint(key=rest.pop("key", "a-question"), type=question_type, stem=stem, **rest)


def texts(entries: list[dict[str, str]]) -> list[str]:
    return [entry["text"] for entry in entries]


CINEVUE = "According to CineVue, how long was Ai held?"
DRAFTED: list[tuple[Blueprint, str]] = [
    (blueprint("choice", CINEVUE, fact="detention-days", distractors=("eighteen days", 365, 10)), "81 days"),
    (blueprint("choice", CINEVUE, fact="detention-days"), "81 days"),
    (blueprint("choice", fact="munich"), "Munich"),
    (blueprint("multiple", facts=("katz", "goldman", "cohen")), "Julie Goldman; Karl Katz; Andrew Cohen"),
    (blueprint("true-false", fact="munich", value="munich"), "True"),
    (blueprint("true-false", fact="beijing", value="Peking"), "True"),
    (blueprint("true-false", CINEVUE, fact="detention-days", value="three months"), "True"),
    (blueprint("true-false", fact="munich", value="Paris"), "False"),
    (blueprint("numeric", CINEVUE, fact="detention-days"), "81 days (also: 3 months)"),
    (blueprint("numeric", fact="share"), "40 people, give or take 6"),
    (blueprint("numeric", fact="backpacks", tolerance=100), "9,000 backpacks, give or take 100"),
    (blueprint("date", fact="start"), "3 April 2011"),
    (blueprint("short", fact="start"), "3 April 2011 (also: 2011-04-03)"),
    (blueprint("short", fact="backpacks"), "9,000 backpacks (also: 9000)"),
    (blueprint("date", fact="festival"), "26 April"),
    (blueprint("short", fact="stadium"), "Bird's Nest (also: Beijing National Stadium; 鸟巢)"),
    (
        blueprint("short", fact="katz", accept=("Carl Katz",)),
        "Karl Katz (also: Carl Katz; Julie Goldman; Andrew Cohen)",
    ),
    (
        blueprint("matching", pairs=(Pair("munich", "backpacks"), Pair("london", "seeds"), Pair("tokyo", "museum"))),
        "seeds: London; museum: Tokyo; backpacks: Munich",
    ),
    (
        blueprint("ordering", facts=("premiere", "end", "quake", "start"), label={"quake": "The earthquake"}),
        "1. The earthquake; 2. Ai's detention: first day; 3. Ai's detention: day of release; "
        "4. the film: date of the premiere",
    ),
    (blueprint("which-source", fact="detention-half-year"), "the listing page"),
    (blueprint("which-source", fact="detention-days", reading="three months"), "Fast Company"),
    (blueprint("which-source", fact="children", reading="hundreds", distractors=("pbs", "fast")), "CineVue"),
]


@pytest.mark.parametrize(("plan", "key"), DRAFTED)
def test_every_type_is_drafted_with_its_key(plan: Blueprint, key: str) -> None:
    drafted = draft(plan, LEDGER, 1)
    shown = key_text(drafted.type, drafted.content, drafted.key)
    assert sorted(shown.split("; ")) == sorted(key.split("; "))
    assert drafted.facts == plan.fact_keys
    assert grade(drafted.type, drafted.content, drafted.key, None).fraction == 0


@pytest.mark.parametrize("plan", [plan for plan, _ in DRAFTED])
def test_a_seed_always_gives_the_same_question(plan: Blueprint) -> None:
    assert draft(plan, LEDGER, 7) == draft(plan, LEDGER, 7)
    other_way_round = Ledger.of(FACTS[::-1], SOURCES[::-1])
    assert draft(plan, other_way_round, 7).content == draft(plan, LEDGER, 7).content


def test_the_right_option_takes_every_place() -> None:
    plan = blueprint("choice", fact="munich")
    assert {draft(plan, LEDGER, seed).key["correct"] for seed in range(40)} == set("abcd")
    places = {draft(replace(plan, key=f"question-{number}"), LEDGER, 1).key["correct"] for number in range(40)}
    assert places == set("abcd")


REFUSED: list[tuple[Blueprint, str]] = [
    (blueprint("riddle", fact="munich"), "no question type"),
    (blueprint("choice", " ", fact="munich"), "no stem"),
    (blueprint("choice", fact="munich", points=0), "worth more than nothing"),
    (blueprint("choice"), "names no fact"),
    (blueprint("choice", fact="nowhere"), "no fact “nowhere”"),
    (blueprint("choice", fact="munich", facts=("london",)), "rests on one fact"),
    (blueprint("choice", fact="rating"), "for discussion only"),
    (blueprint("choice", fact="detention-days"), "names its source (CineVue, the PBS page, Fast Company)"),
    (blueprint("choice", "In Never Sorry, how long?", fact="detention-days"), "names its source"),
    (
        blueprint("choice", CINEVUE, fact="detention-days", distractors=("three months", 5, 10)),
        "Fast Company, paragraph 3: “detained for three months”",
    ),
    (
        blueprint("choice", CINEVUE, fact="detention-days", distractors=("half a year",)),
        "the listing page, paragraph 37",
    ),
    (blueprint("choice", CINEVUE, fact="detention-days", distractors=("a while",)), "not of the fact's type"),
    (blueprint("choice", fact="munich", distractors=("Paris", "paris")), "given twice"),
    (blueprint("choice", fact="tate"), "Only 0 of 3 wrong options"),
    (blueprint("choice", "Was it Munich or not?", fact="munich"), "“Munich” stands in it"),
    (
        blueprint("choice", fact="passport", distractors=("wept", "ate", "slept")),
        "it is the longest by far",
    ),
    (
        blueprint(
            "choice",
            "What did they do to his blog in the end?",
            fact="blog",
            distractors=("praised him", "paid", "left"),
        ),
        "alone",
    ),
    (blueprint("choice", "It was shown in a", fact="munich", distractors=("Oslo", "Paris", "Rome")), "write “a/an”"),
    (blueprint("choice", fact="munich", distractors=tuple(f"City{n}" * 3 for n in range(10))), "can weigh"),
    (blueprint("multiple", facts=("katz",)), "two facts or more"),
    (blueprint("multiple", facts=("katz", "editor")), "members of one list"),
    (blueprint("multiple", facts=("katz", "goldman"), distractors=("Andrew Cohen",)), "Andrew Cohen"),
    (blueprint("true-false", fact="munich"), "under value"),
    (blueprint("true-false", fact="backpacks", value="lots"), "not of the fact's type"),
    (blueprint("true-false", CINEVUE, fact="detention-days", value="80 days"), "neither the fact's nor proved wrong"),
    (blueprint("true-false", fact="casualties", value=40000), "follows from “at least 80,000 casualties”"),
    (blueprint("numeric", fact="munich"), "needs a number"),
    (blueprint("numeric", "Was it 9,000 backpacks?", fact="backpacks"), "gives the right answer away"),
    (blueprint("date", fact="backpacks"), "needs a date"),
    (blueprint("matching", pairs=(Pair("munich", "a"), Pair("london", "b"))), "3 to 10 pairs"),
    (blueprint("matching", pairs=(Pair("munich", "a"), Pair("london", "a"), Pair("tokyo", "b"))), "read the same"),
    (blueprint("matching", pairs=(Pair("munich", "Munich"), Pair("london", "a"), Pair("tokyo", "b"))), "partner away"),
    (
        blueprint("matching", pairs=(Pair("katz", "first"), Pair("goldman", "second"), Pair("editor", "third"))),
        "would fit two prompts",
    ),
    (
        blueprint(
            "matching",
            pairs=(Pair("munich", "a"), Pair("london", "b"), Pair("beijing", "c")),
            distractors=("Peking",),
        ),
        "Peking",
    ),
    (
        blueprint(
            "matching",
            pairs=(Pair("start", "a"), Pair("end", "b"), Pair("premiere", "c")),
            distractors=("one day",),
        ),
        "not of the facts' type",
    ),
    (blueprint("multiple", facts=("katz", "katz")), "hold the same value"),
    (blueprint("ordering", facts=("quake", "start")), "3 to 10 facts"),
    (blueprint("ordering", facts=("quake", "start", "festival")), "no date with a year"),
    (blueprint("ordering", facts=("quake", "start", "munich")), "no date with a year"),
    (blueprint("ordering", facts=("quake", "start", "arrest-year")), "Which came first cannot be told"),
    (
        blueprint("ordering", facts=("quake", "start", "premiere"), label={"quake": "The earthquake of 2008"}),
        "tells the year",
    ),
    (blueprint("which-source", fact="detention-days"), "More than one source states “81 days”"),
    (blueprint("which-source", fact="children", reading="millions"), "No source states “millions”"),
    (
        blueprint("which-source", fact="detention-half-year", distractors=("nobody",)),
        "no source “nobody”",
    ),
    (blueprint("which-source", fact="detention-half-year", distractors=("listing",)), "is the right answer"),
    (blueprint("which-source", fact="detention-half-year", distractors=("pbs", "pbs")), "given twice"),
    (
        blueprint("which-source", fact="detention-days", reading="three months", distractors=("cinevue",)),
        "says so too, or nearly: CineVue, paragraph 4",
    ),
    (blueprint("which-source", "Does lasttimeisaw say so?", fact="detention-half-year"), "gives the right answer away"),
]


@pytest.mark.parametrize(("plan", "reason"), REFUSED)
def test_what_cannot_be_asked_is_refused_with_the_reason(plan: Blueprint, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        draft(plan, LEDGER, 1)
    assert reason in refused.value.reason


def test_drawn_options_are_of_the_same_sort_and_never_near_a_reading() -> None:
    for seed in range(30):
        drawn = draft(blueprint("choice", CINEVUE, fact="detention-days"), LEDGER, seed)
        assert set(texts(drawn.content["options"])) == {"81 days", "18 days", "40 days", "305 days"}
        crew = set(texts(draft(blueprint("choice", fact="katz"), LEDGER, seed).content["options"]))
        assert not crew & {"Julie Goldman", "Andrew Cohen"}


def test_numbers_are_dressed_in_the_facts_unit_and_without_a_bound() -> None:
    stem = "According to The Epoch Times, at least how many?"
    options = texts(draft(blueprint("choice", stem, fact="children"), LEDGER, 3).content["options"])
    assert "5,000 children" in options
    assert all(option.endswith(" children") and "at least" not in option for option in options)


def test_authored_options_come_first() -> None:
    plan = blueprint("choice", fact="munich", distractors=("Paris", "Rome", "Oslo", "Vienna"))
    assert sorted(texts(draft(plan, LEDGER, 1).content["options"])) == ["Munich", "Oslo", "Paris", "Rome", "Vienna"]
    topped_up = texts(draft(replace(plan, distractors=("Paris",)), LEDGER, 1).content["options"])
    assert {"Munich", "Paris"} < set(topped_up)
    assert len(topped_up) == 4


def test_an_explanation_names_facts_and_passages() -> None:
    plan = blueprint("choice", CINEVUE, fact="detention-days", explanation="Compare the sources.")
    explanation = draft(plan, LEDGER, 1).explanation
    assert explanation.text == "Compare the sources."
    assert explanation.facts[0].sources == (("cinevue", 4), ("pbs", 7), ("fast", 3))
    assert explanation.as_text(LEDGER) == (
        "Compare the sources.\n\nFact: Ai was held for 81 days. "
        "Sources: CineVue, paragraph 4; the PBS page, paragraph 7; Fast Company, paragraph 3."
    )


def test_a_derived_fact_rests_on_the_sources_of_what_it_comes_from() -> None:
    explanation = draft(blueprint("numeric", fact="derived"), LEDGER, 1).explanation
    assert explanation.facts[0].sources == (("pbs", 1),)


def test_one_option_may_fit_two_prompts_when_it_is_the_same() -> None:
    ledger = Ledger.of([*FACTS, fact("munich-too", "the reading / city", "Munich", "place", kind="city")], SOURCES)
    pairs = (Pair("munich", "backpacks"), Pair("munich-too", "reading"), Pair("london", "seeds"))
    drafted = draft(blueprint("matching", pairs=pairs), ledger, 1)
    assert sorted(texts(drafted.content["options"])) == ["London", "Munich"]
    assert len(set(drafted.key["pairs"].values())) == 2


@pytest.mark.parametrize("held", [held for held in FACTS if held.use != "discuss"], ids=lambda held: held.key)
def test_every_suggestion_can_be_drafted_and_asks_in_a_sentence(held: Any) -> None:
    for plan in suggest([held], LEDGER, 5):
        drafted = draft(plan, LEDGER, 5)
        assert drafted.stem[0].isupper()
        assert drafted.stem[-1] in "?."
        assert "  " not in drafted.stem


def test_facts_suggest_the_types_that_fit_them() -> None:
    def types(*keys: str) -> list[str]:
        return [plan.type for plan in suggest([LEDGER.facts[key] for key in keys], LEDGER)]

    assert types("rating") == []
    assert types("munich") == ["choice", "true-false", "true-false", "short", "which-source"]
    assert types("backpacks") == ["choice", "true-false", "true-false", "numeric", "which-source"]
    assert types("start")[-2:] == ["date", "which-source"]
    assert types("katz", "goldman", "cohen")[-1] == "multiple"
    assert types("quake", "start", "premiere")[-2:] == ["matching", "ordering"]
    assert types("munich", "london", "tokyo")[-1] == "matching"


def test_suggested_stems_name_the_source_where_they_must() -> None:
    stems = {plan.key: plan.stem for plan in suggest([LEDGER.facts["detention-days"]], LEDGER)}
    assert stems["detention-days-numeric"] == "According to CineVue, what is the length of Ai's detention?"
    assert stems["detention-days-true"] == "True or false? According to CineVue: Ai was held for 81 days."
    stems = {plan.key: plan.stem for plan in suggest([LEDGER.facts["editor"], LEDGER.facts["katz"]], LEDGER)}
    assert stems["editor-choice"] == "Who is the editor of the film?"
    assert stems["katz-short"] == "Name one: executive producers of the film."


GAPS = (
    GapBlueprint(fact="munich", type="choice"),
    GapBlueprint(fact="backpacks", type="numeric", points=2, marking={"relative": 0.1}),
    GapBlueprint(fact="stadium", type="short", marking={"typos": True, "reject": ["Bird's Test"]}),
    GapBlueprint(fact="start", type="date", marking={"partial": False}),
)
TEXT = "In [[1]] hung [[2]] of them. Near the [[3]] he was held from [[4]] on, says CineVue."


def test_a_text_with_gaps_is_drafted_from_its_facts() -> None:
    drafted = draft(blueprint("blanks", "Fill in.", text=TEXT, gaps=GAPS), LEDGER, 1)
    assert drafted.facts == ("munich", "backpacks", "stadium", "start")
    options = drafted.content["gaps"][0]["content"]["options"]
    munich = next(entry["id"] for entry in options if entry["text"] == "Munich")
    filled = {
        "1": {"option": munich},
        "2": {"number": "9500"},
        "3": {"text": "birds nesd"},
        "4": {"date": "2011-04-03"},
    }
    assert grade(drafted.type, drafted.content, drafted.key, {"gaps": filled}).fraction == 1
    coarse = grade(drafted.type, drafted.content, drafted.key, {"gaps": {**filled, "4": {"date": "2011"}}})
    assert coarse.fraction == Fraction(4, 5)
    assert len(options) == 4


def test_a_text_to_be_read_keeps_its_rubric_and_its_facts() -> None:
    rubric = (Criterion("Names a source", 2), Criterion("Weighs it", 1.5))
    plan = blueprint("essay", CINEVUE, facts=("detention-days",), rubric=rubric, model="It may say so.", most_words=200)
    drafted = draft(plan, LEDGER, 1)
    assert drafted.content == {"most_words": 200}
    assert key_text(drafted.type, drafted.content, drafted.key) == "Names a source (2); Weighs it (1.5)"
    assert drafted.key["model"] == "It may say so."
    assert "Ai was held for 81 days." in drafted.explanation.as_text(LEDGER)


@pytest.mark.parametrize(
    ("plan", "reason"),
    [
        (blueprint("blanks", text=TEXT, gaps=GAPS[:2]), "Each gap stands in the text once"),
        (
            blueprint("blanks", text="Held for [[1]].", gaps=(GapBlueprint(fact="detention-days", type="numeric"),)),
            "source",
        ),
        (blueprint("blanks", text="In Munich, [[1]].", gaps=GAPS[:1]), "stands in"),
        (blueprint("blanks", text="None."), "lists its gaps"),
        (blueprint("essay", rubric=(), facts=("munich",)), "rubric"),
        (blueprint("short", fact="munich", marking={"accept": ["Paris"]}), "Marking says nothing of “accept”"),
        (blueprint("ordering", facts=("start", "end", "premiere"), marking={"scoring": "kind"}), "“scoring” is one of"),
        (blueprint("short", fact="munich", marking={"reject": ["munich"]}), "both accepted and rejected"),
    ],
)
def test_gaps_rubrics_and_markings_that_do_not_fit_are_refused(plan: Blueprint, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        draft(plan, LEDGER, 1)
