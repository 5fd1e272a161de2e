"""check_links.py [SITE]: whether every link of the documentation leads somewhere, without asking any other server.

It reads the Markdown that is read as it stands (README.md, CONTRIBUTING.md, all of docs/) and, where SITE is given, the
pages that `make docs` built there. A relative link leads to a file that is there, its #anchor to a heading of it, and
no built page loads a script, a style, a font or a picture from elsewhere. Links to other sites are not followed.
"""

import re
import sys
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from mdit_py_plugins.anchors import anchors_plugin

ROOT = Path(__file__).resolve().parents[1]
# What a browser fetches by itself; other links wait for a press.
LOADED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href"}
LOADED_BY_STYLE = re.compile(r"(?:@import\s+|url\()['\"]?((?:https?:)?//[^'\")\s]+)")


class Fault(NamedTuple):
    page: Path
    link: str
    why: str


class Page(HTMLParser):
    """The anchors of a page and where it points."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value for name, value in attrs if value is not None}
        self.anchors |= {values[name] for name in ("id", "name") if name in values}
        pointing = [values[name] for name in ("href", "src") if name in values]
        self.links += pointing
        if tag in LOADED and values.get("rel") not in {"next", "prev", "index", "search", "canonical"}:
            self.loaded += pointing


@cache
def page_at(path: Path) -> Page:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        text = MarkdownIt("commonmark").enable("table").use(anchors_plugin, max_level=4).render(text)
    return Page(text)


def faults_of(path: Path) -> Iterator[Fault]:
    """What is wrong with the links of one page."""
    page = page_at(path)
    for link in page.links:
        to = urlsplit(link)
        if to.scheme or to.netloc:
            continue
        target = (path.parent / unquote(to.path)).resolve() if to.path else path
        if target.is_dir() and path.suffix == ".html":
            target = target / "index.html"
        if not target.exists():
            yield Fault(path, link, "no such file")
        elif to.fragment and target.suffix in {".md", ".html"} and unquote(to.fragment) not in page_at(target).anchors:
            yield Fault(path, link, "no such heading")
    if path.suffix == ".html":
        yield from (Fault(path, each, "loaded from elsewhere") for each in page.loaded if urlsplit(each).netloc)


def faults_of_style(path: Path) -> Iterator[Fault]:
    for link in LOADED_BY_STYLE.findall(path.read_text(encoding="utf-8")):
        yield Fault(path, link, "loaded from elsewhere")


def main(site: Path | None) -> int:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
    styles: list[Path] = []
    if site is not None:
        pages += sorted(site.rglob("*.html"))
        styles = sorted(site.rglob("*.css"))
    faults = [fault for page in pages for fault in faults_of(page)]
    faults += [fault for style in styles for fault in faults_of_style(style)]
    for fault in faults:
        print(f"{fault.page.relative_to(ROOT)}: {fault.link}: {fault.why}", file=sys.stderr)
    print(f"check-links: {len(pages)} pages, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else None))
