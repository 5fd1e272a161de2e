"""Translations: `translations/LANGUAGE/*.yaml` by kind and key, and lessons in `translations/LANGUAGE/lessons/*.md`."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from kits.reading.lessons import parse_sections
from kits.reading.places import Place, Problem
from kits.reading.shapes import TranslatedStep, Translation
from kits.reading.yamlfile import YamlFile, YamlPath
from kits.schema import faults

FOLDER: Final = "translations"
LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
KINDS: Final = {"facts": "fact", "conflicts": "conflict", "prompts": "prompt", "questions": "question"}
# What is no text of the element: it says which one, what it was made from, or is kept by originals.
ASIDE: Final = frozenset({"key", "of", "words"})


def language_of(name: str) -> str:
    """The language of a file in the kit: the folder that it stands in."""
    return name.split("/")[1]


def strange_language(name: str) -> Problem | None:
    """What is wrong with the name of the folder, if anything is."""
    language = language_of(name)
    if LANGUAGE.fullmatch(language):
        return None
    return Problem(name, 0, f"'{language}' is not the code of a language, in small letters, such as es or zh-hans")


def read_translations(file: YamlFile) -> Iterator[Translation | Problem]:
    """Every translation of one file, and every fault of it."""
    found = list(faults("translations", file.data))
    for path, message in found:
        yield Problem(file.name, file.line(path), ": ".join((*map(str, path[1:2]), message)))
    if found:
        return
    for group, elements in file.data.items():
        for key, data in elements.items():
            yield _translation(file, (group, key), data, KINDS[group], key)


def parse_translated_lesson(text: str, name: str) -> Iterator[Translation | Problem]:
    """The translation of one lesson, with its steps; or its faults."""
    parsed = parse_sections(text, name, "translated-lesson", "translated-step")
    if parsed.problems or parsed.front is None:
        yield from parsed.problems
        return
    overview, _line = parsed.overview
    steps = tuple(
        TranslatedStep(
            at=step.at,
            of=str(step.data["of"]),
            texts=_told({"title": step.data["title"], "body": step.body[0], "teacher": step.teacher[0]}),
        )
        for step in parsed.steps
    )
    data = parsed.front.data
    more = {"overview": overview} if overview else {}
    yield _translation(parsed.front, (), {**data, **more}, "lesson", data["key"], steps)


def _translation(
    file: YamlFile,
    path: YamlPath,
    data: Mapping[str, Any],
    kind: str,
    key: str,
    steps: tuple[TranslatedStep, ...] = (),
) -> Translation:
    lines = {".".join(map(str, inner)): file.line((*path, *inner)) for inner in _paths(data)}
    return Translation(
        at=Place(file.name, file.line(path), lines),
        language=language_of(file.name),
        kind=kind,
        key=key,
        of=str(data["of"]),
        texts=flat({name: value for name, value in data.items() if name not in ASIDE}),
        words={str(word): str(text) for word, text in data.get("words", {}).items()},
        steps=steps,
    )


def flat(data: Any, before: str = "") -> dict[str, str]:
    """Every text in plain data by the path to it: "readings.0", "position.from". Empty ones are none.

    What feedback says to single answers goes by the answers, since their order means nothing.
    """
    if isinstance(data, Mapping) and set(data) == {"to", "text"}:
        return {f"{before.rpartition('.')[0]}.{str(data['to']).lower()}": str(data["text"])}
    if isinstance(data, Mapping):
        inner = list(data.items())
    elif isinstance(data, list | tuple):
        inner = list(enumerate(data))
    else:
        return {before: str(data)} if str(data) else {}
    found: dict[str, str] = {}
    for name, value in inner:
        found |= flat(value, f"{before}.{name}" if before else str(name))
    return found


def _told(texts: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in texts.items() if text}


def _paths(data: Any, before: YamlPath = ()) -> Iterator[YamlPath]:
    """The paths into the data for which a place is worth knowing: its fields, and what is in them."""
    for name, value in data.items():
        yield (*before, name)
        if isinstance(value, dict) and not before:
            yield from _paths(value, (name,))
