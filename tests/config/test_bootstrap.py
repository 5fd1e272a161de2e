"""The set-up on a bare Python: what it decides, and what it says when it cannot go on."""

import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from config import bootstrap

PROJECT = Path(bootstrap.__file__).resolve().parents[1]


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with three small locks and an environment that looks made."""
    (tmp_path / "requirements").mkdir()
    for number, name in enumerate(bootstrap.LOCKS):
        (tmp_path / "requirements" / f"{name}.lock").write_text(f"django==5.2.{number} \\\n    --hash=sha256:00\n")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    bootstrap.venv_python().parent.mkdir(parents=True)
    bootstrap.venv_python().touch()
    return tmp_path


def bare_copy(target: Path) -> Path:
    """The few files that the set-up itself is made of."""
    (target / "config").mkdir()
    shutil.copy(PROJECT / "manage.py", target)
    for name in ("__init__.py", "bootstrap.py", "cli.py"):
        shutil.copy(PROJECT / "config" / name, target / "config")
    shutil.copytree(PROJECT / "requirements", target / "requirements")
    return target


def run_bare(checkout: Path, *arguments: str, first: str = "") -> subprocess.CompletedProcess[str]:
    """manage.py by a Python without site-packages (-S), after the statements in ``first``."""
    program = f"import runpy, sys\n{first}\nsys.argv = {['manage.py', *arguments]!r}\nsys.path.insert(0, '.')\n"
    program += "runpy.run_path('manage.py', run_name='__main__')\n"
    path_without_uv = os.pathsep.join(
        folder for folder in os.environ["PATH"].split(os.pathsep) if not (Path(folder) / "uv").exists()
    )
    return subprocess.run(
        [sys.executable, "-S", "-c", program],
        cwd=checkout,
        env={"PATH": path_without_uv},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("held", "wanted", "enough"),
    [
        ("run", "run", True),
        ("test", "run", True),
        ("check", "run", True),
        ("check", "test", True),
        ("run", "test", False),
        ("test", "check", False),
    ],
)
def test_a_larger_lock_serves_for_a_smaller_one(checkout: Path, held: str, wanted: str, enough: bool) -> None:
    bootstrap.stamp_file().write_text(bootstrap.stamp_of(held))

    assert bootstrap.stamped(wanted) is enough


def test_a_changed_lock_is_installed_again_with_the_tools_that_were_there(checkout: Path) -> None:
    bootstrap.stamp_file().write_text(bootstrap.stamp_of("check"))
    bootstrap.lock_file("check").write_text("django==5.2.9\n")

    assert not bootstrap.stamped("run")
    assert bootstrap.lock_to_install("run") == "check"


def test_without_a_stamp_an_environment_counts_for_nothing(checkout: Path) -> None:
    assert not bootstrap.stamped("run")
    assert bootstrap.lock_to_install("run") == "run"


def test_an_environment_whose_python_is_gone_counts_for_nothing(checkout: Path) -> None:
    bootstrap.stamp_file().write_text(bootstrap.stamp_of("run"))
    bootstrap.venv_python().unlink()

    assert not bootstrap.stamped("run")


def test_an_environment_of_ones_own_is_left_alone_when_it_has_what_is_needed(checkout: Path) -> None:
    assert bootstrap.has_packages("run")  # the pin's last number may differ
    bootstrap.ensure_environment(["manage.py", "check"])

    bootstrap.lock_file("run").write_text("django==4.2.1\n")
    assert not bootstrap.has_packages("run")

    bootstrap.lock_file("run").write_text("no-such-package==1.0\n")
    assert not bootstrap.has_packages("run")

    bootstrap.lock_file("run").write_text("no-such-package==1.0 ; sys_platform == 'win32' \\\n    --hash=sha256:00\n")
    assert bootstrap.has_packages("run")


def test_two_runs_at_once_take_turns(tmp_path: Path) -> None:
    lock = tmp_path / "var" / "bootstrap.lock"
    events: list[str] = []

    def second() -> None:
        with bootstrap.one_at_a_time(lock):
            events.append("second")

    with bootstrap.one_at_a_time(lock):
        other = threading.Thread(target=second)
        other.start()
        time.sleep(0.3)
        events.append("first")
    other.join()

    assert events == ["first", "second"]


@pytest.mark.parametrize(
    ("output", "words"),
    [
        (
            "Temporary failure in name resolution\nERROR: No matching distribution",
            "connect this machine to the network",
        ),
        ("error sending request for url", "connect this machine to the network"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "nothing was installed"),
        ("one\ntwo\nthree\nfour", "two / three / four"),
    ],
)
def test_what_an_installer_said_becomes_a_sentence(output: str, words: str) -> None:
    assert words in bootstrap.explain(output)


def test_an_old_python_is_told_what_to_do(tmp_path: Path) -> None:
    done = run_bare(bare_copy(tmp_path), "demo", first="sys.version_info = (3, 9, 2, 'final', 0)")

    assert done.returncode == 1
    assert done.stderr == (
        "Lights Up needs Python 3.11 or later, and this is Python 3.9. "
        "Run the same command with a newer one, for instance: python3.11 manage.py demo\n"
    )


def test_a_python_without_ensurepip_is_told_what_to_install(tmp_path: Path) -> None:
    # What Debian does when python3-venv is missing: the module is not there.
    hide = (
        "import importlib.util as u; find = u.find_spec\nu.find_spec = lambda n: None if n == 'ensurepip' else find(n)"
    )
    done = run_bare(bare_copy(tmp_path), "demo", first=hide)

    assert done.returncode == 1
    assert "sudo apt install python3-venv" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_lock_is_named(tmp_path: Path) -> None:
    checkout = bare_copy(tmp_path)
    (checkout / "requirements" / "test.lock").unlink()
    done = run_bare(checkout, "test")

    assert done.returncode == 1
    assert "requirements/test.lock is missing" in done.stderr


@pytest.mark.slow
def test_without_a_network_one_sentence_says_so(tmp_path: Path) -> None:
    nowhere = (
        "import os; os.environ.update(PIP_CONFIG_FILE=os.devnull, PIP_INDEX_URL='http://127.0.0.1:9/simple', "
        "PIP_NO_CACHE_DIR='1')"
    )
    done = run_bare(bare_copy(tmp_path), "demo", first=nowhere)

    assert done.returncode == 1
    assert done.stderr.endswith("connect this machine to the network and run the command again.\n")
    assert not (tmp_path / ".venv" / "lights-up-lock.txt").exists()
