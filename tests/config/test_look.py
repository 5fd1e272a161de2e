"""The look is made of tokens: each text stands out from each ground in each theme, and no page has its own colours."""

import re
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings

STYLES = Path(settings.BASE_DIR) / "classroom" / "static" / "classroom"
TEMPLATES = Path(settings.BASE_DIR) / "templates"
GROUNDS = ("paper", "panel", "seed")
TEXTS = ("ink", "soft", "blue", "green", "amber", "red")
# What is no text yet has to be found: the edge of a field or a button, and the ring round what has the focus.
MARKS = ("soft", "blue", "red", "focus")


def colours_of(sheet: str) -> dict[str, str]:
    """The colours that a sheet names, by the token."""
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", (STYLES / sheet).read_text()))


LIGHT = colours_of("tokens.css")
DARK = LIGHT | colours_of("dark.css")
PAPER = LIGHT | colours_of("print.css")
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK, PAPER], ids=["light", "dark", "paper"])


def luminance(colour: str) -> float:
    """WCAG 2.2's relative luminance of ``#rrggbb``, 0 to 1."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_worked_out_as_wcag_has_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


@THEMES
def test_every_text_stands_out_from_every_ground(theme: dict[str, str]) -> None:
    pairs = [*product(TEXTS, GROUNDS), ("on-blue", "blue"), ("on-blue", "blue-deep"), ("paper", "red")]
    pairs += [(text, f"{text}-tint") for text in ("blue", "green", "amber", "red")]
    pairs += [(text, f"{tint}-tint") for text in ("ink", "soft", "blue") for tint in ("blue", "green", "amber", "red")]
    # White paper needs no colour: what is filled there is black.
    pairs = [pair for pair in pairs if theme is not PAPER or "on-blue" not in pair]
    assert {
        pair: contrast(theme[pair[0]], theme[pair[1]])
        for pair in pairs
        if contrast(theme[pair[0]], theme[pair[1]]) < 4.5
    } == {}


@THEMES
def test_every_mark_stands_out_from_every_ground(theme: dict[str, str]) -> None:
    pairs = [*product(MARKS, GROUNDS)]
    assert {pair for pair in pairs if contrast(theme[pair[0]], theme[pair[1]]) < 3} == set()


def test_the_dark_theme_changes_every_colour() -> None:
    assert set(colours_of("dark.css")) == set(LIGHT)


@pytest.mark.parametrize("sheet", ["app.css", "rooms.css"])
def test_no_sheet_has_colours_of_its_own(sheet: str) -> None:
    # A square code is black on white whatever the theme is: cameras want it so.
    css = re.sub(r"\.qr \{[^}]*\}", "", (STYLES / sheet).read_text())
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{}]*[;}])|rgba?\(|hsla?\(", css) == []


def test_every_token_that_is_used_is_there() -> None:
    sheets = [(STYLES / name).read_text() for name in ("tokens.css", "app.css", "rooms.css", "dark.css", "print.css")]
    used = {name for css in sheets for name in re.findall(r"var\(--([a-z0-9-]+)", css)}
    there = {name for css in sheets for name in re.findall(r"--([a-z0-9-]+):", css)}
    assert used - there == set()


def test_every_class_of_bootstraps_that_a_template_names_is_in_the_part_that_is_shipped() -> None:
    css = "".join((STYLES / name).read_text() for name in ("vendor/bootstrap.css", "app.css", "rooms.css"))
    there = set(re.findall(r"\.([a-zA-Z][\w-]*)", css))
    bootstraps = re.compile(
        r"(?:btn|form|alert|card|table|list-group|col|row|d|[mp][tbsexy]?|text|fs|fw|gap|w|flex|align|justify|nav)-[\w-]+"
    )
    named = {
        each
        for template in TEMPLATES.rglob("*.html")
        if "admin" not in template.parts
        for value in re.findall(r'class="([^"]*)"', re.sub(r"\{[%{].*?[%}]\}", " ", template.read_text()))
        for each in value.split()
        if bootstraps.fullmatch(each)
    }
    assert named - there - {"btn-", "alert-"} == set()


def test_what_needs_a_pointer_has_a_ring_for_the_keyboard_too() -> None:
    css = (STYLES / "app.css").read_text()
    assert ":focus-visible { outline: 3px solid var(--focus)" in css
    parts = r":is\(\.btn, \.form-control, \.form-select, \.form-check-input\):focus-visible \{ outline: 3px"
    assert re.search(parts, css), "Bootstrap takes the outline of its own parts away"
    # Nothing takes it away but the page's own frame, which a skip link leads to.
    every = "".join((STYLES / name).read_text() for name in ("app.css", "rooms.css"))
    assert re.findall(r"[^{}\n]*\{[^}]*outline: none", every) == [
        "main:focus { outline: none",
        ".step-facts:has(:target) { outline: none",
    ]
