"""A folder becomes typed data, and what cannot be read is told with its file and line."""

from pathlib import Path

import pytest

from kits.reading import Problem, read_kit
from kits.reading.fingerprints import fingerprint, paragraphs_of
from kits.reading.lessons import parse_lesson
from kits.reading.markdown import blocks
from kits.reading.yamlfile import parse_yaml, read_yaml
from tests.kits.conftest import KitFolder


def test_the_small_kit_is_read_whole(kit: KitFolder) -> None:
    read = read_kit(kit.path)
    assert read.problems == []
    assert read.kit is not None
    assert read.kit.film.title == "The Lighthouse"
    assert [source.key for source in read.kit.sources] == ["gazette", "letter", "radio"]
    assert len(read.kit.facts) == 17
    assert [lesson.key for lesson in read.kit.lessons] == ["the-storm", "the-film"]
    assert read.kit.families.startswith("# Dear families")


def test_every_element_knows_its_line_and_those_of_its_fields(kit: KitFolder) -> None:
    read = read_kit(kit.path)
    assert read.kit is not None
    fact = next(fact for fact in read.kit.facts if fact.key == "composer")
    line = kit.line_of("facts/film.yaml", "key: composer")
    assert (fact.at.file, fact.at.line) == ("facts/film.yaml", line)
    assert fact.at.of("value").line == kit.line_of("facts/film.yaml", "value: Jonas Bly")
    assert fact.citations[1].at.line == kit.line_of("facts/film.yaml", "names the composer")


def test_a_step_knows_where_its_text_begins(kit: KitFolder) -> None:
    read = read_kit(kit.path)
    assert read.kit is not None
    step = read.kit.lessons[0].steps[0]
    assert (step.kind, step.title, step.minutes) == ("Read", "What was written", 10)
    assert step.body_line == kit.line_of("lessons/the-storm.md", "The lamp burned")
    assert step.teacher_line == kit.line_of("lessons/the-storm.md", "The other text")
    assert step.teacher.startswith("The other text")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2012-05-08", "2012-05-08"),
        ("yes", "yes"),
        ("no", "no"),
        ("012", "012"),
        ("12:30", "12:30"),
        ("1e5", "1e5"),
        ("81", 81),
        ("-3", -3),
        ("7.5", 7.5),
        ('"81"', "81"),
        ("true", True),
        ("~", None),
        ("9" * 40, "9" * 40),
    ],
)
def test_plain_words_of_yaml_mean_what_a_teacher_expects(text: str, value: object) -> None:
    assert parse_yaml(f"key: {text}", "x.yaml").data == {"key": value}


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: 1\nb: 2\na: 3", 3, "the key 'a' stands here twice"),
        ("a: &x [1]\nb: *x", 2, "aliases"),
        ("a: !!python/object/apply:os.system [ls]", 1, "the tag"),
        ("a: !!python/name:os.system x", 1, "the tag"),
        ("a: [1\nb: 2", 2, "this is not YAML"),
        ("[" * 200 + "]" * 200, 1, "nested too deeply"),
        ("? [a, b]\n: c", 1, "a key must be a word"),
        ("a: \x07", 0, "this is not YAML"),
        ("a: 1\n--- \nb: 2", 2, "this is not YAML"),
    ],
)
def test_what_yaml_should_not_hold_is_refused_with_its_line(text: str, line: int, message: str) -> None:
    problems = parse_yaml(text, "x.yaml").problems
    assert problems
    assert problems[0].line == line
    assert message in problems[0].message


def test_an_alias_bomb_is_refused_quickly() -> None:
    bomb = "a: &a [x, x]\n" + "\n".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join([f'*{chr(97 + i)}'] * 9)}]" for i in range(20)
    )
    assert any("aliases" in problem.message for problem in parse_yaml(bomb, "x.yaml").problems)


def test_a_file_that_is_too_large_or_no_text_is_a_problem_and_no_error(tmp_path: Path) -> None:
    (tmp_path / "large.yaml").write_text("a: " + "x" * (5 * 1024 * 1024), encoding="utf-8")
    (tmp_path / "bytes.yaml").write_bytes(b"a: \xff\xfe")
    assert read_yaml(tmp_path / "large.yaml", "large.yaml").problems[0].message == "the file is larger than 4 MB"
    assert "not UTF-8" in read_yaml(tmp_path / "bytes.yaml", "bytes.yaml").problems[0].message
    assert "cannot be read" in read_yaml(tmp_path / "none.yaml", "none.yaml").problems[0].message


def test_a_folder_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    read = read_kit(tmp_path / "nowhere")
    assert read.kit is None
    assert "no such folder" in read.problems[0].message


def test_a_kit_without_its_film_has_no_kit(kit: KitFolder) -> None:
    (kit.path / "film.yaml").unlink()
    read = read_kit(kit.path)
    assert read.kit is None
    assert Problem("film.yaml", 0, "the kit has no such file") in read.problems


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("No front matter", "a lesson begins with front matter"),
        ("---\nkey: a\n", "a lesson begins with front matter"),
        ("---\nkey: a\n---\n## Read: A\n", "missing: title"),
    ],
)
def test_a_lesson_says_what_it_lacks(text: str, message: str) -> None:
    problems = parse_lesson(text, "a.md").problems
    assert any(message in problem.message for problem in problems)


@pytest.mark.parametrize(
    ("completion", "message"),
    [
        ("completion: 4 minutes", "'completion' is '4 minutes'; it may be opened"),
        ("completion: answered", "missing: answer"),
        ("completion: check", "'kind' is 'Look'"),
        ("completion: posted", "'kind' is 'Look'"),
    ],
)
def test_a_step_can_only_be_done_by_what_it_has(kit: KitFolder, completion: str, message: str) -> None:
    kit.replace("lessons/the-film.md", "show: timeline\n", f"show: timeline\n{completion}\n")
    problems = [str(each) for each in read_kit(kit.path).problems]
    assert len(problems) == 1
    assert message in problems[0]


def test_a_code_block_holds_no_steps_and_no_claims() -> None:
    assert list(blocks("```\n## Read: x\n```\n", 1)) == []


def test_marks_and_links_are_found_in_a_block_and_left_out_of_its_text() -> None:
    (block,) = blocks("A *long* [relief](term:relief) of 19 days.[^storm-days]", 7)
    assert block.facts == ("storm-days",)
    assert block.links == ("term:relief",)
    assert block.text == "A long relief of 19 days."
    assert block.line == 7


def test_rows_of_a_table_are_blocks() -> None:
    found = [block.markdown for block in blocks("| a | b |\n|---|---|\n| 1 | 2 |\n", 1)]
    assert found == ["a | b", "1 | 2"]


def test_a_fingerprint_does_not_mind_width_or_white_space() -> None:
    assert fingerprint("  A\u00a0b  c ") == fingerprint("Ａ b c")
    assert fingerprint("A b c") != fingerprint("a b c")


def test_paragraphs_are_the_lines_that_hold_something() -> None:
    assert paragraphs_of("one\r\n\r\n  \ntwo\rthree\n") == ["one", "two", "three"]
