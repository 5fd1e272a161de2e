"""A process that another one starts, watches and stops."""

import contextlib
import ctypes
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence

from django.conf import settings

logger = logging.getLogger(__name__)

SECONDS_TO_STOP = 20
# A child that ran this long before it ended was in good health: its next wait is short again.
SECONDS_OF_HEALTH = 60
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux's prctl
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None  # loaded before any fork


class Child:
    """One command, run in a session of its own so that Ctrl-C reaches it once, through us."""

    def __init__(self, name: str, command: Sequence[str]) -> None:
        self.name = name
        self.command = list(command)
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._wait = 1.0
        self._start_again: float | None = None

    def start(self) -> None:
        paths = [str(settings.BASE_DIR), os.environ.get("PYTHONPATH", "")]
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE,
            "PYTHONPATH": os.pathsep.join(path for path in paths if path),
        }
        self._start_again = None
        self._started = time.monotonic()
        self._process = subprocess.Popen(  # noqa: S603 - our own commands
            self.command,
            env=environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )

    def has_ended(self) -> bool:
        return self._process is None or self._process.poll() is not None

    def exit_code(self) -> int | None:
        return None if self._process is None else self._process.returncode

    def restart_if_ended(self, *, longest_wait: float) -> None:
        """Start it again when it has ended: after a second, then two, four, and so on up to the longest wait."""
        if not self.has_ended():
            return
        if self._start_again is None:
            if time.monotonic() - self._started > SECONDS_OF_HEALTH:
                self._wait = 1.0
            logger.error(
                "The %s ended with exit code %s; it starts again in %d s", self.name, self.exit_code(), self._wait
            )
            self._start_again = time.monotonic() + self._wait
            self._wait = min(self._wait * 2, longest_wait)
        elif time.monotonic() >= self._start_again:
            self.start()

    def ask_to_stop(self) -> None:
        if self._process is not None and not self.has_ended():
            self._process.terminate()

    def wait_or_kill(self) -> None:
        """Wait for it to finish what it was doing, up to a limit; then end it and what it started."""
        if self._process is None:
            return
        try:
            self._process.wait(timeout=SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            logger.warning("The %s did not stop within %d s and is ended", self.name, SECONDS_TO_STOP)
        # Its session may still hold processes that it started and did not end.
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        else:
            self._process.kill()
        self._process.wait()


def _die_with_parent() -> None:
    """Even if we are killed without warning, nobody is left holding the port."""
    if _libc is not None:
        _libc.prctl(DIE_WITH_PARENT, signal.SIGTERM)
