"""Serving: addresses, refusals, and the real thing started, hurt and stopped."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from classroom.operations import serving
from tests.factories import make_user


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("127.0.0.1:8080", ("127.0.0.1", 8080)),
        ("8080", ("127.0.0.1", 8080)),
        (":8080", ("127.0.0.1", 8080)),
        ("0.0.0.0", ("0.0.0.0", 8000)),  # noqa: S104 - only parsed
        ("localhost:9000", ("127.0.0.1", 9000)),
        ("[::1]:8080", ("::1", 8080)),
        ("[::1]", ("::1", 8000)),
    ],
)
def test_addresses_that_are_understood(text: str, parsed: tuple[str, int]) -> None:
    assert serving.parse_address(text) == parsed


@pytest.mark.parametrize("text", ["school.example:80", "127.0.0.1:http", "127.0.0.1:70000", "127.0.0.1:0", "1.2.3"])
def test_addresses_that_are_not(text: str) -> None:
    with pytest.raises(serving.ServingError):
        serving.parse_address(text)


@pytest.mark.parametrize("address", ["0.0.0.0", "192.168.1.5", "::"])  # noqa: S104 - refused
def test_the_demo_is_served_to_this_machine_alone(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setattr(settings, "DEMO", True)
    with pytest.raises(serving.ServingError, match="this machine alone"):
        serving.serve(address, 8000)


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_the_demo_may_be_served_on_loopback(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setattr(settings, "DEMO", True)
    serving.refuse_strangers(address)


def test_a_taken_port_is_told_before_anything_starts() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(serving.ServingError, match=f"cannot be used.*:{port + 1}"):
            serving.serve("127.0.0.1", port)


@pytest.mark.parametrize(("version", "warns"), [((3, 40, 1), True), ((3, 51, 2), True), ((3, 51, 3), False)])
def test_an_sqlite_with_the_wal_fault_is_warned_of(  # trust 46
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, version: tuple[int, int, int], warns: bool
) -> None:
    monkeypatch.setattr(serving.connection, "vendor", "sqlite", raising=False)
    monkeypatch.setattr(serving.sqlite3, "sqlite_version_info", version)
    serving.warn_of_old_sqlite()

    assert ("Make backups often" in caplog.text) is warns


class Site:
    """The `serve` command as a process of its own, on a database file of its own."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "serve.log"
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.testing",
            "DATABASE_URL": f"sqlite:///{folder}/site.sqlite3",
            "LIGHTS_UP_WORKERS": "1",
            "PYTHONUNBUFFERED": "1",
        }
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]

    def manage(self, *arguments: str) -> list[str]:
        return [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments]

    def start(self) -> None:
        subprocess.run(self.manage("migrate", "--verbosity", "0"), env=self.environment, check=True)
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                self.manage("serve", f"127.0.0.1:{self.port}"),
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        wait_for(lambda: "Serving on" in self.log.read_text(), "the site starts")

    def health(self) -> int:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code

    def processes(self) -> dict[int, str]:
        """All that the command started, by id."""
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                environment = (folder / "environ").read_bytes()
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
            if self.environment["DATABASE_URL"].encode() in environment and command:
                found[int(folder.name)] = command
        return found

    def worker(self) -> int:
        workers = [number for number, command in self.processes().items() if "django worker" in command]
        return workers[0] if workers else 0


def wait_for(condition, what: str, seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"{what}: not within {seconds} s"
        time.sleep(0.1)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path)
    site.start()
    yield site
    for number in site.processes():
        os.kill(number, signal.SIGKILL)
    site.process.wait()


needs_proc = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc")


@needs_proc
@pytest.mark.slow
def test_a_killed_worker_is_back_within_ten_seconds(site: Site) -> None:  # trust 43
    wait_for(lambda: site.health() == 200, "the worker beats")
    first = site.worker()
    os.kill(first, signal.SIGKILL)

    wait_for(lambda: site.worker() not in {0, first}, "a new worker", seconds=10)
    assert site.health() == 200


@needs_proc
@pytest.mark.slow
def test_a_signal_stops_everything_in_good_order(site: Site) -> None:
    wait_for(lambda: site.worker() != 0, "the worker starts")
    site.process.send_signal(signal.SIGTERM)

    assert site.process.wait(timeout=25) == 0
    assert site.processes() == {}


@needs_proc
@pytest.mark.slow
def test_when_the_server_dies_the_command_says_so_and_ends(site: Site) -> None:
    (server,) = [
        number
        for number, command in site.processes().items()
        if "granian" in command
        and int((Path("/proc") / str(number) / "stat").read_text().split()[3]) == site.process.pid
    ]
    os.kill(server, signal.SIGKILL)

    assert site.process.wait(timeout=25) == 1
    assert "The server ended by itself" in site.log.read_text()
    assert site.processes() == {}


@needs_proc
@pytest.mark.slow
def test_even_a_killed_command_leaves_nothing_running(site: Site) -> None:
    wait_for(lambda: site.worker() != 0, "the worker starts")
    site.process.kill()

    wait_for(lambda: site.processes() == {}, "the rest ends")


@pytest.mark.django_db
def test_a_database_with_demo_sign_ins_is_served_by_the_demo_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    make_user("Demo", is_demo=True)
    assert any("demo's sign-ins" in problem for problem in serving.problems())
    monkeypatch.setattr(settings, "DEMO", True)
    assert not any("demo's sign-ins" in problem for problem in serving.problems())
