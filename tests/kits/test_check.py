"""What is wrong with a kit is told, with file and line; what is right is left alone."""

import pytest

from kits.check import check_folder, told
from tests.kits.conftest import KitFolder

FILM, STORM, CONFLICTS = "facts/film.yaml", "facts/storm.yaml", "conflicts/storm.yaml"
LESSON, QUIZ, FILM_QUIZ = "lessons/the-storm.md", "quizzes/the-storm-check.yaml", "quizzes/the-film-check.yaml"

# (file, what stands there, what is put in its place, the file and text of the line that is told, the message)
BROKEN = [
    # The schema.
    (FILM, "value_type: person", "value_type: human", FILM, "value_type: human", "'value_type' is 'human'; it may be"),
    (FILM, "  subject: The Lighthouse\n", "", FILM, "key: director", "missing: subject"),
    (FILM, "value: 200\n", 'value: "200"\n', FILM, 'value: "200"', "'value' is '200'; its type must be integer"),
    (FILM, "unit: person", "unit: person\n  colour: red", FILM, "key: audience", "Additional properties"),
    (FILM, '"2019-10-03"', '"3.10.2019"', FILM, "3.10.2019", "which is not of the form"),
    (FILM, "key: composer", "key: The Composer", FILM, "The Composer", "'key' is 'The Composer'"),
    (FILM, "stance: states}", "stance: says}", FILM, "stance: says", "'stance' is 'says'"),
    (FILM, "  by: Paul Osei\n", "", FILM, "key: review-opinion", "missing: by"),
    (FILM, "  as_of: undated\n", "", FILM, "key: review-score", "missing: as_of"),
    ("film.yaml", 'version: "1.0.0"', 'version: "1"', "film.yaml", "version", "'version' is '1'"),
    ("sources.yaml", "    1: ", "    1: x", "sources.yaml", "    1: x", "which is not of the form"),
    (LESSON, "## Discuss:", "## Talk:", LESSON, "## Talk:", "'kind' is 'Talk'"),
    (LESSON, "quiz: the-storm-check\n\nAnswer", "\nAnswer", LESSON, "## Check:", "missing: quiz"),
    (LESSON, "conflict: how-long-the-storm\n", "", LESSON, "## Look:", "missing: conflict"),
    (LESSON, "## Look: Side by side", "## Look at it", LESSON, "## Look at it", "a step's heading is its kind"),
    (QUIZ, "fact: storm-days\n", "\n", QUIZ, "storm-how-long", "missing: fact"),
    # Keys and references.
    (FILM, "key: composer", "key: director", FILM, "The music", "the fact 'director' is already in facts/film.yaml:1"),
    (QUIZ, "key: storm-sailors", "key: film-prize", QUIZ, "film-prize", "the question 'film-prize' is already in"),
    (FILM, "topic: film", "topic: films", FILM, "topic: films", "there is no topic 'films'"),
    (FILM, "source: gazette", "source: times", FILM, "source: times", "there is no source 'times'"),
    (FILM, "paragraph: 5", "paragraph: 50", FILM, "paragraph: 50", "the source 'gazette' has no paragraph 50"),
    (FILM, "from: [first-shown", "from: [first-seen", FILM, "derivation:", "there is no fact 'first-seen'"),
    (CONFLICTS, "facts: [automatic-1988", "facts: [automatic", CONFLICTS, "facts: [", "there is no fact 'automatic'"),
    (CONFLICTS, "source: radio", "source: tv", CONFLICTS, "source: tv", "there is no source 'tv'"),
    ("terms.yaml", "source: radio", "source: tv", "terms.yaml", "source: tv", "there is no source 'tv'"),
    ("prompts.yaml", "facts: [storm-days]", "facts: [storm]", "prompts.yaml", "facts: [storm]", "no fact 'storm'"),
    ("prompts.yaml", "paragraph: 9", "paragraph: 99", "prompts.yaml", "paragraph: 99", "has no paragraph 99"),
    (LESSON, "[^storm-days]", "[^storm]", LESSON, "[^storm]", "there is no fact 'storm'"),
    (LESSON, "(term:relief)", "(term:help)", LESSON, "(term:help)", "there is no term 'help'"),
    (LESSON, "(conflict:how-long-the-storm)", "(conflict:x)", LESSON, "(conflict:x)", "there is no conflict 'x'"),
    (LESSON, "(term:relief)", "(relief.html)", LESSON, "(relief.html)", "neither term:KEY nor conflict:KEY"),
    (LESSON, "prompt: whom-to-believe", "prompt: whom", LESSON, "prompt: whom", "there is no prompt 'whom'"),
    (QUIZ, "lesson: the-storm", "lesson: storm", QUIZ, "lesson: storm", "there is no lesson 'storm'"),
    (QUIZ, "fact: sailors", "fact: seamen", QUIZ, "storm-sailors", "there is no fact 'seamen'"),
    # Values and stances.
    (FILM, "value: 7\n", "value: 70\n", FILM, "value: 70", "review-score"),
    (STORM, 'value: "1989", stance: contradicts', 'value: "1989", stance: states', STORM, "stance: states", "states a"),
    (STORM, 'value: "1989", stance: contr', 'value: "1988", stance: contr', STORM, '"1988", stance', "the fact's own"),
    (STORM, "value: 40, prec", "value: 4000, prec", STORM, "value: 4000", "is not near the fact's"),
    (STORM, "value: 40, prec", "value: forty, prec", STORM, "", ""),
    (STORM, "says: forty-one were saved,", "unit: man, says: x,", STORM, "unit: man", "has a unit and no value"),
    # Standing and use.
    (FILM, "standing: single-source", "standing: corroborated", FILM, "standing: corr", "only 'radio' states it"),
    (STORM, "standing: disputed", "standing: single-source", STORM, "standing: single", "a citation contradicts it"),
    (STORM, "use: attributed", "use: score", STORM, "use: score", "is disputed, so its use is attributed or discuss"),
    (FILM, "use: discuss", "use: score", FILM, "use: score\n", "is an opinion, so its use is attributed or discuss"),
    (STORM, "34 years, stance: states", "34 years, stance: mentions", STORM, "citations", "no citation states, rounds"),
    (FILM, "  many: true\n", "", FILM, "many: true", "only one has many: true"),
    (STORM, "subject: the keepers\n  attribute: time at the light", "subject: the storm\n  attribute: length",
     STORM, "standing: single", "give one attribute of one subject different values"),
    # Conflicts.
    (CONFLICTS, "facts: [automatic-1988, ", "facts: [director, ", CONFLICTS, "facts: [", "is corroborated, not disput"),
    (CONFLICTS, "[automatic-1988, automatic-1989]", "[automatic-1989]", STORM, "standing: disputed", "no conflict nam"),
    # Derivations.
    (FILM, "value: 134", "value: 133", FILM, "value: 133", "days-between gives 134, not 133"),
    (FILM, "operation: days-between", "operation: sum", FILM, "derivation:", "cannot be calculated with"),
    (FILM, "from: [first-shown, broadcast]", "from: [broadcast, first-shown]", FILM, "derivation:", "earlier date fir"),
    # Lessons.
    (LESSON, "minutes: 30", "minutes: 45", LESSON, "minutes: 45", "take 30 minutes, the lesson 45"),
    (LESSON, "newspaper.[^storm-days]", "newspaper.", LESSON, "The lamp burned", "this claim cites no fact"),
    (LESSON, "for 19 days, says", "for 29 days, says", LESSON, "for 29 days", "the figure 29 is in no fact that this"),
    (LESSON, "19 days is one person's", "29 days is one person's", LESSON, "The other text", "no fact that this lesso"),
    (LESSON, "prompts: [whom-to-believe]", "prompts: []", LESSON, "prompt: whom", "prompts do not name 'whom-to-belie"),
    (LESSON, "quiz: the-storm-check\nprompts", "prompts", LESSON, "quiz: the-storm", "the front matter's quiz is not"),
    (LESSON, "position: 1", "position: 2", LESSON, "position: 2", "has position 2 too"),
    # Quizzes.
    (QUIZ, "According to The Harbour Gazette, for", "For", QUIZ, "storm-how-long", "only where the stem names its sou"),
    (QUIZ, "fact: sailors", "fact: review-opinion", QUIZ, "storm-sailors", "for discussion only"),
    (QUIZ, "distractors: [3, 7, 90]", "distractors: [20, 7, 90]", QUIZ, "storm-how-long", "nearly"),
    (QUIZ, "  - key: storm-keepers\n    type: choice\n    fact: keepers-years\n    stem: For how long did the "
     "couple keep the light?\n    distractors: [10, 20, 60]\n", "", QUIZ, "questions:", "has 5 to 8 questions, not 4"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "told_file", "told_line", "message"), BROKEN)
def test_one_fault_is_told_at_its_place(
    kit: KitFolder, file: str, old: str, new: str, told_file: str, told_line: str, message: str
) -> None:
    kit.replace(file, old, new)
    problems = check_folder(kit.path).problems
    if not message:
        assert problems == []
        return
    matching = [problem for problem in problems if problem.file == told_file and message in problem.message]
    assert matching, "\n".join(map(str, problems))
    lines = (kit.path / told_file).read_text(encoding="utf-8").splitlines()
    # The line itself, or the first lines of the element where the element is to blame.
    near = ["\n".join(lines[problem.line - 1 : problem.line + 2]) for problem in matching]
    assert any(told_line.strip() in text for text in near), near


def test_the_small_kit_has_no_fault(kit: KitFolder) -> None:
    assert check_folder(kit.path, kit.documents).problems == []


def test_the_report_counts_what_the_kit_holds(kit: KitFolder) -> None:
    lines = list(told(check_folder(kit.path)))
    assert lines[0] == "The Lighthouse (2019), kit the-lighthouse 1.0.0"
    assert "facts:          17" in lines
    assert "  by standing:  corroborated 2, disputed 4, single-source 11" in lines
    assert "questions:      10" in lines
    assert lines[-1] == "0 problems"


def test_an_element_with_a_fault_is_not_called_missing_as_well(kit: KitFolder) -> None:
    kit.replace(FILM, "value_type: person", "value_type: human")
    assert [problem.message for problem in check_folder(kit.path).problems] == [
        "director: 'value_type' is 'human'; it may be count, duration, date, period, money, rating, person, place, "
        "organisation, work, event, role, award, language, term, text"
    ]


def test_a_faulty_lesson_is_not_called_missing_by_its_quiz(kit: KitFolder) -> None:
    kit.replace(LESSON, "grade_band:", "band:")
    assert {problem.file for problem in check_folder(kit.path).problems} == {LESSON}


def test_each_missing_file_is_named_once(kit: KitFolder) -> None:
    (kit.path / "terms.yaml").unlink()
    (kit.path / "families.md").unlink()
    messages = [str(problem) for problem in check_folder(kit.path).problems]
    assert "families.md: the kit has no such file" in messages
    assert "terms.yaml: the kit has no such file" in messages


def test_rubbish_in_every_file_is_told_and_raises_nothing(kit: KitFolder) -> None:
    for path in kit.path.rglob("*.*"):
        path.write_text("[{: \x00 - ]", encoding="utf-8")
    assert check_folder(kit.path, kit.documents).problems


@pytest.mark.parametrize("rubbish", ["", "null", "12", "- 1\n- [2]", "a: {b: [c]}", "- {key: 1}", "- {key: [x]}"])
def test_files_of_the_wrong_shape_raise_nothing(kit: KitFolder, rubbish: str) -> None:
    for path in kit.path.rglob("*.*"):
        path.write_text(rubbish, encoding="utf-8")
    assert check_folder(kit.path, kit.documents).problems


# --- What a quiz asks beside what its lesson teaches ----------------------------------------------------------------

NOT_TAUGHT = "storm-sailors: it asks what the lesson 'the-storm' does not teach (sailors)"


def test_a_question_on_what_its_lesson_does_not_teach_is_warned_of_and_is_no_problem(kit: KitFolder) -> None:
    report = check_folder(kit.path)
    assert report.problems == []
    line = next(
        number for number, text in enumerate((kit.path / QUIZ).read_text().splitlines(), 1) if "sailors" in text
    )
    assert f"warning: {QUIZ}:{line}: {NOT_TAUGHT}" in list(told(report))
    assert list(told(report))[-1] == "0 problems"


@pytest.mark.parametrize(
    ("old", "new", "taught"),
    [
        ("says one newspaper.[^storm-days]", "says one newspaper.[^storm-days] Some were saved.[^sailors]", True),
        ("show: conflict\nconflict: how-long-the-storm", "show: facts\ntopic: storm", True),
        # What stands in the teacher's part alone is taught to nobody.
        ("The other text has almost a month.", "The other text has almost a month.[^sailors]", False),
    ],
)
def test_what_the_text_or_the_topics_of_a_lesson_show_is_taught(
    kit: KitFolder, old: str, new: str, taught: bool
) -> None:
    kit.replace(LESSON, old, new)
    assert (NOT_TAUGHT in " ".join(told(check_folder(kit.path)))) is not taught
