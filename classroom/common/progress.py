"""How far a long work has come, in the terminal: counts, and silence where a work is short or nobody wants to know."""

import time
from collections.abc import Callable
from typing import Protocol

# On a terminal one line is written over again and again; into a file or a log a new one now and then.
SECONDS_BETWEEN = {True: 0.5, False: 10.0}


class Tell(Protocol):
    """Hears how much of how much is done."""

    def __call__(self, done: int, total: int) -> None: ...


class Stream(Protocol):
    def write(self, text: str, /) -> object: ...

    def flush(self) -> None: ...

    def isatty(self) -> bool: ...


def nobody(done: int, total: int) -> None:
    """Where nobody listens."""


class Meter:
    """Tells of one work on a stream: ``label: 120 of 2000``. Nothing with ``verbosity`` 0, as ``--verbosity`` gives it,
    and nothing of a work that is done before the first line would be due.
    """

    def __init__(
        self, stream: Stream, label: str, *, verbosity: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._stream, self._label, self._clock = stream, label, clock
        self._is_quiet = verbosity < 1
        self._on_terminal = stream.isatty()
        self._told_at = clock()
        self._has_told = False

    def __call__(self, done: int, total: int) -> None:
        if self._is_quiet:
            return
        is_over = done >= total and self._has_told
        if is_over or self._clock() - self._told_at >= SECONDS_BETWEEN[self._on_terminal]:
            self._tell(f"{self._label}: {done} of {total}", is_over=is_over)

    def _tell(self, line: str, *, is_over: bool) -> None:
        self._told_at, self._has_told = self._clock(), True
        if not self._on_terminal:
            self._stream.write(f"{line}\n")
        else:
            # Back to the line's start, and away with what a longer one has left.
            self._stream.write(f"\r{line}\x1b[K" + ("\n" if is_over else ""))
        self._stream.flush()
