"""Markdown to safe HTML: one renderer, one sanitiser, for kits and for posts.

Raw HTML in the source is shown as text, never passed on; what is left goes through an allow-list. Kit text has two
marks of its own, described in docs/kit-format.md: ``[^fact-key]`` becomes a numbered chip that points to the fact on
the same page, and links of the form ``term:key`` and ``conflict:key`` point into the library.
"""

import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token

from classroom.common.languages import marked

FACT_MARK = re.compile(r"\[\^([a-z0-9][a-z0-9-]*)\]")
# How a chip looks once rendered. A link to a fact that somebody typed has no class.
_CHIP = re.compile(r'<a\b(?=[^>]* class="fact-chip")[^>]*\bhref="#fact-([a-z0-9][a-z0-9-]*)"[^>]*>(\d+)</a>')
_POST_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code", "span"}
_KIT_TAGS = _POST_TAGS | {"h3", "h4", "h5", "a", "sup", "table", "thead", "tbody", "tr", "th", "td", "hr"}
_KIT_ATTRIBUTES = {
    "a": {"href", "class", "id", "lang", "title"},
    "span": {"lang", "class"},
    "th": {"class"},
    "td": {"class"},
}

_posts = MarkdownIt("zero", {"html": False, "breaks": True}).enable(
    ["emphasis", "list", "blockquote", "newline", "backticks", "escape"]
)
_kits = MarkdownIt("commonmark", {"html": False}).enable("table")


def _text(_renderer: RendererProtocol, tokens: Sequence[Token], place: int, _options: object, _env: object) -> str:
    # Code and addresses are tokens of other kinds. What is stored is read on pages of any language, so it is marked.
    return marked(tokens[place].content)


for _each in (_posts, _kits):
    _each.add_render_rule("text", _text)


def render_post(text: str) -> str:
    """A post's small Markdown: emphasis, lists and quotations; no links, pictures or headings."""
    return nh3.clean(_posts.render(text), tags=_POST_TAGS, attributes={"span": {"lang"}}, link_rel=None)


@dataclass(frozen=True)
class Links:
    """How a kit's own marks become addresses: each takes a key, and returns None where it knows no such thing."""

    fact: Callable[[str], str | None]
    term: Callable[[str], str | None]
    conflict: Callable[[str], str | None]
    # What a term means, for who hovers over it: by key, in one line.
    definitions: Mapping[str, str] = field(default_factory=dict)


def fact_keys(text: str) -> list[str]:
    """The facts that a text cites, each once, in order."""
    return list(dict.fromkeys(FACT_MARK.findall(text)))


def chips(html: str) -> dict[str, int]:
    """The facts that a rendered text cites, each with its number, in the order in which they come."""
    return {key: int(number) for key, number in _CHIP.findall(html)}


def render_kit(text: str, links: Links, numbers: dict[str, int]) -> str:
    """A kit's Markdown. ``numbers`` gives each cited fact's number on the page and is added to as new ones come."""

    # Nobody who types a text can know it: so no link of theirs passes for a chip, with a number of its own.
    marked = f"fact-{secrets.token_hex(8)}"

    def chip(match: re.Match[str]) -> str:
        key = match.group(1)
        address = links.fact(key)
        if address is None:
            return match.group(0)
        number = numbers.setdefault(key, len(numbers) + 1)
        return f"[{number}]({marked}:{key})"

    tokens = _kits.parse(FACT_MARK.sub(chip, text))
    _resolve(tokens, links, marked)
    html = _kits.renderer.render(tokens, _kits.options, {})
    return nh3.clean(
        html,
        tags=_KIT_TAGS,
        attributes=_KIT_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


def _resolve(tokens: list[Token], links: Links, marked: str) -> None:
    finders = {marked: links.fact, "term": links.term, "conflict": links.conflict}
    for token in tokens:
        if token.children:
            _resolve(token.children, links, marked)
        if token.type != "link_open":
            continue
        scheme, _colon, key = str(token.attrGet("href") or "").partition(":")
        if scheme in finders:
            token.attrSet("href", finders[scheme](key) or "#")
            token.attrSet("class", "fact-chip" if scheme == marked else f"{scheme}-link")
        if scheme == "term" and key in links.definitions:
            token.attrSet("title", links.definitions[key])


__all__ = ["FACT_MARK", "Links", "chips", "fact_keys", "render_kit", "render_post"]
