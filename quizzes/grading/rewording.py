"""Whether two versions of a question differ in their words alone, so that one grades as the other does.

A stored answer names options by their ids, or is what a student typed; a key does the same. So where ids, their order,
the settings of the type and the key are equal, every answer is worth what it was worth, whatever the texts say. What
no comparison can see is whether a text now says something else: that stays the teacher's word.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from quizzes.grading.blanks import MARKER
from quizzes.grading.registry import validate
from quizzes.grading.shapes import BadQuestion, Json

Content = dict[str, Any]
LISTS: Final = ("prompts", "options", "items")


def texts_of(content: Mapping[str, Any]) -> dict[str, str]:
    """The texts that a rewording may change, by where they stand: "text", "options/b", "gaps/1/options/b"."""
    return dict(_texts(content, ""))


def _texts(content: Mapping[str, Any], before: str) -> Iterator[tuple[str, str]]:
    if "gaps" in content:
        yield f"{before}text", content["text"]
    for name in LISTS:
        for entry in content.get(name, []):
            yield f"{before}{name}/{entry['id']}", entry["text"]
    for gap in content.get("gaps", []):
        yield from _texts(gap["content"], f"{before}gaps/{gap['id']}/")


def with_texts(content: Mapping[str, Any], texts: Mapping[str, str], before: str = "") -> Content:
    """The content with these texts in place of its own, by where they stand; the others stay."""
    made: Content = dict(content)
    if "gaps" in content:
        made["text"] = texts.get(f"{before}text", content["text"])
        made["gaps"] = [
            {**gap, "content": with_texts(gap["content"], texts, f"{before}gaps/{gap['id']}/")}
            for gap in content["gaps"]
        ]
    for name in LISTS:
        if name in content:
            made[name] = [
                {**entry, "text": texts.get(f"{before}{name}/{entry['id']}", entry["text"])} for entry in content[name]
            ]
    return made


def objection(question_type: str, before: tuple[Json, Json], after: tuple[Json, Json]) -> str:
    """Why a content and key are more than a rewording of another content and key of that type; "" where they are not.

    Both are (content, key).
    """
    try:
        validate(question_type, *after)
    except BadQuestion as fault:
        return str(fault)
    (old, old_key), (new, new_key) = before, after
    if old_key != new_key:
        return "The key is another one."
    if _frame(old) != _frame(new):
        return "Something beside the texts has changed: options, their order, gaps or settings."
    return _exchanged(old, new)


def _frame(content: Json) -> Content:
    """A content without its texts; of a text with gaps its gaps stay, in their order."""
    bare = with_texts(content, dict.fromkeys(texts_of(content), ""))
    if "gaps" in content:
        bare["text"] = MARKER.findall(str(content["text"]))
    return bare


def _exchanged(old: Json, new: Json) -> str:
    """Options that have changed places by taking one another's texts: the key would then name another answer."""
    had = {place: _folded(text) for place, text in texts_of(old).items()}
    for place, text in texts_of(new).items():
        group = place.rpartition("/")[0]
        others = [other for other, held in had.items() if other != place and held == _folded(text)]
        if any(other.rpartition("/")[0] == group for other in others):
            return f"“{text}” was the text of another option: the key would then name another answer."
    return ""


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
