"""What is exported comes back the same, but for what the export said that it would not carry."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.grading import BadQuestion, validate
from quizzes.grading.dates import Date
from quizzes.interchange.formats import FORMATS
from quizzes.interchange.formats import read as read_format
from quizzes.interchange.records import FactTie, Reading, Record, SourceTie
from quizzes.interchange.sameness import alike, differences, merged
from tests.quizzes.grading.examples import QUESTIONS

FACT = FactTie("never-sorry", "held", "He was held for 81 days.", (SourceTie("CineVue", "cinevue", 4),))
FORMAT_NAMES = sorted(FORMATS)


def record_of(type_: str, content: dict[str, Any], key: dict[str, Any], **fields: Any) -> Record:
    return Record(
        **{
            "type": type_,
            "stem": f"Of {type_}: which ~one= of {{these}}?\nSay #1, C:\\new.",
            "content": content,
            "key": key,
            "film": "never-sorry",
            "question": f"held-{type_}",
            "version": 3,
            "explanation": "It is <so>: 50% & more.\n\nTwice.",
            "facts": (FACT,),
            "tags": ("sea & sky",),
            **fields,
        }
    )


def there_and_back(record: Record, name: str) -> tuple[Reading, list[str]]:
    """What comes back of a question, and what was said to be lost."""
    written = FORMATS[name].write([record])
    found = read_format(FORMATS[name], written.text)
    assert not found.faults
    assert len(found.records) == written.written
    return found, [each.reason for each in written.not_carried]


@pytest.mark.parametrize("name", FORMAT_NAMES)
@pytest.mark.parametrize("place", range(len(QUESTIONS)))
def test_a_question_of_each_type_comes_back_or_its_loss_is_said(name: str, place: int) -> None:
    type_, content, key, _answer = QUESTIONS[place]
    record = record_of(type_, content, key)
    found, lost = there_and_back(record, name)
    if not found.records:
        assert lost
        return
    (back,) = found.records
    validate(back.type, back.content, back.key)
    assert back.facts[0].address == "never-sorry/held"
    assert back.question == record.question
    assert back.tags == record.tags
    assert (back.film, back.version) == ("never-sorry", 3)
    if name == "csv":
        assert not differences(back, record)
    else:
        assert set(differences(back, record)) <= {"answers"}
        assert alike(back, record) or lost


def test_what_a_teacher_changed_outside_is_taken_and_the_rest_is_kept() -> None:
    ours = record_of(
        "multiple",
        {"options": [{"id": "a", "text": "One"}, {"id": "b", "text": "Two"}, {"id": "c", "text": "Three"}]},
        {"correct": ["a", "b"], "scoring": "all-or-nothing"},
        points=Decimal(3),
    )
    base = there_and_back(ours, "gift")[0].records[0]
    text = FORMATS["gift"].write([ours]).text.replace("Three", "Four")
    theirs = read_format(FORMATS["gift"], text).records[0]
    made = merged(theirs, base, ours)
    assert differences(made, ours) == ["answers"]
    assert made.points == 3
    assert made.key["scoring"] == "all-or-nothing"
    assert [entry["text"] for entry in made.content["options"]] == ["One", "Two", "Four"]
    assert [entry["id"] for entry in made.content["options"]][:2] == ["a", "b"]
    assert set(made.key["correct"]) == {"a", "b"}


# --- Any words, any numbers ---------------------------------------------------------------------------------------

# Letters, and every mark that one of the formats keeps for itself.
WORDS = (
    st.text(alphabet="abz7 ~=#{}:\\%*[]|;,.\"'<>&$-+/\u4e2d\u00e9\n", min_size=1, max_size=30)
    .map(lambda text: "\n".join(line.strip() for line in text.strip().split("\n")))
    .filter(lambda text: any(mark.isalnum() for mark in text))
)
LINES = WORDS.map(lambda text: " ".join(text.split()))


@st.composite
def choices(draw: st.DrawFn) -> tuple[str, dict[str, Any], dict[str, Any]]:
    texts = draw(st.lists(WORDS, min_size=2, max_size=5, unique_by=lambda text: text.casefold().strip()))
    options = [{"id": f"x{place}", "text": text} for place, text in enumerate(texts)]
    return "choice", {"options": options}, {"correct": draw(st.sampled_from([each["id"] for each in options]))}


@st.composite
def several(draw: st.DrawFn) -> tuple[str, dict[str, Any], dict[str, Any]]:
    _type, content, _key = draw(choices())
    correct = draw(st.sets(st.sampled_from([each["id"] for each in content["options"]]), min_size=1))
    scoring = draw(st.sampled_from(["right-minus-wrong", "all-or-nothing", "per-option"]))
    return "multiple", content, {"correct": sorted(correct), "scoring": scoring}


@st.composite
def matchings(draw: st.DrawFn) -> tuple[str, dict[str, Any], dict[str, Any]]:
    texts = draw(st.lists(WORDS, min_size=3, max_size=5, unique_by=lambda text: text.casefold()))
    prompts = [{"id": f"p{place}", "text": text} for place, text in enumerate(draw(st.lists(WORDS, min_size=2)))]
    options = [{"id": f"o{place}", "text": text} for place, text in enumerate(texts)]
    goes = {each["id"]: draw(st.sampled_from(options))["id"] for each in prompts}
    return "matching", {"prompts": prompts, "options": options}, {"pairs": goes}


@st.composite
def orderings(draw: st.DrawFn) -> tuple[str, dict[str, Any], dict[str, Any]]:
    texts = draw(st.lists(WORDS, min_size=2, max_size=6, unique_by=lambda text: text.casefold()))
    items = [{"id": f"i{place}", "text": text} for place, text in enumerate(texts)]
    order = draw(st.permutations([each["id"] for each in items]))
    scoring = draw(st.sampled_from(["adjacent-pairs", "position", "all-or-nothing"]))
    return "ordering", {"items": items}, {"order": order, "scoring": scoring}


@st.composite
def shorts(draw: st.DrawFn) -> tuple[str, dict[str, Any], dict[str, Any]]:
    wordings = draw(st.lists(WORDS, min_size=1, max_size=4))
    flags = draw(st.fixed_dictionaries({name: st.booleans() for name in ("wildcards", "typos", "case")}))
    key = {"accept": wordings[:2], "reject": wordings[2:], **flags}
    return "short", {}, key


NUMBERS = st.integers(-(10**6), 10**6) | st.decimals(-1000, 1000, places=3).map(float)


@st.composite
def numerics(draw: st.DrawFn) -> tuple[str, dict[str, Any], dict[str, Any]]:
    first, second = sorted(draw(st.tuples(NUMBERS, NUMBERS)))
    key = draw(
        st.sampled_from(
            [{"value": first}, {"value": first, "tolerance": abs(second)}, {"least": first, "most": second}]
        )
    )
    return "numeric", {"unit": draw(st.sampled_from(["", "day"]))}, key


@st.composite
def dates(draw: st.DrawFn) -> tuple[str, dict[str, Any], dict[str, Any]]:
    day = draw(st.dates()).isoformat()
    value = draw(st.sampled_from([day, day[:7], day[:4], f"--{day[5:]}"]))
    precision = {10: "day", 7: "month", 4: "year"}[len(value)] if value[0] != "-" else "day-of-year"
    return "date", {"precision": precision}, {"value": value}


@st.composite
def written(draw: st.DrawFn) -> tuple[str, dict[str, Any], dict[str, Any]]:
    rubric = [
        {"id": f"r{place}", "text": text, "points": draw(st.integers(1, 20))}
        for place, text in enumerate(draw(st.lists(LINES, min_size=1, max_size=4)))
    ]
    return draw(st.sampled_from(["essay", "short-text"])), {}, {"rubric": rubric, "model": draw(WORDS)}


@st.composite
def blanks(draw: st.DrawFn) -> tuple[str, dict[str, Any], dict[str, Any]]:
    made = draw(st.lists(choices() | numerics() | dates(), min_size=1, max_size=3))
    gaps, keys, text = [], {}, draw(LINES).replace("[", "(").replace("{", "(")
    for place, (type_, content, key) in enumerate(made):
        gaps.append({"id": f"g{place}", "type": type_, "content": content})
        keys[f"g{place}"] = {"key": key, "points": draw(st.integers(1, 9))}
        text += f" [[g{place}]] and"
    return "blanks", {"text": text, "gaps": gaps}, {"gaps": keys}


ANY = (
    choices()
    | several()
    | matchings()
    | orderings()
    | shorts()
    | numerics()
    | dates()
    | written()
    | blanks()
    | st.booleans().map(lambda right: ("true-false", {}, {"correct": right}))
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(ANY, WORDS, WORDS, st.sampled_from(FORMAT_NAMES))
def test_whatever_a_question_says_survives_each_format(
    question: tuple[str, dict[str, Any], dict[str, Any]], stem: str, explanation: str, name: str
) -> None:
    type_, content, key = question
    try:
        validate(type_, content, key)
    except BadQuestion:
        return
    record = record_of(type_, content, key, stem=stem, explanation=explanation)
    found, lost = there_and_back(record, name)
    if not found.records:
        assert lost
        return
    (back,) = found.records
    assert back.facts[0].address == FACT.address
    assert alike(back, record) or lost, (differences(back, record), back)
    if name == "csv":
        assert alike(back, record), (differences(back, record), back)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(ANY, min_size=1, max_size=4), st.sampled_from(FORMAT_NAMES))
def test_several_questions_in_one_file_stay_apart(
    questions: list[tuple[str, dict[str, Any], dict[str, Any]]], name: str
) -> None:
    records = [replace(record_of(*question), question=f"q-{place}") for place, question in enumerate(questions)]
    written_ = FORMATS[name].write(records)
    found = read_format(FORMATS[name], written_.text)
    left_out = {each.question for each in written_.not_carried if each.whole}
    assert [each.question for each in found.records] == [
        each.question for each in records if each.question not in left_out
    ]


def test_a_date_is_a_date_again() -> None:
    record = record_of("date", {"precision": "day"}, {"value": "2011-04-03"})
    for name in FORMAT_NAMES:
        back = there_and_back(record, name)[0].records[0]
        assert back.type == "date"
        Date().validate(back.content, back.key)
