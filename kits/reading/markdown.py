"""The paragraphs, list items and table rows of a Markdown text, with their lines and the marks in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

FACT_MARK = re.compile(r"\[\^([^\]\s]+)\]")
LINK = re.compile(r"\[(?P<text>[^\]\[]*)\]\((?P<target>[^)\s]*)\)")
EMPHASIS = re.compile(r"[*_`]+(?=\S)|(?<=\S)[*_`]+")

_parser = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True)
class Block:
    """A paragraph, list item or table row: its Markdown, and the line of the file on which it begins."""

    markdown: str
    line: int
    is_heading: bool = False

    @property
    def facts(self) -> tuple[str, ...]:
        """The keys of the facts that the block cites."""
        return tuple(dict.fromkeys(FACT_MARK.findall(self.markdown)))

    @property
    def links(self) -> tuple[str, ...]:
        """The targets of its links, as `term:key` or `conflict:key`."""
        return tuple(dict.fromkeys(match["target"] for match in LINK.finditer(self.markdown)))

    @property
    def text(self) -> str:
        """What a reader sees: without marks, link targets and signs of emphasis."""
        shown = LINK.sub(lambda match: match["text"], FACT_MARK.sub("", self.markdown))
        return " ".join(EMPHASIS.sub("", shown).split())


def blocks(markdown: str, first_line: int) -> Iterator[Block]:
    """The blocks of a text that begins on `first_line` of its file. Code blocks have none."""
    row: list[str] | None = None
    row_line, before = first_line, ""
    for token in _parser.parse(markdown):
        if token.type == "tr_open":
            row, row_line = [], first_line + _line(token)
        elif token.type == "tr_close" and row is not None:
            yield Block(" | ".join(row), row_line)
            row = None
        elif token.type == "inline" and row is not None:
            row.append(token.content)
        elif token.type == "inline":
            yield Block(token.content, first_line + _line(token), is_heading=before == "heading_open")
        before = token.type


def _line(token: Token) -> int:
    return token.map[0] if token.map else 0
