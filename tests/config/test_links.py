"""The check of the guides' links finds what it is there to find."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from django.conf import settings


@pytest.fixture(scope="module")
def check_links() -> ModuleType:
    pytest.importorskip("mdit_py_plugins", reason="the tools of `make check` are not installed")
    path = settings.BASE_DIR / "scripts" / "check_links.py"
    spec = importlib.util.spec_from_file_location("check_links", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def whys(check_links: ModuleType, page: Path) -> list[tuple[str, str]]:
    return [(fault.link, fault.why) for fault in check_links.faults_of(page)]


def test_a_link_to_a_file_or_a_heading_that_is_not_there_is_a_fault(check_links, tmp_path):
    (tmp_path / "other.md").write_text("# Other\n\n## Who may come in?\n")
    page = tmp_path / "page.md"
    page.write_text(
        "# Page\n\n[here](#page) [there](other.md#who-may-come-in) [file](other.md) [away](https://example.org/x)\n\n"
        "[gone](gone.md) [no heading](other.md#nobody) [nor here](#nobody) ![picture](gone.png)\n"
    )
    assert whys(check_links, page) == [
        ("gone.md", "no such file"),
        ("other.md#nobody", "no such heading"),
        ("#nobody", "no such heading"),
        ("gone.png", "no such file"),
    ]


def test_a_page_that_loads_from_elsewhere_is_a_fault_and_one_that_links_there_is_not(check_links, tmp_path):
    page = tmp_path / "page.html"
    page.write_text(
        '<a href="https://example.org/">away</a><link rel="next" href="https://example.org/next">'
        '<script src="https://example.org/a.js"></script><img src="//example.org/b.png">'
        '<link rel="stylesheet" href="https://example.org/c.css">'
    )
    assert [link for link, why in whys(check_links, page) if why == "loaded from elsewhere"] == [
        "https://example.org/a.js",
        "//example.org/b.png",
        "https://example.org/c.css",
    ]


@pytest.mark.parametrize(
    "style",
    [
        "@import 'https://example.org/a.css';",
        "@font-face{src:url(//example.org/a.woff2)}",
        '@import url("https://example.org/a.css")',
    ],
)
def test_a_style_that_loads_from_elsewhere_is_a_fault(check_links, tmp_path, style):
    path = tmp_path / "own.css"
    path.write_text(
        "a { background: url('data:image/svg+xml;charset=utf-8,<svg xmlns=\"http://www.w3.org/2000/svg\"/>') }"
    )
    assert list(check_links.faults_of_style(path)) == []
    path.write_text(style)
    assert [fault.why for fault in check_links.faults_of_style(path)] == ["loaded from elsewhere"]
