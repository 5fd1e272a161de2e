"""Flaws in how a question is written: what makes a guess right, or a knower wrong. Plain Python, no Django.

The rules are those on which writers of items agree: T. M. Haladyna, S. M. Downing, M. C. Rodriguez, "A Review of
Multiple-Choice Item-Writing Guidelines for Classroom Assessment", Applied Measurement in Education 15 (2002), 309-334
(numbered here as in its table of 31 guidelines), and the National Board of Medical Examiners' item-writing guide
("Constructing Written Test Questions"), on what helps the testwise.
They are advice: nothing is ever refused for them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from classroom.library.values.numbers import read_number
from classroom.library.values.words import fold

LONG_BY: Final = 1.5
LONG_BY_CHARACTERS: Final = 12
SHORT_BY: Final = 3
_ABSOLUTE: Final = re.compile(
    r"\b(always|never|all|none|only|every|everyone|nobody|impossible|completely)\b", re.IGNORECASE
)
_NEGATIVE: Final = re.compile(r"\b(not|except|never|least|n't|cannot)\b|n't\b", re.IGNORECASE)
_MARKED: Final = re.compile(r"\b(NOT|EXCEPT|NEVER|LEAST|CANNOT)\b|[*_](not|except|never|least|cannot)[*_]")
_ALL: Final = re.compile(r"^\W*(all|any|each) of (the )?(above|these|them|options)\W*$", re.IGNORECASE)
_NONE: Final = re.compile(r"^\W*(none|neither) of (the )?(above|these|them|options)\W*$", re.IGNORECASE)
_RANGE: Final = re.compile(r"^\D*?(\d[\d,. ]*)\s*(?:-|–|to|and)\s*(\d[\d,. ]*)\D*$")
# Long enough to be looked at, but without a meaning of their own.
_LITTLE: Final = frozenset({"from", "does", "have", "that", "their", "they", "this", "were", "what", "when", "where"})
_LITTLE_TOO: Final = frozenset({"which", "whom", "whose", "will", "with", "these", "those", "there", "into", "about"})


@dataclass(frozen=True)
class Flaw:
    """One warning: which rule, what is meant, and why it matters; both are sentences for a teacher."""

    rule: str
    found: str
    why: str


def flaws(question_type: str, stem: str, content: Mapping[str, Any], key: Mapping[str, Any]) -> list[Flaw]:
    """What could be written better in a question; empty for one with nothing to remark."""
    found = list(_of_stem(question_type, stem))
    if question_type in ("choice", "multiple", "which-source"):
        texts = [entry["text"] for entry in content.get("options", [])]
        right, wrong = _split(content, key)
        found += _of_options(texts)
        # Sources are named, not worded: nobody can make their names alike.
        if question_type != "which-source" and right and wrong:
            found += [*_of_lengths(right, wrong), *_of_words(stem, right, wrong)]
    return found


def _split(content: Mapping[str, Any], key: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    correct = key.get("correct")
    ids = set(correct) if isinstance(correct, list) else {correct}
    right = [entry["text"] for entry in content.get("options", []) if entry["id"] in ids]
    return right, [entry["text"] for entry in content.get("options", []) if entry["id"] not in ids]


def _of_stem(question_type: str, stem: str) -> Iterator[Flaw]:
    """Negatives (guideline 17: "avoid negatives such as NOT or EXCEPT. If negative words are used, use the word
    cautiously and always ensure that the word appears capitalized and boldface").
    """
    quoted = re.sub(r"[“\"].*?[”\"]", " ", stem)
    negative = _NEGATIVE.search(quoted)
    if negative and not _MARKED.search(quoted) and question_type != "essay":
        yield Flaw(
            "negative",
            f"The question turns on “{negative.group(0)}”, which is easily read over.",
            "Ask for what is so, or write the word in capitals: else you test who reads fast, not who knows.",
        )
    absolute = _ABSOLUTE.search(quoted)
    if question_type == "true-false" and absolute:
        yield _absolute(absolute.group(0), "The statement says")


def _absolute(word: str, where: str) -> Flaw:
    """Specific determiners (guideline 28a), which the testwise know to be false."""
    return Flaw(
        "absolute",
        f"{where} “{word}”.",
        "What holds without exception is seldom true, and students who know that can answer without knowing the film.",
    )


def _of_options(texts: Sequence[str]) -> Iterator[Flaw]:
    """ "None of the above" (guideline 25), "all of the above" (26), and options that overlap (22)."""
    if any(_ALL.search(text) for text in texts):
        yield Flaw(
            "all-of-the-above",
            "One option is “all of the above” or the like.",
            "Whoever knows two of the options to be right knows the answer, and options stand in an order of their own "
            "for each student, so nothing is above. Ask for several right options instead.",
        )
    if any(_NONE.search(text) for text in texts):
        yield Flaw(
            "none-of-the-above",
            "One option is “none of the above” or the like.",
            "It shows that a student knows what is wrong, not that they know what is right.",
        )
    spans = [span for span in map(_span, texts) if span]
    for place, (low, high) in enumerate(spans):
        if any(low <= end and start <= high for start, end in spans[:place]):
            yield Flaw(
                "overlap",
                "Two options cover the same numbers.",
                "Then two options can be right at once, and whoever chose the other has a case.",
            )
            return


def _span(text: str) -> tuple[float, float] | None:
    """ "10 to 20" as (10, 20); None for what is no range."""
    found = _RANGE.match(text)
    if not found:
        return None
    try:
        low, high = (float(read_number(each.strip(" ,."))) for each in found.groups())
    except ValueError:
        return None
    return (low, high) if low < high else None


def _of_lengths(right: Sequence[str], wrong: Sequence[str]) -> Iterator[Flaw]:
    """Lengths (guideline 24: "keep the length of choices about equal")."""
    longest, shortest = max(map(len, wrong)), min(map(len, wrong))
    if all(len(text) > LONG_BY * longest and len(text) - longest > LONG_BY_CHARACTERS for text in right):
        yield Flaw(
            "longest",
            "The right answer is the longest option by far.",
            "Writers make the right answer most exact, and students know it: the longest is the best guess.",
        )
    elif longest > SHORT_BY * max(shortest, 1) and longest - shortest > 2 * LONG_BY_CHARACTERS and len(wrong) > 1:
        yield Flaw(
            "lengths",
            "The options differ widely in length.",
            "An option much shorter or longer than the others is seldom believed, so fewer are left to choose from.",
        )


def _of_words(stem: str, right: Sequence[str], wrong: Sequence[str]) -> Iterator[Flaw]:
    """Clang associations (28b) and absolute words (28a)."""
    asked = _words(stem)
    echoed = [_words(text) & asked for text in right]
    if all(echoed) and not any(_words(text) & asked for text in wrong):
        word = max(sorted(echoed[0]), key=len)
        yield Flaw(
            "echo",
            f"Of all options the right one alone repeats “{word}” from the question.",
            "Students who do not know look for a word that they have just read, and find the answer.",
        )
    absolute = [found.group(0) for found in map(_ABSOLUTE.search, wrong) if found and not _ALL.search(found.string)]
    if absolute and not any(_ABSOLUTE.search(text) for text in right) and not any(map(_NONE.search, wrong)):
        yield _absolute(absolute[0], "A wrong option says")


def _words(text: str) -> set[str]:
    """The words of a text that carry meaning; figures are none, since a question may name the year that it asks of."""
    return {
        word for word in re.findall(r"[^\W\d_]+", fold(text)) if len(word) > 3 and word not in _LITTLE | _LITTLE_TOO
    }
