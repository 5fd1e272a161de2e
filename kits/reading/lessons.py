"""Lessons: front matter in YAML, then an overview and steps in Markdown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kits.reading.build import build
from kits.reading.places import Place, Problem
from kits.reading.shapes import Lesson, Step
from kits.reading.yamlfile import YamlFile, parse_yaml
from kits.schema import faults

STEP_HEADING = re.compile(r"##\s+(?P<kind>[^:]+?)\s*:\s*(?P<title>.+?)\s*#*\s*")
ATTRIBUTE = re.compile(r"(?P<name>[a-z]+):\s*(?P<value>.*?)\s*")
TEACHER_HEADING = re.compile(r"###\s+For the teacher\s*", re.IGNORECASE)
FENCE = re.compile(r"\s*(```|~~~)")


@dataclass
class LessonFile:
    """What one lesson file gives: the lesson, or None where its front matter cannot be used; and its key if known."""

    key: str = ""
    lesson: Lesson | None = None
    problems: list[Problem] = field(default_factory=list)


@dataclass
class _Block:
    """Lines of Markdown with the number of the first."""

    line: int
    lines: list[str]

    def text(self) -> tuple[str, int]:
        """The lines as text without empty lines around it, and the line on which the text begins."""
        lines, line = list(self.lines), self.line
        while lines and not lines[0].strip():
            lines, line = lines[1:], line + 1
        return "\n".join(lines).rstrip(), line


@dataclass
class StepParts:
    """What stands in one step: its heading and attributes, and its two texts, each with its first line."""

    at: Place
    data: dict[str, Any]
    body: tuple[str, int]
    teacher: tuple[str, int]


@dataclass
class LessonParts:
    """What stands in a lesson's file: front matter, overview (with its first line) and steps, and all faults."""

    front: YamlFile | None = None
    overview: tuple[str, int] = ("", 0)
    steps: list[StepParts] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The lesson's key, where the front matter has one."""
        data = self.front.data if self.front else None
        return str(data.get("key", "")) if isinstance(data, dict) else ""


def parse_lesson(text: str, name: str) -> LessonFile:
    """Parse one lesson; every fault is among the problems."""
    parts = parse_sections(text, name, "lesson", "step")
    if parts.problems or parts.front is None:
        return LessonFile(parts.key, problems=parts.problems)
    overview, overview_line = parts.overview
    steps = tuple(
        Step(
            at=step.at,
            body=step.body[0],
            body_line=step.body[1],
            teacher=step.teacher[0],
            teacher_line=step.teacher[1],
            **step.data,
        )
        for step in parts.steps
    )
    built = build(
        Lesson, parts.front, (), parts.front.data, overview=overview, overview_line=overview_line, steps=steps
    )
    return LessonFile(parts.key, built)


def parse_sections(text: str, name: str, front_schema: str, step_schema: str) -> LessonParts:
    """Parse a lesson's file; its front matter and the heads of its steps are held against these definitions."""
    lines = text.splitlines()
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0)
    if not lines or lines[0].rstrip() != "---" or not end:
        return LessonParts(problems=[Problem(name, 1, "a lesson begins with front matter between two lines of ---")])
    front = parse_yaml("\n".join(lines[1:end]), name, first_line=2)
    problems = list(front.problems)
    if not front.problems or front.data is not None:
        problems += [Problem(name, front.line(path), message) for path, message in faults(front_schema, front.data)]
    overview, *sections = _sections(lines[end + 1 :], end + 2)
    steps = [_step(section, name, step_schema, problems) for section in sections]
    if not sections:
        problems.append(Problem(name, 0, "the lesson has no step: a step begins with '## Kind: Title'"))
    return LessonParts(front, overview.text(), [step for step in steps if step], problems)


def _sections(lines: list[str], first: int) -> Iterator[_Block]:
    """The overview, then a block for each heading of the second level (headings in code blocks aside)."""
    block, fenced = _Block(first, []), False
    for number, line in enumerate(lines, first):
        fenced ^= bool(FENCE.match(line))
        if line.startswith("## ") and not fenced:
            yield block
            block = _Block(number, [])
        block.lines.append(line)
    yield block


def _step(block: _Block, name: str, schema: str, problems: list[Problem]) -> StepParts | None:
    """One step; None, with a problem noted, where its heading or attributes are not as they should be."""
    heading = STEP_HEADING.fullmatch(block.lines[0])
    if not heading:
        problems.append(Problem(name, block.line, "a step's heading is its kind, a colon and its title"))
        return None
    data: dict[str, Any] = heading.groupdict()
    fields = {"kind": block.line, "title": block.line}
    rest = _attributes(block, data, fields)
    found = list(faults(schema, data))
    problems += [Problem(name, fields.get(str(path[-1]) if path else "", block.line), text) for path, text in found]
    if found:
        return None
    student, teacher = _split_teacher(rest)
    return StepParts(Place(name, block.line, fields), data, student.text(), teacher.text())


def _attributes(block: _Block, data: dict[str, Any], fields: dict[str, int]) -> _Block:
    """Read the lines of `name: value` below the heading into `data`; the rest of the block is returned."""
    for number, line in enumerate(block.lines[1:], 1):
        match = ATTRIBUTE.fullmatch(line)
        if not match:
            return _Block(block.line + number, block.lines[number:])
        name, value = match["name"], match["value"]
        data[name] = int(value) if value.isdecimal() else value
        fields[name] = block.line + number
    return _Block(block.line + len(block.lines), [])


def _split_teacher(block: _Block) -> tuple[_Block, _Block]:
    for number, line in enumerate(block.lines):
        if TEACHER_HEADING.fullmatch(line):
            return _Block(block.line, block.lines[:number]), _Block(block.line + number + 1, block.lines[number + 1 :])
    return block, _Block(block.line + len(block.lines), [])
