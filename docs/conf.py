"""How `make docs` builds these pages: Sphinx reads the Markdown as it stands, and nothing comes from another server."""

import tomllib
from pathlib import Path

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
