"""Every text of ours in a kit, with its place: what the check for copying reads. Names, keys and choices are none."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from kits.reading import shapes
from kits.reading.places import Place
from kits.reading.shapes import Kit

TEXT_FIELDS: Mapping[type, tuple[str, ...]] = {
    shapes.Film: ("summary", "content_note"),
    shapes.Topic: ("title",),
    shapes.Source: ("reliability", "date_note"),
    shapes.Fact: ("statement", "subject", "attribute", "note"),
    shapes.Citation: ("says",),
    shapes.Derivation: ("working",),
    shapes.Conflict: ("title", "why", "conclusion"),
    shapes.Reading: ("says",),
    shapes.Term: ("definition", "translations"),
    shapes.Prompt: ("text", "sensitive", "teacher_note", "right_to_pass", "younger_variant", "starters"),
    shapes.Position: ("from_end", "to_end"),
    shapes.Guidelines: ("title", "note"),
    shapes.Rule: ("title", "text", "why"),
    shapes.Lesson: (
        "title",
        "essential_question",
        "summary",
        "objectives",
        "materials",
        "content_note",
        "missing",
        "alternative_task",
    ),
    shapes.Step: ("title",),
    shapes.QuizBlueprint: ("title", "instructions"),
    shapes.QuestionBlueprint: ("stem", "text", "label", "distractors", "explanation", "hints", "model"),
    shapes.Gap: ("distractors",),
    shapes.Criterion: ("text",),
    shapes.Feedback: ("right", "partly", "wrong"),
    shapes.Answered: ("text",),
    shapes.Pair: ("prompt",),
}
# Markdown that is told line by line; `<name>_line` says where it begins.
MARKDOWN_FIELDS = ("overview", "body", "teacher")


def texts_of(kit: Kit) -> Iterator[tuple[Place, str]]:
    """Every text of a kit, in the order of its elements."""
    yield from _texts(kit)
    for number, paragraph in enumerate(paragraphs(kit.families), 1):
        yield Place("families.md", number), paragraph


def _texts(element: Any) -> Iterator[tuple[Place, str]]:
    for name in TEXT_FIELDS.get(type(element), ()):
        yield from ((element.at.of(name), text) for text in _strings(getattr(element, name)))
    if isinstance(element, shapes.Fact) and element.value_type == "text":
        yield from ((element.at.of("value"), text) for text in _strings((element.value, *element.accept)))
    for name in MARKDOWN_FIELDS:
        first_line = getattr(element, f"{name}_line", 0)
        lines = paragraphs(getattr(element, name)) if first_line else ()
        yield from ((Place(element.at.file, number), text) for number, text in enumerate(lines, first_line))
    for inner in _elements(element):
        yield from _texts(inner)


def _elements(element: Any) -> Iterator[Any]:
    """The elements inside an element."""
    for field in fields(element):
        inner = getattr(element, field.name)
        for each in inner if isinstance(inner, tuple) else (inner,):
            if is_dataclass(each) and not isinstance(each, Place):
                yield each


def _strings(value: Any) -> Iterator[str]:
    """The strings in a field: one, several, or those that a mapping gives."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _strings(tuple(value.values()))
    elif isinstance(value, tuple):
        yield from (text for text in value if isinstance(text, str))


def paragraphs(markdown: str) -> Iterator[str]:
    """For each line, the paragraph that begins on it, or nothing: so that a run over a line's end is seen."""
    lines = markdown.split("\n")
    for number, line in enumerate(lines):
        if not line.strip() or (number and lines[number - 1].strip()):
            yield ""
            continue
        end = next((later for later in range(number, len(lines)) if not lines[later].strip()), len(lines))
        yield " ".join(lines[number:end])
