"""Questions with gaps, questions that a person reads, and marking as its author says, in a kit."""

import pytest

from classroom.library.models import Film
from kits.check import check_folder
from kits.export import export_document
from kits.load import load_kit
from quizzes.bank.models import QuestionVersion
from quizzes.grading import grade
from tests.kits.conftest import KitFolder

CHECK = "quizzes/the-film-check.yaml"
MORE = """seed: 5
questions:
  - key: film-gaps
    type: blanks
    stem: Fill in the gaps.
    text: "The film was made by [[1]], shown first on [[2]], with music by [[3]]."
    gaps:
      - {fact: director, type: short, points: 2, marking: {typos: true, reject: [Ines Vargas]}}
      - {fact: first-shown, type: date, marking: {partial: false}}
      - {fact: composer, type: choice, distractors: [Anna Holm, Piet Roos, Ole Dahl]}
  - key: film-weigh
    type: essay
    stem: Which of the two texts do you trust more, and why?
    facts: [director, first-shown]
    rubric:
      - {text: Names a source, points: 2}
      - {text: Says why, points: 3}
    model: One text is older.
    most_words: 150
"""


@pytest.fixture
def richer(kit: KitFolder) -> KitFolder:
    kit.replace(
        CHECK, "    fact: director\n    stem: Who", "    fact: director\n    marking: {typos: true}\n    stem: Who"
    )
    return kit.replace(CHECK, "seed: 5\nquestions:\n", MORE)


@pytest.mark.django_db
def test_gaps_and_texts_are_loaded_and_exported(richer: KitFolder) -> None:
    assert check_folder(richer.path).problems == []
    load_kit(richer.path, tell=print)
    gaps = QuestionVersion.objects.get(question__key="film-gaps")
    assert sorted(fact.key for fact in gaps.facts.all()) == ["composer", "director", "first-shown"]
    filled = {"1": {"text": "Inez Varga"}, "2": {"date": "2019"}}
    # A slip is passed over in the first gap; the second takes no coarser date; the third is empty.
    assert grade(gaps.type, gaps.content, gaps.answer_key.key, {"gaps": filled}).fraction * 4 == 2
    rejected = {"gaps": {"1": {"text": "Ines Vargas"}}}
    assert grade(gaps.type, gaps.content, gaps.answer_key.key, rejected).fraction == 0
    essay = QuestionVersion.objects.get(question__key="film-weigh")
    assert grade(essay.type, essay.content, essay.answer_key.key, {"text": "The older one."}).pending
    assert QuestionVersion.objects.get(question__key="film-director").answer_key.key["typos"]
    document = export_document(Film.objects.get())
    told = {question["key"]: question for quiz in document["quizzes"] for question in quiz["questions"]}
    assert told["film-gaps"]["answer"].startswith("The film was made by [Ines Varga")
    assert told["film-weigh"]["rubric"] == [{"text": "Names a source", "points": 2}, {"text": "Says why", "points": 3}]
    assert not load_kit(richer.path, tell=print).changes_anything


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("type: short, points: 2", "type: essay, points: 2", "essay"),
        ("{fact: director, type: short", "{fact: nobody, type: short", "no fact 'nobody'"),
        (", with music by [[3]]", "", "Each gap stands in the text once"),
        ("typos: true, reject", "accept: [x], reject", "accept"),
        ("    facts: [director, first-shown]\n    rubric", "    rubric", "facts"),
        ("Ines Vargas]", "Ines Varga]", "both accepted and rejected"),
        ("distractors: [Anna Holm", "distractors: [Jonas Bly", "Jonas Bly"),
    ],
)
def test_what_is_wrong_with_them_is_told(richer: KitFolder, old: str, new: str, message: str) -> None:
    problems = check_folder(richer.replace(CHECK, old, new).path).problems
    assert any(message in problem.message for problem in problems), problems
