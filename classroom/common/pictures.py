"""Pictures: SVG that is joined as text on the server. Every figure of the kit is made of these few parts.

No scripts and no styles inside: colours come from the style sheet by class, so that one picture serves light, dark and
paper. What differs in meaning differs in shape or lightness, too. A picture says what it is and where the same is said
in words; that table or list is the page's to show. Lengths are in units of the picture: pixels at its full size.
"""

from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

KEY = 13


def picture(size: tuple[float, float], title: str, about: str, parts: Iterable[str], css: str = "") -> SafeString:
    """A picture of ``size`` (width, height): what it is, and in what words the same is said beside it."""
    width, height = (_number(each) for each in size)
    return _safe(
        f'<svg class="{f"picture {css}".strip()}" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'role="img" aria-label="{escape(title)}. {escape(about)}">{"".join(parts)}</svg>'
    )


def words(at: tuple[float, float], text: str, css: str = "") -> str:
    """Text whose line begins at a point (or has its middle or its end there, by class)."""
    return f'<text{_class(css)} x="{_number(at[0])}" y="{_number(at[1])}">{escape(text)}</text>'


def words_upwards(at: tuple[float, float], text: str, css: str = "") -> str:
    """Text that is read from below."""
    place = f"translate({_number(at[0])} {_number(at[1])}) rotate(-90)"
    return f'<text{_class(css)} transform="{place}">{escape(text)}</text>'


def bar(at: tuple[float, float], size: tuple[float, float], css: str = "bar") -> str:
    x, y, width, height = (_number(each) for each in (*at, *size))
    return f'<rect{_class(css)} x="{x}" y="{y}" width="{width}" height="{height}"/>'


def line(path: str, css: str = "axis") -> str:
    """Whatever a path draws, in SVG's own letters."""
    return f'<path{_class(css)} d="{path}"/>'


def dot(at: tuple[float, float], radius: float, css: str = "bar") -> str:
    return f'<circle{_class(css)} cx="{_number(at[0])}" cy="{_number(at[1])}" r="{_number(radius)}"/>'


def swatch(part: str) -> SafeString:
    """A sign of a picture, for the key beside it; the words of the key say what it means."""
    return _safe(f'<svg class="picture picture-key" width="{KEY}" height="{KEY}" aria-hidden="true">{part}</svg>')


def shortened(text: str, most: int) -> str:
    """At most so many letters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _class(css: str) -> str:
    return f' class="{css}"' if css else ""


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _safe(markup: str) -> SafeString:
    return mark_safe(markup)  # noqa: S308 - classes and numbers are our own, and texts are escaped where they are put in
