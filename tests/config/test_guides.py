"""The guides name buttons, links and headings as they stand on the pages, and settings as they are read."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands
from markdown_it import MarkdownIt

ROOT = settings.BASE_DIR
DOCS = ROOT / "docs"
CODE = ("classroom", "quizzes", "kits", "config")
# Bold is kept for what stands on a page, here.
GUIDES = sorted(
    [DOCS / "students.md", DOCS / "admins.md", *(DOCS / "teachers").glob("*.md"), *(DOCS / "admins").glob("*.md")]
)
TRANSLATED = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
IN_TEMPLATE = re.compile(r"""\btrans(?:late)? ("[^"]*"|'[^']*')|{% blocktrans[^%]*%}(.*?){% endblocktrans""", re.DOTALL)
HIDDEN = re.compile(r"""<span class=["']visually-hidden["']>.*?</span>""", re.DOTALL)
GAP = re.compile(r"%\(\w+\)[sd]|{{.*?}}|{\w*}")


def plain(text: str) -> str:
    """A text as a reader sees it: no tags, nothing that is said to screen readers alone, "…" for what is filled in."""
    seen = re.sub(r"<[^>]+>", "", HIDDEN.sub("", text))
    words = " ".join(GAP.sub("…", seen).split()).strip(" :")
    return words[:1].upper() + words[1:]  # as a label on a form begins, whatever it is made from


def texts_of_templates() -> Iterator[str]:
    for path in (ROOT / "templates").rglob("*.html"):
        for quoted, block in IN_TEMPLATE.findall(path.read_text(encoding="utf-8")):
            yield from [quoted[1:-1]] if quoted else block.split("{% plural %}")


def texts_of_code() -> Iterator[str]:
    for part in CODE:
        for path in (ROOT / part).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in TRANSLATED:
                    yield from (each.value for each in node.args if isinstance(each, ast.Constant))


@cache
def on_the_pages() -> frozenset[str]:
    return frozenset(plain(text) for text in [*texts_of_templates(), *texts_of_code()])


def bold(path: Path) -> list[str]:
    """What a guide prints in bold, each once."""
    found: list[str] = []
    for block in MarkdownIt("commonmark").enable("table").parse(path.read_text(encoding="utf-8")):
        inside = False
        for token in block.children or []:
            if token.type in {"strong_open", "strong_close"}:
                inside = token.type == "strong_open"
                if inside:
                    found.append("")
            elif inside:
                found[-1] += " " if token.type == "softbreak" else token.content
    return found


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: str(path.relative_to(DOCS)))
def test_what_a_guide_prints_in_bold_stands_on_a_page(guide):
    assert [name for name in bold(guide) if plain(name) not in on_the_pages()] == []


def test_the_guides_name_many_things_and_a_name_that_is_on_no_page_would_show():
    assert sum(len(bold(guide)) for guide in GUIDES) > 100
    assert "Set something" in on_the_pages()
    assert "Set somebody" not in on_the_pages()


def settings_that_are_read() -> set[str]:
    """Each variable of the environment that the code asks for, those of the test's own tools aside."""
    read = {"DATABASE_URL"}
    for part in CODE:
        for path in (ROOT / part).rglob("*.py"):
            read |= set(re.findall(r"LIGHTS_UP_[A-Z][A-Z_]*[A-Z]\b", path.read_text(encoding="utf-8")))
    return read | {f"LIGHTS_UP_KEEP_{key.upper()}" for key in settings.RETENTION_DAYS}


def test_the_table_of_settings_has_each_that_is_read_and_no_other():
    told = set(re.findall(r"`(DATABASE_URL|LIGHTS_UP_[A-Z_]+)`", (DOCS / "admins.md").read_text(encoding="utf-8")))
    assert told == settings_that_are_read()


PLACE = re.compile(
    rf"`((?:{'|'.join(CODE)}|tests|templates|scripts|docs)/[a-z0-9_./-]*(?:/|\.(?:py|html|json|jsonl|md|txt)))`"
)


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda path: str(path.relative_to(DOCS)))
def test_a_file_that_a_page_names_is_there(page):
    assert [name for name in PLACE.findall(page.read_text(encoding="utf-8")) if not (ROOT / name).exists()] == []


def test_a_picture_is_small():
    pictures = list((DOCS / "pictures").iterdir())
    assert pictures
    assert [each.name for each in pictures if each.stat().st_size > 80_000] == []


READ = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]


@pytest.mark.parametrize("page", READ, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_command_that_a_page_names_is_there(page):
    text = page.read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([a-z]+(?:-[a-z]+)*)", text, re.MULTILINE)) - targets == set()
    named = set(re.findall(r"(?:manage\.py|(?:^|`|bin/)lights-up) ([a-z_]+)", text, re.MULTILINE))
    assert named - {*get_commands(), "test"} == set()
