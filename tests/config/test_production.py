"""Production settings refuse to start on what is dangerous, and say why."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KEY = "k3y-of-fifty-characters-and-more-" + "abcdefghijklmnopqrstuvwxyz"


def start(tmp_path: Path, command: str = "check", **environment: str) -> subprocess.CompletedProcess[str]:
    # The browser tests of the same run allow Django's calls inside Playwright's loop, which production refuses.
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("LIGHTS_UP", "DATABASE", "DJANGO"))
    }
    return subprocess.run(
        [sys.executable, "manage.py", *command.split()],
        cwd=ROOT,
        env={
            **clean,
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "LIGHTS_UP_DATA": str(tmp_path),
            "LIGHTS_UP_SECRET_KEY": KEY,
            "LIGHTS_UP_HOSTS": "lights-up.example",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"LIGHTS_UP_SECRET_KEY": ""}, "LIGHTS_UP_SECRET_KEY is not set"),
        ({"LIGHTS_UP_SECRET_KEY": "short"}, "too weak"),
        ({"LIGHTS_UP_SECRET_KEY": "a" * 60}, "too weak"),
        ({"LIGHTS_UP_HOSTS": " "}, "LIGHTS_UP_HOSTS is not set"),
        ({"DEBUG": "1"}, "DEBUG is on"),
        ({"LIGHTS_UP_DEMO": "yes"}, "LIGHTS_UP_DEMO is on"),
        ({"LIGHTS_UP_TIME_ZONE": "Europe/Atlantis"}, "which is no time zone"),
    ],
)
def test_production_refuses_and_names_the_setting(tmp_path: Path, environment: dict[str, str], message: str) -> None:
    run = start(tmp_path, **environment)
    assert run.returncode != 0
    assert message in run.stderr


def test_production_is_clean_for_djangos_deployment_check(tmp_path: Path) -> None:
    run = start(tmp_path, "check --deploy --fail-level WARNING")
    assert run.returncode == 0, run.stderr
