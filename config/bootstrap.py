"""Makes `.venv` on a bare Python, installs the hashed lock, and runs the same command again inside.

Only the standard library: this runs where nothing is installed yet. By itself, `python3 config/bootstrap.py [LOCK]`
prepares the environment and stops.
"""

import contextlib
import hashlib
import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
# Each lock holds all of the one before it.
LOCKS = ("run", "test", "check")

NO_NETWORK = re.compile(
    r"name resolution|Name or service not known|getaddrinfo|dns error|Connection(Error| refused| broken)|"
    r"NewConnectionError|timed out|Network is unreachable|Max retries|error sending request|client error \(Connect\)|"
    r"from versions: none",
    re.IGNORECASE,
)
BAD_HASH = re.compile(r"DO NOT MATCH THE HASHES|hash mismatch", re.IGNORECASE)


class SetupError(Exception):
    """Set-up cannot go on; the message says in one sentence what to do."""


def say(message: str) -> None:
    # On standard error, so that a command's own output can still be piped.
    sys.stderr.write(f"Lights Up: {message}\n")
    sys.stderr.flush()


def ensure_environment(argv: Sequence[str]) -> None:
    """Return if this Python has what the command needs; else prepare `.venv` and run the command in it instead."""
    lock = "test" if argv[1:2] == ["test"] else "run"
    try:
        if suits(lock):
            return
        prepare(lock)
    except SetupError as error:
        sys.exit(f"Lights Up: {error}")
    hand_over([str(venv_python()), *argv])


def suits(lock: str) -> bool:
    """Whether the Python that runs this can run the command: our `.venv` as stamped, or an environment of one's own."""
    if inside_venv() and stamp_file().exists():
        return stamped(lock)
    return has_packages(lock)


def inside_venv() -> bool:
    return Path(sys.prefix).resolve() == VENV.resolve()


def venv_python() -> Path:
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def lock_file(lock: str) -> Path:
    return ROOT / "requirements" / f"{lock}.lock"


# --- The stamp: which lock `.venv` was last brought up to -----------------------------------------------------------


def stamp_file() -> Path:
    return VENV / "lights-up-lock.txt"


def stamp_of(lock: str) -> str:
    return f"{lock} {hashlib.sha256(lock_file(lock).read_bytes()).hexdigest()}"


def stamped(lock: str) -> bool:
    """Whether `.venv` holds this lock, or one that includes it, as the lock file reads now."""
    try:
        stamp = stamp_file().read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return venv_python().exists() and stamp in {stamp_of(name) for name in LOCKS[LOCKS.index(lock) :]}


def lock_to_install(lock: str) -> str:
    """The wanted lock, or the larger one that `.venv` held before the locks changed: a contributor keeps the tools."""
    try:
        held = stamp_file().read_text(encoding="ascii").split()[0]
    except (FileNotFoundError, NotADirectoryError, IndexError):
        return lock
    return held if held in LOCKS[LOCKS.index(lock) :] else lock


def has_packages(lock: str) -> bool:
    """Whether this Python has every package of the lock (any release, but Django of the same series)."""
    if importlib.util.find_spec("django") is None:
        return False
    for line in lock_file(lock).read_text(encoding="utf-8").splitlines():
        pin = re.match(r"([A-Za-z0-9._-]+)==(\S+)( ;)?", line)
        if pin is None or pin[3]:  # a line of hashes, or a package for some machines only
            continue
        try:
            found = importlib.metadata.version(pin[1])
        except importlib.metadata.PackageNotFoundError:
            return False
        if pin[1] == "django" and found.split(".")[:2] != pin[2].split(".")[:2]:
            return False
    return True


# --- Making the environment -----------------------------------------------------------------------------------------


def prepare(lock: str) -> None:
    """Bring `.venv` up to a lock. A second run at the same time waits for the first and finds the work done."""
    if not lock_file(lock).exists():
        raise SetupError(f"requirements/{lock}.lock is missing: get a complete copy of the project.")
    with one_at_a_time(ROOT / "var" / "bootstrap.lock"):
        if stamped(lock):
            return
        lock = lock_to_install(lock)
        uv = shutil.which("uv")
        started = time.monotonic()
        stamp_file().unlink(missing_ok=True)  # an install that breaks off leaves no stamp
        if not venv_python().exists():
            make_venv(uv)
        install(lock, uv)
        stamp_file().write_text(stamp_of(lock) + "\n", encoding="ascii")
        say(f"the environment is ready after {time.monotonic() - started:.0f} s.")


def make_venv(uv: str | None) -> None:
    say("making a virtual environment in .venv")
    if uv:
        command = [uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(VENV)]
    elif importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise SetupError(
            "this Python cannot make a virtual environment (venv or ensurepip is missing): install it, on Debian and "
            "Ubuntu with `sudo apt install python3-venv`, then run the same command again."
        )
    else:
        command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    made = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own arguments
    if made.returncode:
        raise SetupError(f"making .venv failed; the last words were: {last_words(made.stdout + made.stderr)}")


def install(lock: str, uv: str | None) -> None:
    path = lock_file(lock)
    count = sum("==" in line for line in path.read_text(encoding="utf-8").splitlines())
    say(f"installing {count} packages from requirements/{lock}.lock (the first time takes about a minute)")
    if uv:
        done = run_installer([uv, "pip", "install", "--quiet", "--python", str(venv_python()), *pinned(path)])
        if done is None:
            return
        say("uv could not do it; trying pip")
    if done := run_installer([*pip(), "install", "--quiet", "--no-input", "--retries", "2", *pinned(path)]):
        raise SetupError(explain(done))


def pinned(path: Path) -> list[str]:
    # Wheels only: building a package from source would run code that no hash covers.
    return ["--require-hashes", "--only-binary", ":all:", "-r", str(path)]


def pip() -> list[str]:
    """pip of `.venv`, put there first if uv made the environment without it."""
    python = str(venv_python())
    probe = subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False)  # noqa: S603 - our own
    if probe.returncode:
        subprocess.run([python, "-m", "ensurepip"], capture_output=True, check=False)  # noqa: S603 - our own
    return [python, "-m", "pip", "--disable-pip-version-check"]


def run_installer(command: Sequence[str]) -> str | None:
    """Run it; None when it succeeded, else all that it said."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own arguments
    return None if done.returncode == 0 else done.stdout + done.stderr or f"exit code {done.returncode}"


def explain(output: str) -> str:
    if BAD_HASH.search(output):
        return (
            "a downloaded package is not the one that this project was locked to, so nothing was installed: "
            "empty pip's cache (`pip cache purge`) and try again, and if it stays, tell the project."
        )
    if NO_NETWORK.search(output):
        return "the packages could not be downloaded: connect this machine to the network and run the command again."
    return f"installing failed; the last words were: {last_words(output)}"


def last_words(output: str) -> str:
    return " / ".join(line.strip() for line in output.strip().splitlines()[-3:])


@contextlib.contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Hold a lock file; the operating system lets go of it even if this process is killed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as handle:
        if not try_lock(handle.fileno()):
            say("another run is setting up; waiting for it")
            while not try_lock(handle.fileno()):
                time.sleep(0.2)
        yield


def try_lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def hand_over(command: Sequence[str]) -> NoReturn:
    """Become another process; where the system cannot, run it and pass on its exit code."""
    if os.name == "nt":
        sys.exit(subprocess.run(command, check=False).returncode)  # noqa: S603 - our own arguments
    os.execv(command[0], list(command))  # noqa: S606 - the same command, in .venv


if __name__ == "__main__":
    wanted = sys.argv[1] if len(sys.argv) > 1 else "run"
    if wanted not in LOCKS:
        sys.exit(f"usage: python3 config/bootstrap.py [{'|'.join(LOCKS)}]")
    try:
        if not stamped(wanted):
            prepare(wanted)
    except SetupError as problem:
        sys.exit(f"Lights Up: {problem}")
