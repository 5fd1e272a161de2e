"""pictures.py: takes the pictures of the README anew, from a demo school of its own, into docs/pictures.

It needs what the browser tests need (`make environment`, and Chromium), and takes about two minutes. Pictures are 1,000
pixels wide or a phone's width, one pixel a pixel, and packed as WebP by the browser that took them.
"""

import base64
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
INTO = ROOT / "docs" / "pictures"
PASSWORD = "lights-up-demo"  # noqa: S105 - the demo prints it
LARGEST = 80_000
SECONDS_TO_START = 300
# A PNG in, a WebP out: the browser is the only tool here that can write one.
PACK = """async (png) => {
    const picture = await createImageBitmap(await (await fetch(png)).blob());
    const canvas = Object.assign(document.createElement("canvas"), {width: picture.width, height: picture.height});
    canvas.getContext("2d").drawImage(picture, 0, 0);
    return canvas.toDataURL("image/webp", 0.85);
}"""


def lesson(page: Page) -> None:
    """A place where the sources differ, laid side by side."""
    page.get_by_role("link", name="Naming the children", exact=True).first.click()
    page.get_by_text("Steps: ", exact=False).first.click()
    page.get_by_role("link", name="Four numbers side by side").first.click()
    page.get_by_role("heading", name="Four numbers side by side").first.scroll_into_view_if_needed()
    page.evaluate("document.querySelector('main table').scrollIntoView({block: 'center'})")


def quiz(page: Page) -> None:
    """A quiz under way, its first answer saved."""
    page.get_by_role("link", name="Check: 81 days", exact=True).first.click()
    page.get_by_role("button", name="Start the quiz").click()
    page.locator("main input[type=radio]").first.check()
    page.get_by_text("Saved", exact=False).first.wait_for()
    page.locator("fieldset", has=page.locator("input:checked")).evaluate(
        "each => each.scrollIntoView({block: 'center'})"
    )


def thread(page: Page) -> None:
    """A discussion under pseudonyms."""
    page.get_by_role("link", name="Dare to speak up", exact=True).first.click()
    page.get_by_role("heading", name="10 posts").evaluate("each => each.scrollIntoView({block: 'start'})")


def moderation(page: Page) -> None:
    """Posts that wait for a teacher."""
    page.get_by_role("link", name="Posts to approve", exact=True).first.click()


def tracking(page: Page) -> None:
    """Where a class is."""
    page.get_by_role("link", name="Tracking", exact=True).first.click()
    page.get_by_role("heading", name="Everybody").evaluate("each => each.scrollIntoView({block: 'start'})")


# Who opens it, how wide and high, light or dark.
Shot = tuple[str, int, int, str, Callable[[Page], None]]
PICTURES: dict[str, Shot] = {
    "lesson": ("student", 1000, 640, "light", lesson),
    "quiz": ("student", 1000, 640, "light", quiz),
    "discussion": ("student", 390, 720, "dark", thread),
    "moderation": ("teacher", 1000, 640, "light", moderation),
    "tracking": ("teacher", 1000, 640, "light", tracking),
}


def take(browser: Browser, address: str, name: str) -> None:
    who, width, height, scheme, go = PICTURES[name]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        locale="en-GB",
    )
    page = context.new_page()
    page.goto(f"{address}/accounts/login/")
    page.locator("[name=login]").fill(who)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    go(page)
    page.wait_for_load_state("networkidle")
    png = base64.b64encode(page.screenshot(scale="css")).decode()
    packer = context.new_page()
    packed = packer.evaluate(PACK, f"data:image/png;base64,{png}")
    data = base64.b64decode(packed.partition(",")[2])
    if len(data) > LARGEST:
        sys.exit(f"pictures: {name} takes {len(data)} bytes, more than {LARGEST}.")
    (INTO / f"{name}.webp").write_bytes(data)
    print(f"pictures: {name}.webp, {width} x {height}, {len(data) // 1000} kB")
    context.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if server.poll() is not None:
            sys.exit("pictures: the demo ended by itself.")
        try:
            urllib.request.urlopen(f"{address}/", timeout=5).read()  # noqa: S310 - our own address
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(1)
        else:
            return
    sys.exit("pictures: the demo gave no page in time.")


def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("pictures: Chromium is needed.")
    wanted = sys.argv[1:] or list(PICTURES)
    if unknown := set(wanted) - set(PICTURES):
        sys.exit(f"pictures: there is no picture {', '.join(sorted(unknown))}.")
    INTO.mkdir(exist_ok=True)
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, "LIGHTS_UP_DATA": data}
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        command = [sys.executable, "manage.py", "demo", f"127.0.0.1:{port}"]
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        try:
            wait_for(address, server)
            with sync_playwright() as playwright:
                arguments = ["--no-sandbox", "--disable-gpu"]
                browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
                for name in wanted:
                    take(browser, address, name)
                browser.close()
        finally:
            server.terminate()
            server.wait(timeout=30)


if __name__ == "__main__":
    main()
