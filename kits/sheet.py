"""A sheet for whoever translates a kit: what is not translated yet, or no more, with the marks to keep."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import yaml

from kits.drafts import Drafts
from kits.originals import Original, Originals, original_of_step, originals_of
from kits.reading.shapes import Kit, Lesson
from kits.reading.translations import KINDS
from kits.records.shapes import Data

GROUPS: Mapping[str, str] = {kind: group for group, kind in KINDS.items()}
WIDTH = 110


def sheet(kit: Kit, drafts: Drafts, language: str, keys: Collection[str] = ()) -> Iterator[str]:
    """What remains to be translated, in the form of the files; of these keys alone where any are given."""
    originals = originals_of(kit, drafts)
    held = {(each.kind, each.key) for each in kit.translations if _holds(each.language == language, originals, each)}
    wanted = {
        (kind, key): original
        for (kind, key), original in originals.items()
        if (kind, key) not in held and (not keys or key in keys)
    }
    grouped: dict[str, Data] = {}
    for (kind, key), original in wanted.items():
        if kind in GROUPS:
            grouped.setdefault(GROUPS[kind], {})[key] = _element(original)
    if grouped:
        yield f"# translations/{language}/NAME.yaml"
        yield _yaml(grouped)
    steps = {step.of for each in kit.translations if each.language == language for step in each.steps}
    for lesson in kit.lessons:
        if not keys or lesson.key in keys:
            yield from _lesson(lesson, language, originals["lesson", lesson.key], held, steps)


def _holds(is_asked: bool, originals: Originals, each: Any) -> bool:
    original = originals.get((each.kind, each.key))
    return is_asked and original is not None and original.mark == each.of


def _element(original: Original) -> Data:
    words = {word: word for word in (*original.needed, *original.allowed)}
    return {"of": original.mark, **_nested(original.texts), **({"words": words} if words else {})}


def _nested(texts: Mapping[str, str]) -> Data:
    """Texts by their paths as the files have them: mappings within mappings, and lists where numbers count."""
    made: Data = {}
    for path, text in texts.items():
        name, _dot, rest = path.partition(".")
        if not rest:
            made[name] = text
        elif rest.startswith("answers."):
            answers = made.setdefault(name, {}).setdefault("answers", [])
            answers.append({"to": rest.removeprefix("answers."), "text": text})
        elif rest.isdecimal():
            made.setdefault(name, []).append(text)
        else:
            made.setdefault(name, {})[rest] = text
    return made


def _lesson(
    lesson: Lesson, language: str, original: Original, held: Collection[tuple[str, str]], steps: Collection[str]
) -> Iterator[str]:
    wanted = [step for step in lesson.steps if original_of_step(step).mark not in steps]
    if ("lesson", lesson.key) in held and not wanted:
        return
    yield f"# translations/{language}/lessons/{lesson.key}.md"
    front = {"key": lesson.key, **_element(original)}
    overview = front.pop("overview", "")
    yield f"---\n{_yaml(front)}---\n\n{overview}\n\n"
    for step in wanted:
        made = original_of_step(step)
        teacher = f"\n### For the teacher\n\n{step.teacher}\n" if step.teacher else ""
        yield f"## {step.kind}: {step.title}\nof: {made.mark}\n\n{step.body}\n{teacher}\n"


def _yaml(data: Data) -> str:
    return str(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=WIDTH))
