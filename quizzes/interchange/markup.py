"""HTML as question files bring it, brought down to the plain text that a question of the bank is made of."""

import re
from html.parser import HTMLParser
from typing import Final

from quizzes.interchange.records import Refused

MOST_CHARACTERS: Final = 50_000


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_BLOCKS: Final = _names("p div br li ul ol tr table tbody thead h1 h2 h3 h4 h5 h6 blockquote pre hr dl dt dd section")
_PICTURES: Final = _names("img audio video iframe object embed svg math canvas picture source applet")
_FORMS: Final = _names("input select textarea button form")
_SILENT: Final = _names("script style template noscript")
_STYLES: Final = _names("b strong i em u s sub sup mark small del ins code font")
_TAG: Final = re.compile(
    r"</?(?:"
    + "|".join(sorted(_BLOCKS | _PICTURES | _FORMS | _SILENT | _STYLES | {"a", "span", "td", "th"}, key=len)[::-1])
    + r")(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)


def looks_like_html(text: str) -> bool:
    """Whether tags or character references stand in a text of no stated format; "a < b" is none."""
    return bool(_TAG.search(text) or _ENTITY.search(text))


def plain_text(html: str) -> tuple[str, list[str]]:
    """The text of HTML, with its paragraphs as lines, and what of it is lost, each in a sentence.

    Raises `Refused` for pictures, sound, film and forms: without them the question may not be the same.
    """
    if len(html) > MOST_CHARACTERS:
        raise Refused(f"A text is longer than {MOST_CHARACTERS} characters.")
    reducer = _Reducer()
    reducer.feed(html)
    reducer.close()
    lines = [" ".join(line.split()) for line in "".join(reducer.pieces).split("\n")]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return text, list(dict.fromkeys(reducer.lost))


class _Reducer(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.lost: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _PICTURES:
            raise Refused("It holds a picture, a sound, a film or a formula, which a question here cannot hold.")
        if tag in _FORMS:
            raise Refused("It holds a field of a form, which a question here cannot hold.")
        if tag in _SILENT:
            self.silent += 1
            self.lost.append("A script or a style is left out.")
        elif tag == "a":
            address = dict(attrs).get("href") or ""
            self.lost.append(f"A link is kept as its words alone ({address[:100]}).")
        elif tag in _STYLES:
            self.lost.append("Bold, italics and the like are kept as plain text.")
        elif tag in {"table", "tr"}:
            self.lost.append("A table is kept as lines of text.")
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT and self.silent:
            self.silent -= 1
        self._part(tag, ending=True)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in _SILENT:
            self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        if not self.silent:
            # Line ends within HTML are spaces: only its own tags part lines.
            self.pieces.append(re.sub(r"\s+", " ", data))

    def _part(self, tag: str, *, ending: bool = False) -> None:
        if tag in {"p", "h1", "h2", "h3", "h4", "h5", "h6"} and ending:
            self.pieces.append("\n")
        elif tag in _BLOCKS and not (tag == "br" and ending):
            starts_line = bool(self.pieces) and not self.pieces[-1].endswith("\n")
            if tag == "br" or starts_line:
                self.pieces.append("\n")
            if tag == "li" and not ending:
                self.pieces.append("- ")
        elif tag in {"td", "th"} and not ending and self.pieces and not self.pieces[-1].endswith("\n"):
            self.pieces.append(" | ")
