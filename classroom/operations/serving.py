"""The web server and the task worker as one command that starts, watches and stops both."""

import contextlib
import http.client
import ipaddress
import logging
import os
import signal
import socket
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from types import FrameType

from django.conf import settings
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from classroom.operations.children import Child
from classroom.people.models import User

logger = logging.getLogger(__name__)

DEFAULT_ADDRESS = "127.0.0.1"
DEFAULT_PORT = 8000
# A page waits for the database more than it computes; more threads than this only queue for the interpreter.
MOST_THREADS = 8
# Counts open connections, and browsers keep several open without using them.
CONNECTIONS_PER_PROCESS = 1024
SECONDS_TO_START = 60
LONGEST_WAIT = 8.0
SQLITE_FIXED = (3, 51, 3)


class ServingError(Exception):
    """The site cannot be served; the message says what to do."""


def parse_address(text: str) -> tuple[str, int]:
    """``ADDRESS:PORT``, ``ADDRESS`` or ``PORT``; IPv6 in brackets. What is left out is 127.0.0.1 and 8000."""
    host, colon, port = text.rpartition(":")
    if not colon or text.endswith("]"):
        host, port = ("", text) if text.isdigit() else (text, "")
    host = host.strip("[]") or DEFAULT_ADDRESS
    if host == "localhost":
        host = DEFAULT_ADDRESS
    try:
        ipaddress.ip_address(host)
        number = int(port or DEFAULT_PORT)
    except ValueError:
        raise ServingError(f"{text} is not an address: give ADDRESS:PORT, for instance 127.0.0.1:8000.") from None
    if not 0 < number < 65536:
        raise ServingError(f"{number} is not a port: it takes a number from 1 to 65535.")
    return host, number


def refuse_strangers(address: str) -> None:
    """In demo mode the sign-ins are printed, so nobody but this machine may reach them."""
    if settings.DEMO and not ipaddress.ip_address(address).is_loopback:
        raise ServingError(
            f"The demo serves this machine alone, and {address} can be reached from others: its sign-ins are known to "
            "all. Use 127.0.0.1, or set the site up for production (docs/admins.md)."
        )


def problems() -> list[str]:
    """What would make every page fail, each with the command that mends it."""
    found = []
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        found.append("The database lacks the latest tables: run `migrate` first.")
    elif not settings.DEMO and User.objects.filter(is_demo=True).exists():
        found.append(
            "The database holds the demo's sign-ins, whose passwords are printed for all to see: use another database, "
            "or delete those people first."
        )
    storage = staticfiles_storage
    if isinstance(storage, ManifestFilesMixin) and storage.read_manifest() is None:
        found.append("The static files have not been gathered: run `collectstatic --noinput` first.")
    return found


def warn_of_old_sqlite() -> None:
    """SQLite 3.7.0 to 3.51.2 can, very rarely, damage a database in WAL mode; there is no way but to say so."""
    if connection.vendor == "sqlite" and sqlite3.sqlite_version_info < SQLITE_FIXED:
        logger.warning(
            "SQLite %s has a rare fault that can damage the database when it is busy (fixed in %s, or in your system's "
            "update of %s). Make backups often, or use PostgreSQL.",
            sqlite3.sqlite_version,
            ".".join(map(str, SQLITE_FIXED)),
            sqlite3.sqlite_version,
        )


def serve(address: str, port: int, *, on_ready: Callable[[], None] | None = None) -> int:
    """Run the server and the worker until a signal stops them; 0 if one did, 1 if the server ended by itself.

    ``on_ready`` is called once, in this thread, when the first page can be fetched. A worker that dies is started
    again, after a wait that doubles up to eight seconds. Raises ServingError if the address cannot be used.
    """
    refuse_strangers(address)
    refuse_taken(address, port)
    warn_of_old_sqlite()
    server = Child("server", server_command(address, port))
    worker = Child("worker", [sys.executable, "-m", "django", "worker"])
    with _stop_signals() as stopped:
        try:
            server.start()
            worker.start()
            return _watch(server, worker, stopped, address, port, on_ready)
        finally:
            for child in (server, worker):
                child.ask_to_stop()
            for child in (server, worker):
                child.wait_or_kill()


def server_command(address: str, port: int) -> list[str]:
    options = {
        "interface": "wsgi",
        "host": address,
        "port": port,
        "workers": int(os.environ.get("LIGHTS_UP_WORKERS") or available_cores()),
        "blocking-threads": min(MOST_THREADS, 2 * available_cores() + 1),
        "blocking-threads-idle-timeout": 600,  # a thread keeps its database connection
        "backpressure": CONNECTIONS_PER_PROCESS,
        "backlog": 2048,
        "workers-kill-timeout": 10,
        "respawn-interval": 1,
        "log-level": "warning",
    }
    arguments = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    return [sys.executable, "-m", "granian", *arguments, "--respawn-failed-workers", "config.wsgi:application"]


def available_cores() -> int:
    # What this process may use, which in a container can be fewer than the machine has.
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def refuse_taken(address: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise ServingError(
                f"{address}:{port} cannot be used ({error.strerror}); choose another, such as {address}:{port + 1}."
            ) from error


def _watch(
    server: Child, worker: Child, stopped: list[int], address: str, port: int, on_ready: Callable[[], None] | None
) -> int:
    deadline = time.monotonic() + SECONDS_TO_START
    ready = False
    while not stopped:
        if server.has_ended():
            logger.error("The server ended by itself with exit code %s", server.exit_code())
            return 1
        worker.restart_if_ended(longest_wait=LONGEST_WAIT)
        if not ready and _answers(address, port):
            ready = True
            if on_ready is not None:
                on_ready()
        if not ready and time.monotonic() > deadline:
            logger.error("The server gave no page within %d seconds", SECONDS_TO_START)
            return 1
        time.sleep(0.2)
    logger.info("Stopping (%s)", signal.Signals(stopped[0]).name)
    return 0


def _answers(address: str, port: int) -> bool:
    """Whether any page comes, whatever it says; under the site's own name, so that no refusal lands in the log."""
    named = [host for host in settings.ALLOWED_HOSTS if "*" not in host and not host.startswith(".")]
    client = http.client.HTTPConnection(address, port, timeout=1)
    try:
        client.request("GET", "/", headers={"Host": named[0] if named else address})
        client.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        client.close()
    return True


@contextlib.contextmanager
def _stop_signals() -> Iterator[list[int]]:
    """Collect the signals that mean stop, instead of dying of them."""
    received: list[int] = []

    def remember(number: int, frame: FrameType | None) -> None:
        received.append(number)

    before = {number: signal.signal(number, remember) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield received
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
