"""Hands the command line to Django or to pytest, with the settings that the command calls for."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SETTINGS_OF = {"demo": "config.settings.demo", "test": "config.settings.testing"}


def settings_for(argv: Sequence[str], *, default: str) -> str:
    """The settings module for a command, unless DJANGO_SETTINGS_MODULE names another."""
    command = argv[1] if len(argv) > 1 else ""
    return os.environ.get("DJANGO_SETTINGS_MODULE") or SETTINGS_OF.get(command, default)


def for_pytest(arguments: Sequence[str]) -> list[str]:
    """What pytest is given: what was asked for or, when nothing was, all the tests on every core.

    A few tests are sooner done by one process: each has to prepare a database of its own. More than eight could want
    more connections than a server of PostgreSQL gives, and need memory for as many browsers.
    """
    return list(arguments) or ["-n", "auto", "--maxprocesses", "8"]


def run(argv: Sequence[str], *, default: str) -> int:
    """Run one command and return its exit code."""
    os.environ["DJANGO_SETTINGS_MODULE"] = settings_for(argv, default=default)
    # Imported here: on a bare Python neither exists until the bootstrap has run.
    if argv[1:2] == ["test"]:
        import pytest

        os.chdir(ROOT)  # so that pytest finds its configuration and the tests from anywhere
        return int(pytest.main(for_pytest(argv[2:])))
    from django.core.management import execute_from_command_line

    execute_from_command_line(list(argv))
    return 0


def main() -> int:
    """The console script `lights-up` of an installed wheel."""
    return run(sys.argv, default="config.settings.production")


if __name__ == "__main__":
    sys.exit(main())
