"""Papers as a PDF, set by Typst (typst.app/docs) in one font that is shipped: it needs nothing on the machine.

What teachers wrote travels as JSON and is set as text: nothing in it is ever read as markup. The font is a subset of
Noto Sans CJK SC (OFL, fonts/OFL.txt) with Latin, Greek, Cyrillic, the characters of GB 2312 and those of the kit's
names. A paper with others, such as rarer Chinese characters, is refused rather than set with holes: the page to print,
for which the browser brings its own fonts, shows them all.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Final

import typst

from quizzes.bank.paper.sheets import Paper

HERE: Final = Path(__file__).parent
FONTS: Final = HERE / "fonts"
SIZE, LARGE_SIZE = 11, 20
"""In points. The American Printing House for the Blind and the RNIB both call 18 points and more large print."""


class NoGlyph(ValueError):
    """The font lacks characters; ``characters`` are they."""

    def __init__(self, characters: str) -> None:
        super().__init__(characters)
        self.characters = characters


def as_pdf(
    papers: Sequence[Paper], *, words: dict[str, str], with_key: bool, with_questions: bool, large: bool
) -> bytes:
    """The papers as one PDF, each version and each key on pages of its own. Raises NoGlyph.

    ``words`` are the paper's fixed words in the reader's language, by name.
    """
    data = {
        "papers": [asdict(each) for each in papers],
        "words": words,
        "with_key": with_key,
        "with_questions": with_questions,
        "size": LARGE_SIZE if large else SIZE,
    }
    lacking = "".join(sorted({each for text in _texts(data) for each in text} - covered() - set("\n\r\t")))
    if lacking:
        raise NoGlyph(lacking)
    made = typst.compile(
        str(HERE / "paper.typ"),
        root=str(HERE),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data)},
    )
    return bytes(made)


def _texts(held: object) -> Iterable[str]:
    if isinstance(held, str):
        yield held
    elif isinstance(held, dict):
        for each in held.values():
            yield from _texts(each)
    elif isinstance(held, list):
        for each in held:
            yield from _texts(each)


@cache
def covered() -> frozenset[str]:
    """The characters that the font has: "U+4E00,U+4E10-4E20" and so on in fonts/characters.txt."""
    found: set[str] = set()
    for span in (FONTS / "characters.txt").read_text(encoding="ascii").replace("U+", "").strip().split(","):
        low, _dash, high = span.partition("-")
        found.update(map(chr, range(int(low, 16), int(high or low, 16) + 1)))
    return frozenset(found)
