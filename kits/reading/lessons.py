"""Lessons: front matter in YAML, then an overview and steps in Markdown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kits.reading.build import build
from kits.reading.places import Place, Problem
from kits.reading.shapes import Lesson, Step
from kits.reading.yamlfile import parse_yaml
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


def parse_lesson(text: str, name: str) -> LessonFile:
    """Parse one lesson; every fault is among the problems."""
    lines = text.splitlines()
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0)
    if not lines or lines[0].rstrip() != "---" or not end:
        return LessonFile(problems=[Problem(name, 1, "a lesson begins with front matter between two lines of ---")])
    front = parse_yaml("\n".join(lines[1:end]), name, first_line=2)
    problems = list(front.problems)
    if not front.problems or front.data is not None:
        problems += [Problem(name, front.line(path), message) for path, message in faults("lesson", front.data)]
    key = front.data.get("key", "") if isinstance(front.data, dict) else ""
    overview, *sections = _sections(lines[end + 1 :], end + 2)
    steps = [_step(section, name, problems) for section in sections]
    if not sections:
        problems.append(Problem(name, 0, "the lesson has no step: a step begins with '## Kind: Title'"))
    if problems:
        return LessonFile(key, problems=problems)
    overview_text, overview_line = overview.text()
    whole = tuple(step for step in steps if step)
    built = build(Lesson, front, (), front.data, overview=overview_text, overview_line=overview_line, steps=whole)
    return LessonFile(key, built)


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


def _step(block: _Block, name: str, problems: list[Problem]) -> Step | None:
    """One step; None, with a problem noted, where its heading or attributes are not as they should be."""
    heading = STEP_HEADING.fullmatch(block.lines[0])
    if not heading:
        problems.append(Problem(name, block.line, "a step's heading is its kind, a colon and its title"))
        return None
    data: dict[str, Any] = heading.groupdict()
    fields = {"kind": block.line, "title": block.line}
    rest = _attributes(block, data, fields)
    found = list(faults("step", data))
    problems += [Problem(name, fields.get(str(path[-1]) if path else "", block.line), text) for path, text in found]
    if found:
        return None
    student, teacher = _split_teacher(rest)
    body, body_line = student.text()
    notes, notes_line = teacher.text()
    return Step(
        at=Place(name, block.line, fields),
        body=body,
        body_line=body_line,
        teacher=notes,
        teacher_line=notes_line,
        **data,
    )


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
