"""A kit's folder: which files there are, what each holds, and everything that cannot be read in them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kits.reading.build import build
from kits.reading.lessons import parse_lesson
from kits.reading.places import Problem, Problems
from kits.reading.shapes import Conflict, Fact, Film, Guidelines, Kit, Prompt, QuizBlueprint, Source, Term
from kits.reading.translations import FOLDER, parse_translated_lesson, read_translations, strange_language
from kits.reading.yamlfile import YamlFile, parse_yaml, read_text, read_yaml
from kits.schema import faults

LIST_FILES: tuple[tuple[str, str, type], ...] = (
    ("sources.yaml", "source", Source),
    ("facts/*.yaml", "fact", Fact),
    ("conflicts/*.yaml", "conflict", Conflict),
    ("terms.yaml", "term", Term),
    ("prompts.yaml", "prompt", Prompt),
)
WHOLE_FILES: tuple[tuple[str, str, type], ...] = (
    ("film.yaml", "film", Film),
    ("guidelines.yaml", "guidelines", Guidelines),
    ("quizzes/*.yaml", "quiz", QuizBlueprint),
)
EXPECTED = {"film.yaml", "sources.yaml", "terms.yaml", "prompts.yaml", "guidelines.yaml", "families.md"}


@dataclass(frozen=True)
class KitRead:
    """What came of reading a folder: the kit, or None where film.yaml cannot be used; and all problems, sorted."""

    kit: Kit | None
    problems: list[Problem]


@dataclass
class _Found:
    """What has been read so far."""

    folder: Path
    problems: Problems = field(default_factory=Problems)
    unread: set[tuple[str, str]] = field(default_factory=set)
    elements: dict[str, list[Any]] = field(default_factory=dict)

    def files(self, pattern: str) -> Iterator[tuple[Path, str]]:
        """(path, name in the kit) of the files of a pattern, in order of their names."""
        for path in sorted(self.folder.glob(pattern)):
            yield path, path.relative_to(self.folder).as_posix()

    def take(self, kind: str, shape: type, file: YamlFile, path: tuple[int, ...], data: Any) -> None:
        """Hold one element against the schema and build it; where it does not fit, remember that it was there."""
        found = list(faults(kind, data))
        for where, message in found:
            self.problems.add(Problem(file.name, file.line((*path, *where)), _named(data, where, message)))
        if found:
            self.unread.update(_keys(kind, data))
        else:
            self.elements.setdefault(kind, []).append(build(shape, file, path, data))

    def of(self, kind: str) -> tuple[Any, ...]:
        """The elements of one kind, in order."""
        return tuple(self.elements.get(kind, ()))


def read_kit(folder: Path) -> KitRead:
    """Read a kit's folder. Nothing is raised for what a file holds: every fault is among the problems."""
    if not folder.is_dir():
        return KitRead(None, [Problem(str(folder), 0, "there is no such folder")])
    found = _Found(folder)
    for name in sorted(EXPECTED):
        if not (folder / name).is_file():
            found.problems.add(Problem(name, 0, "the kit has no such file"))
    for pattern, kind, shape in LIST_FILES:
        _read_lists(found, pattern, kind, shape)
    for pattern, kind, shape in WHOLE_FILES:
        _read_whole(found, pattern, kind, shape)
    _read_lessons(found)
    _read_translations(found)
    families = _read_families(found)
    return KitRead(_kit(found, families), found.problems.sorted())


def read_film(folder: Path) -> Film | None:
    """The film of a kit alone, or None where its file cannot be used."""
    found = _Found(folder)
    _read_whole(found, "film.yaml", "film", Film)
    return next(iter(found.of("film")), None)


def _read_lists(found: _Found, pattern: str, kind: str, shape: type) -> None:
    for path, name in found.files(pattern):
        file = read_yaml(path, name)
        found.problems.extend(file.problems)
        if isinstance(file.data, list):
            for index, data in enumerate(file.data):
                found.take(kind, shape, file, (index,), data)
        elif not file.problems:
            found.problems.add(Problem(name, 1, f"the file must hold a list, one item for each {kind}"))


def _read_whole(found: _Found, pattern: str, kind: str, shape: type) -> None:
    for path, name in found.files(pattern):
        file = read_yaml(path, name)
        found.problems.extend(file.problems)
        if file.data is not None or not file.problems:
            found.take(kind, shape, file, (), file.data)


def _read_lessons(found: _Found) -> None:
    for path, name in found.files("lessons/*.md"):
        text, problem = read_text(path, name)
        if problem:
            found.problems.add(problem)
            continue
        file = parse_lesson(text, name)
        found.problems.extend(file.problems)
        if file.lesson:
            found.elements.setdefault("lesson", []).append(file.lesson)
        else:
            found.unread.add(("lesson", str(file.key)))


def _read_translations(found: _Found) -> None:
    for path, name in (*found.files(f"{FOLDER}/*/*.yaml"), *found.files(f"{FOLDER}/*/lessons/*.md")):
        problem = strange_language(name)
        text, unreadable = read_text(path, name)
        if problem or unreadable:
            found.problems.extend(each for each in (problem, unreadable) if each)
            continue
        if path.suffix == ".md":
            made = list(parse_translated_lesson(text, name))
        else:
            file = parse_yaml(text, name)
            found.problems.extend(file.problems)
            made = list(read_translations(file)) if file.data is not None or not file.problems else []
        found.problems.extend(each for each in made if isinstance(each, Problem))
        found.elements.setdefault("translation", []).extend(each for each in made if not isinstance(each, Problem))


def _read_families(found: _Found) -> str:
    if not (found.folder / "families.md").is_file():
        return ""
    text, problem = read_text(found.folder / "families.md", "families.md")
    if problem:
        found.problems.add(problem)
    return text


def _kit(found: _Found, families: str) -> Kit | None:
    films, guidelines = found.of("film"), found.of("guidelines")
    if not films:
        return None
    return Kit(
        film=films[0],
        sources=found.of("source"),
        facts=found.of("fact"),
        conflicts=found.of("conflict"),
        terms=found.of("term"),
        prompts=found.of("prompt"),
        guidelines=guidelines[0] if guidelines else None,
        families=families,
        lessons=tuple(sorted(found.of("lesson"), key=lambda lesson: (lesson.position, lesson.key))),
        quizzes=found.of("quiz"),
        translations=found.of("translation"),
        unread=frozenset(found.unread),
    )


def _named(data: Any, where: tuple[str | int, ...], message: str) -> str:
    """The message with the key of the element before it, and the path within where it is deeper than a field."""
    key = data.get("key") if isinstance(data, dict) else None
    inside = ".".join(map(str, where[:-1]))
    return ": ".join(part for part in (str(key or ""), inside, message) if part)


def _keys(kind: str, data: Any) -> Iterator[tuple[str, str]]:
    """The keys in an element that cannot be built, so that what refers to it is not called broken as well."""
    if not isinstance(data, dict):
        return
    yield kind, str(data.get("key", ""))
    for inner in ("questions", "rules", "topics"):
        items = data.get(inner)
        for item in items if isinstance(items, list) else []:
            if isinstance(item, dict):
                yield inner.removesuffix("s"), str(item.get("key", ""))
