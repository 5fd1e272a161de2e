"""Real Chromium against a real server, with axe on every page that a journey comes by."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, FilePayload, Locator, Page, sync_playwright

from classroom.people.models import User

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# What axe is asked for: WCAG 2.2 AA and its own good practice; and to list what fails alone, which takes a third of the
# time that it takes with a list of all that is well.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/journeys/" in str(item.path):
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine: browser tests are skipped"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright's loop runs in this thread; Django would take its own synchronous calls for a mistake.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


class Visitor:
    """Somebody with a browser of their own. Whatever page they look at has to please axe and the console."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context, self.address = context, address
        self.page: Page = context.new_page()
        self.faults: list[str] = []
        # What the console may tell of without being at fault: a request without a network, say.
        self.overlooked: set[str] = {"Service Worker registration blocked"}
        self.clicks = 0
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", self._on_request)

    def _on_console(self, message: object) -> None:
        text = getattr(message, "text", "")
        if getattr(message, "type", "") in {"error", "warning"} and not any(each in text for each in self.overlooked):
            self.faults.append(text)

    def _on_request(self, request: object) -> None:
        url = getattr(request, "url", "")
        if not url.startswith((self.address, "data:")):
            self.faults.append(f"asked another server: {url}")

    def sign_in_as(self, user: User) -> "Visitor":
        """Somebody who signed in earlier: with a session that is there already."""
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self.address}])
        return self

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)
        self.look()

    def open(self, control: Locator) -> None:
        """Press what leads to another page, and look at that."""
        # A click while the page before still settles can be lost.
        self.page.wait_for_load_state("networkidle")
        self.clicks += 1
        with self.page.expect_navigation():
            control.click()
        self.look()

    def press(self, name: str, role: str = "button", *, exact: bool = False) -> None:
        self.open(self.page.get_by_role(role, name=name, exact=exact).first)  # type: ignore[arg-type]

    def is_refused(self, name: str, status: int) -> None:
        """Press a button whose answer has this status. The console tells of that, and of nothing else."""
        self.clicks += 1
        with self.page.expect_navigation() as answered:
            self.page.get_by_role("button", name=name, exact=True).click()
        assert answered.value is not None
        assert answered.value.status == status
        self.faults = [each for each in self.faults if f"status of {status}" not in each]
        self.look()

    def follow(self, name: str, *, exact: bool = False) -> None:
        self.press(name, "link", exact=exact)

    def fill(self, label: str, value: str) -> None:
        self.page.get_by_label(label, exact=False).first.fill(value)

    def choose_file(self, label: str, name: str, content: str) -> None:
        """The button that opens the chooser of files is a click like any other."""
        self.clicks += 1
        file: FilePayload = {"name": name, "mimeType": "text/csv", "buffer": content.encode()}
        self.page.get_by_label(label, exact=False).first.set_input_files(file)

    def download(self, name: str) -> bytes:
        """What a link of this name downloads."""
        self.clicks += 1
        with self.page.expect_download() as started:
            self.page.get_by_role("link", name=name, exact=True).first.click()
        return Path(started.value.path()).read_bytes()

    def sees(self, text: str) -> bool:
        return text in self.page.inner_text("main")

    def look(self) -> None:
        """What axe finds on this page, and whether it overflows its width."""
        assert self.faults_here() == []

    def faults_here(self, *, rules_too: bool = True) -> list[str]:
        """What is wrong with the page as it stands: by axe, by its width, and by what it has told the console since."""
        url = self.page.url.removeprefix(self.address)
        found = self._broken_rules() if rules_too else []
        told = [f"axe on {url}: {each['id']}: {[node['html'][:160] for node in each['nodes'][:3]]}" for each in found]
        width = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if width > 0:
            told.append(f"{url} is {width} px wider than the window")
        told += [f"{url}: {fault}" for fault in self.faults]
        self.faults = []
        return told

    def _broken_rules(self) -> list[dict[str, Any]]:
        """What axe finds; it is put into a page once, however often it looks at it."""
        if not self.page.evaluate("typeof window.axe?.run === 'function'"):
            self.page.evaluate(AXE_SCRIPT)
        found: list[dict[str, Any]] = self.page.evaluate("async (rules) => (await axe.run(rules)).violations", RULES)
        return found


@pytest.fixture
def visitor(browser: Browser, live_server: object) -> Iterator[Callable[..., Visitor]]:
    """``visitor(width=360)`` is a new person with a browser of that width; ``color_scheme="dark"`` likes it dark."""
    contexts: list[BrowserContext] = []

    def make(width: int = 1280, **options: object) -> Visitor:
        # What a test puts between the page and the server, a worker in the browser would pass by.
        options.setdefault("service_workers", "block")
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)  # type: ignore[arg-type]
        context.set_default_timeout(30_000)
        contexts.append(context)
        return Visitor(context, str(live_server))

    yield make
    for context in contexts:
        context.close()
