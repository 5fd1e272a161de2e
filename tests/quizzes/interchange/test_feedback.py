"""What is said to answers goes out and comes in, in each format as far as it can; what it cannot hold is told."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from quizzes.grading import check_feedback, feedback_to
from quizzes.interchange.formats import FORMATS
from quizzes.interchange.records import Record
from quizzes.interchange.sameness import alike, differences, merged
from tests.quizzes.delivery.taking import EXAMPLES, TIES
from tests.quizzes.interchange.test_round_trips import FORMAT_NAMES, record_of, there_and_back

WHOLE = {"right": "Just so: #1, ~2 = {3}.", "partly": "Nearly.\nLook again.", "wrong": "Not <yet>."}
# By type the formats that carry what is said to single answers, and to answers as a whole
EVERY, TABLE = frozenset(FORMAT_NAMES), frozenset({"csv"})
SINGLE = {
    **dict.fromkeys(["choice", "which-source", "multiple", "true-false", "numeric", "date"], EVERY),
    "matching": TABLE,
    "blanks": TABLE | {"moodle-xml"},
}
AS_A_WHOLE = dict.fromkeys(["choice", "which-source", "multiple", "matching", "ordering"], TABLE | {"moodle-xml"})
TIED = {**TIES, "short": ("Fresnel lens", "a torch"), "matching": ("p0",)}


def fed(type_: str, content: dict[str, Any], key: dict[str, Any], *, whole: bool) -> Record:
    said = WHOLE if whole else {}
    if not whole and type_ in TIED:
        said = {"answers": [{"to": tie, "text": f"Said to {tie}: 50% = #~{{}} & more."} for tie in TIED[type_]]}
    check_feedback(type_, content, said)
    return record_of(type_, content, key, feedback=said)


@pytest.mark.parametrize("name", FORMAT_NAMES)
@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("example", EXAMPLES, ids=[each[0] for each in EXAMPLES])
def test_feedback_of_each_type_comes_back_or_its_loss_is_said(name: str, whole: bool, example: tuple) -> None:
    type_, content, key, _right = example
    record = fed(type_, content, key, whole=whole)
    found, lost = there_and_back(record, name)
    if not found.records:
        assert lost
        return
    carried = name in (AS_A_WHOLE if whole else SINGLE | {"short": EVERY}).get(type_, {"csv"})
    (back,) = found.records
    check_feedback(back.type, back.content, back.feedback)
    if carried:
        assert "feedback" not in differences(back, record), back.feedback
        assert not any("said" in each for each in lost)
    elif record.feedback:
        assert any("said to" in each for each in lost), lost
    assert back.explanation == record.explanation
    # Held against what the format makes of it, it comes back the same.
    assert alike(merged(back, back, record), record)


def test_a_common_mistake_that_would_change_what_is_right_is_not_carried() -> None:
    key = {"accept": ["*lamp*"], "wildcards": True}
    record = record_of("short", {}, key, feedback={"answers": [{"to": "oil lamp", "text": "Which one?"}]})
    for name in ("gift", "moodle-xml"):
        found, lost = there_and_back(record, name)
        assert found.records[0].feedback == {}
        assert "reject" not in found.records[0].key
        assert lost == ["What is said to “oil lamp”."]


def test_feedback_changed_outside_is_taken_and_keeps_its_option() -> None:
    content = {"options": [{"id": "b", "text": "81 days"}, {"id": "a", "text": "18 days"}]}
    ours = record_of("choice", content, {"correct": "b"}, feedback={"answers": [{"to": "a", "text": "The year."}]})
    base = there_and_back(ours, "moodle-xml")[0].records[0]
    theirs = replace(base, feedback={"answers": [{"to": "o2", "text": "Another man's."}], "right": "Yes."})
    assert differences(theirs, base) == ["feedback"]
    found = merged(theirs, base, ours)
    assert found.feedback == {"answers": [{"to": "a", "text": "Another man's."}], "right": "Yes."}
    assert found.content == content


def test_what_was_said_to_an_option_that_is_gone_goes_with_it() -> None:
    content = {"options": [{"id": "b", "text": "81 days"}, {"id": "a", "text": "18 days"}]}
    said = {"answers": [{"to": "a", "text": "The year."}, {"to": "b", "text": "Yes."}]}
    ours = record_of("choice", content, {"correct": "b"}, feedback=said)
    options = [{"id": "o1", "text": "81 days"}, {"id": "o2", "text": "8 days"}]
    base = there_and_back(ours, "gift")[0].records[0]
    theirs = replace(base, content={"options": options}, feedback={"answers": [{"to": "o1", "text": "Yes."}]})
    assert merged(theirs, base, ours).feedback == {"answers": [{"to": "b", "text": "Yes."}]}


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("feedback", "best = Well done.", "is no rule"),
        ("answer_feedback", "9 days = No.", "is not among what can be answered"),
        ("answer_feedback", "18 days", "answer = what is said to it"),
    ],
)
def test_a_row_with_feedback_to_nothing_is_refused_with_its_line(column: str, cell: str, reason: str) -> None:
    found = FORMATS["csv"].read(f"type,question,right,wrong,{column}\nchoice,How long?,81 days,18 days,{cell}\n", None)
    assert found.records == []
    (fault,) = found.faults
    assert fault.line == 2
    assert reason in fault.reason


def test_a_table_without_the_columns_leaves_feedback_as_it_is() -> None:
    found = FORMATS["csv"].read("type,question,right,wrong\nchoice,How long?,81 days,18 days\n", None)
    (theirs,) = found.records
    ours = replace(theirs, unsaid=frozenset(), feedback={"answers": [{"to": "o1", "text": "The year."}]})
    base = there_and_back(ours, "csv")[0].records[0]
    assert merged(theirs, base, ours).feedback == ours.feedback


GAPS = (
    '<quiz><question type="cloze"><name><text>Lamp</text></name><questiontext format="plain_text"><text>Fill it.\n\n'
    "Kept by {1:MULTICHOICE:=Ann#She did.~Ben#Her brother.} for {1:NUMERICAL:=81:5#So the log says.~%0%18:2#The year.}"
    " nights with {1:SHORTANSWER:=oil#Yes.~%0%gas#Later.~*#Read the log again.}.</text></questiontext>"
    "<generalfeedback><text>All is in the log.</text></generalfeedback></question></quiz>"
)


def test_what_is_said_to_a_gap_stays_with_that_gap() -> None:
    (record,) = FORMATS["moodle-xml"].read(GAPS, None).records
    assert record.explanation == "All is in the log."
    assert {entry["to"]: entry["text"] for entry in record.feedback["answers"]} == {
        "1/o1": "She did.",
        "1/o2": "Her brother.",
        "2/76..86": "So the log says.",
        "2/16..20": "The year.",
        "3/oil": "Yes.",
        "3/gas": "Later.",
        "3/*": "Read the log again.",
    }
    written = FORMATS["moodle-xml"].write([replace(record, question="lamp")])
    assert "=81:5#So the log says.~%0%18:2#The year." in written.text
    assert "~%0%*#Read the log again.}" in written.text
    assert written.not_carried == []
    assert alike(FORMATS["moodle-xml"].read(written.text, None).records[0], record)
    other = there_and_back(record, "csv")[0].records[0]
    assert "feedback" not in differences(other, record)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"3": {"text": "tallow"}}, "Read the log again."),
        ({"3": {"text": "gas"}}, "Later."),
        ({"2": {"number": "17"}}, "The year."),
        ({"2": {"number": "400"}}, None),
    ],
)
def test_a_star_answers_what_is_wrong_in_its_gap_alone(typed: dict[str, Any], said: str | None) -> None:
    (record,) = FORMATS["moodle-xml"].read(GAPS, None).records
    found = feedback_to("blanks", record.content, record.key, record.feedback, {"gaps": typed}, Fraction(0))
    assert [each.text for each in found] == ([said] if said else [])


def test_what_is_said_to_a_right_number_stands_with_it() -> None:
    said = {"answers": [{"to": "76..86", "text": "Just so."}, {"to": "18", "text": "The year."}]}
    record = record_of("numeric", {"unit": ""}, {"value": 81, "tolerance": 5}, feedback=said)
    assert "=81:5#Just so.\n" in FORMATS["gift"].write([record]).text
    assert "<feedback" in FORMATS["moodle-xml"].write([record]).text.split("</answer>")[0]
    for name in FORMAT_NAMES:
        assert there_and_back(record, name)[0].records[0].feedback == said


def test_what_is_said_to_a_gap_is_not_lost_beside_what_it_cannot_be_tied_to() -> None:
    (record,) = FORMATS["moodle-xml"].read(GAPS.replace("#The year.", f"#{'y' * 1001}"), None).records
    assert record.explanation == f"All is in the log.\nGap 2, “18”: {'y' * 1001}"
