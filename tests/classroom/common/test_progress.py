"""Progress in the terminal: counts where a work is long, and not a word where it is short or nobody wants to know."""

import io

import pytest

from classroom.common.progress import Meter, nobody


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def told(stream: io.StringIO, *, seconds: float, of: int = 4, verbosity: int = 1) -> str:
    """What is told of a work of so many parts, each of which takes so many seconds."""
    clock = Clock()
    meter = Meter(stream, "counted again", verbosity=verbosity, clock=clock)
    for done in range(1, of + 1):
        clock.now += seconds
        meter(done, of)
    return stream.getvalue()


def test_in_a_log_a_line_is_written_now_and_then_and_at_the_end() -> None:
    assert told(io.StringIO(), seconds=6) == "counted again: 2 of 4\ncounted again: 4 of 4\n"


def test_on_a_terminal_one_line_is_written_over_and_over() -> None:
    lines = [f"\rcounted again: {done} of 4\x1b[K" for done in (1, 2, 3, 4)]
    assert told(Terminal(), seconds=1) == "".join(lines) + "\n"


@pytest.mark.parametrize("stream", [io.StringIO, Terminal])
def test_of_a_short_work_and_to_who_wants_quiet_nothing_is_told(stream: type[io.StringIO]) -> None:
    assert told(stream(), seconds=0.1) == ""
    assert told(stream(), seconds=60, verbosity=0) == ""
    nobody(1, 2)
