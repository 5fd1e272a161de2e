"""What a kit says to answers, and how its questions are found: read, checked, loaded and given out again."""

from collections.abc import Callable

import pytest

from classroom.library.models import Film
from kits.check import check_folder
from kits.export.document import export_document
from kits.load import Plan, State, load_kit
from quizzes.bank.models import Question, QuestionVersion
from tests.kits.conftest import KitFolder

STORM = "quizzes/the-storm-check.yaml"
Spoil = Callable[[str, str, str], KitFolder]


def load(kit: KitFolder) -> Plan:
    return load_kit(kit.path, tell=lambda _line: None)


def question() -> Question:
    return Question.objects.select_related("published__answer_key").get(key="storm-how-long")


@pytest.mark.parametrize(
    ("old", "new", "marker", "message"),
    [
        ("to: 90 days", "to: 91 days", "storm-how-long", "“91 days” is not among what can be answered"),
        ("No text speaks of 90 days", "No text speaks of 91 days", "to: 90 days", "the figure 91 is in no fact"),
        ("[^storm-days]", "[^storm-nights]", "wrong:", "there is no fact 'storm-nights'"),
        ("right: Just so.", "best: Just so.", "feedback:", "best"),
        ("difficulty: easy", "difficulty: simple", "difficulty:", "'difficulty' is 'simple'"),
        ("tags: [counting, storm]", "tags: [counting, counting]", "tags:", ""),
        ("[HARBOUR.7.2]", "HARBOUR.7.2", "standards:", "'standards' is 'HARBOUR.7.2'"),
    ],
)
def test_a_fault_is_told_with_its_file_and_line(spoil: Spoil, old: str, new: str, marker: str, message: str) -> None:
    kit = spoil(STORM, old, new)
    found = [each for each in check_folder(kit.path).problems if message in str(each)]
    assert found
    assert (found[0].file, found[0].line) == (STORM, kit.line_of(STORM, marker))


def test_a_mark_in_an_explanation_names_a_fact_that_is_there(spoil: Spoil) -> None:
    kit = spoil(
        STORM, "    difficulty: easy\n", '    explanation: "See the count.[^storm-nights]"\n    difficulty: easy\n'
    )
    (problem,) = check_folder(kit.path).problems
    assert "there is no fact 'storm-nights'" in str(problem)
    assert problem.line == kit.line_of(STORM, "See the count")


@pytest.mark.django_db
def test_feedback_and_labels_are_loaded_and_given_out_again(kit: KitFolder) -> None:
    load(kit)
    asked = question()
    options = {each["id"]: each["text"] for each in asked.published.content["options"]}
    feedback = asked.published.answer_key.feedback
    assert feedback["wrong"] == "Look at how the Gazette counts.[^storm-days]"
    (said,) = feedback["answers"]
    assert (options[said["to"]], said["text"]) == ("90 days", "No text speaks of 90 days.")
    assert asked.difficulty == "easy"
    assert sorted(asked.tags.values_list("kind", "name")) == [
        ("free", "counting"),
        ("free", "storm"),
        ("standard", "HARBOUR.7.2"),
    ]
    document = export_document(Film.objects.get())
    exported = next(
        each for quiz in document["quizzes"] for each in quiz["questions"] if each["key"] == "storm-how-long"
    )
    assert exported["feedback"] == {
        "right": "Just so.",
        "wrong": "Look at how the Gazette counts.[^storm-days]",
        "answers": [{"to": "90 days", "text": "No text speaks of 90 days."}],
    }
    assert (exported["difficulty"], exported["standards"], exported["tags"]) == (
        "easy",
        ["HARBOUR.7.2"],
        ["counting", "storm"],
    )
    assert not load(kit).changes_anything


@pytest.mark.django_db
def test_other_feedback_is_a_rewording_which_past_attempts_show(kit: KitFolder) -> None:
    load(kit)
    first = question().published
    kit.replace(STORM, "right: Just so.", "right: That is it.")
    plan = load(kit)
    assert [(each.key, each.fields) for each in plan.of("question", State.CHANGED)] == [
        ("storm-how-long", ("feedback",))
    ]
    asked = question()
    assert asked.published.rewords == first
    assert asked.published.answer_key.feedback["right"] == "That is it."
    assert QuestionVersion.objects.get(pk=first.pk).worded == asked.published


@pytest.mark.django_db
def test_another_stem_is_a_version_of_its_own_with_its_feedback(kit: KitFolder) -> None:
    load(kit)
    kit.replace(STORM, "for how many days did the lamp burn", "for how many days did the old lamp burn")
    kit.replace(STORM, "right: Just so.", "right: That is it.")
    load(kit)
    asked = question()
    assert asked.published.rewords is None
    assert asked.published.number == 2
    assert asked.published.answer_key.feedback["right"] == "That is it."


@pytest.mark.django_db
def test_labels_touch_no_version(kit: KitFolder) -> None:
    load(kit)
    kit.replace(STORM, "difficulty: easy", "difficulty: hard").replace(
        STORM, "tags: [counting, storm]", "tags: [weather]"
    )
    load(kit)
    asked = question()
    assert asked.versions.count() == 1
    assert (asked.difficulty, [tag.name for tag in asked.tags.filter(kind="free")]) == ("hard", ["weather"])
    kit.replace(STORM, "    difficulty: hard\n", "")
    load(kit)
    assert question().difficulty == ""
    assert not load(kit).changes_anything
