"""YAML with line numbers, and without YAML's surprises.

The text is composed by PyYAML's safe loader into nodes, and the nodes are turned into plain dicts, lists and scalars
here, so that no tag can build an object. Three habits of YAML 1.1 are dropped, because a teacher would not expect
them: dates stay text, `yes`, `no`, `on` and `off` stay text, and a number with a leading zero or a colon stays text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from kits.reading.places import Problem

LARGEST_FILE = 4 * 1024 * 1024
DEEPEST_NESTING = 30

# The C loader is some ten times faster, and composes the same nodes.
SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_TAGS = ("str", "int", "float", "bool", "null", "timestamp", "value", "merge", "map", "seq")
PLAIN_TAGS = {f"tag:yaml.org,2002:{name}" for name in _TAGS}
NO_ALIASES = "aliases (*name) have no place in a kit: write the value out"
WHOLE_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
DECIMAL_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+")
WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}

YamlPath = tuple[str | int, ...]


@dataclass
class YamlFile:
    """What one file holds: `data` (dicts with text keys, lists, scalars) and the line of each path into it."""

    name: str
    data: Any = None
    lines: dict[YamlPath, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, path: YamlPath) -> int:
        """The line of the value at `path`, or of its nearest ancestor."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(path: Path, name: str) -> YamlFile:
    """Read a file; every fault is in `problems`, and `data` is None where the file cannot be understood."""
    text, problem = read_text(path, name)
    if problem:
        return YamlFile(name, problems=[problem])
    return parse_yaml(text, name)


def read_text(path: Path, name: str) -> tuple[str, Problem | None]:
    """The text of a UTF-8 file of bearable size, or why it cannot be had."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            return "", Problem(name, 0, f"the file is larger than {LARGEST_FILE // 1024 // 1024} MB")
        return path.read_text(encoding="utf-8-sig"), None
    except UnicodeDecodeError as error:
        return "", Problem(name, 0, f"the file is not UTF-8 text (byte {error.start})")
    except OSError as error:
        return "", Problem(name, 0, f"the file cannot be read: {error.strerror}")


def parse_yaml(text: str, name: str, first_line: int = 1) -> YamlFile:
    """Parse YAML text; `first_line` is the line of the file on which the text begins."""
    file = YamlFile(name)
    try:
        node = yaml.compose(text, Loader=SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + first_line if error.problem_mark else first_line
        file.problems.append(Problem(name, line, f"this is not YAML: {error.problem or error.context}"))
    except (yaml.YAMLError, ValueError) as error:
        file.problems.append(Problem(name, 0, f"this is not YAML: {error}"))
    else:
        if node is not None:
            builder = _Builder(file, first_line)
            file.data = builder.build(node, ())
            if builder.has_aliases:
                file.problems += [Problem(name, line + first_line, NO_ALIASES) for line in _alias_lines(text)]
    return file


def _alias_lines(text: str) -> Iterator[int]:
    """The lines of aliases, from nought: nodes tell only where their anchor stands."""
    for event in yaml.parse(text, Loader=SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            yield int(event.start_mark.line) if event.start_mark else 0


class _Builder:
    """Turns nodes into plain data, noting lines and faults in `file`."""

    def __init__(self, file: YamlFile, first_line: int) -> None:
        self.file = file
        self.first_line = first_line
        self.seen: set[int] = set()
        self.has_aliases = False

    def build(self, node: yaml.Node, path: YamlPath) -> Any:
        self.file.lines.setdefault(path, self.line_of(node))
        if id(node) in self.seen:
            self.has_aliases = True
            return None
        self.seen.add(id(node))
        if len(path) > DEEPEST_NESTING:
            return self.fault(node, "nested too deeply")
        if node.tag not in PLAIN_TAGS:
            return self.fault(node, f"the tag {node.tag.replace('tag:yaml.org,2002:', '!!')} has no place in a kit")
        if isinstance(node, yaml.MappingNode):
            return dict(self.pairs(node, path))
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*path, index)) for index, item in enumerate(node.value)]
        return self.scalar(node)

    def pairs(self, node: yaml.MappingNode, path: YamlPath) -> Iterator[tuple[str, Any]]:
        names: set[str] = set()
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
            if key is None:
                self.fault(key_node, "a key must be a word, not a list or a mapping")
            elif key in names:
                self.fault(key_node, f"the key '{key}' stands here twice")
            else:
                names.add(key)
                self.file.lines[(*path, key)] = self.line_of(key_node)
                yield key, self.build(value_node, (*path, key))

    def scalar(self, node: yaml.Node) -> Any:
        text: str = node.value
        if getattr(node, "style", None):
            return text.strip()
        if text.lower() in WORDS:
            return WORDS[text.lower()]
        if WHOLE_NUMBER.fullmatch(text):
            return int(text) if len(text) < 20 else text
        return float(text) if DECIMAL_NUMBER.fullmatch(text) else text

    def line_of(self, node: yaml.Node) -> int:
        return int(node.start_mark.line) + self.first_line

    def fault(self, node: yaml.Node, message: str) -> None:
        self.file.problems.append(Problem(self.file.name, self.line_of(node), message))
