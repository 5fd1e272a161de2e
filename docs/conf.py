"""How `make docs` builds these pages: Sphinx reads the Markdown as it stands, and nothing comes from another server."""

import tomllib
from pathlib import Path

from sphinx.application import Sphinx

ROOT = Path(__file__).resolve().parents[1]

project = "Lights Up"
author = "Lights Up contributors"
project_copyright = f"2026 {author}, MIT licence"
version = release = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]

extensions = ["myst_parser"]
exclude_patterns = ["pictures"]
nitpicky = True
# Links name headings as GitHub does, so that they lead to the same place in both.
myst_heading_anchors = 4

html_theme = "furo"
html_title = f"{project} {version}"
html_theme_options = {"top_of_page_buttons": []}
html_copy_source = False
html_show_sphinx = False

# What the theme leaves out, so that a heading has its level and what scrolls can be scrolled by keyboard.
MENDED = {
    '<p class="caption" role="heading">': '<p class="caption" role="heading" aria-level="2">',
    '<div class="table-wrapper': '<div tabindex="0" class="table-wrapper',
    "<pre>": '<pre tabindex="0">',
}


def mend_pages(app: Sphinx, _failure: Exception | None) -> None:
    for page in Path(app.outdir).rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        for left_out, mended in MENDED.items():
            text = text.replace(left_out, mended)
        page.write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> None:
    app.connect("build-finished", mend_pages)
