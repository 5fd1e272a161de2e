"""A backup as one file: a tar with a manifest and the database, which is gzipped.

The manifest tells what is inside (engine, version, migrations, rows of each table) and the SHA-256 of the database, so
that a file that was cut short or changed is refused before anything is touched.
"""

import dataclasses
import gzip
import hashlib
import io
import json
import os
import tarfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from classroom.common.progress import Tell, nobody

FORMAT = 1
MANIFEST = "manifest.json"
PAYLOAD = "database.gz"
CHUNK = 1 << 20
MEGABYTE = 10**6
LARGEST_MANIFEST = 1 << 20


class BackupError(Exception):
    """A backup cannot be made or restored; the message says why, and what to do. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database holds: its rows by table, and its applied migrations as ``app.name``."""

    rows: dict[str, int]
    migrations: list[str]


@dataclass(frozen=True, slots=True)
class Manifest:
    format: int
    engine: str
    created_at: str
    app_version: str
    sha256: str
    size: int
    rows: dict[str, int]
    migrations: list[str]


def write(
    container: Path,
    payload: Path,
    *,
    engine: str,
    created_at: str,
    app_version: str,
    contents: Contents,
    tell: Tell = nobody,
) -> None:
    """Write a container next to where it will lie, flushed to the disk, and readable by its owner alone."""
    digest, size, total = hashlib.sha256(), 0, payload.stat().st_size
    packed = payload.with_suffix(".packed")
    # Level 1: most of the gain, and a site that keeps its processor.
    with payload.open("rb") as plain, gzip.open(packed, "wb", compresslevel=1) as zipped:
        while chunk := plain.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            zipped.write(chunk)
            tell(size // MEGABYTE, total // MEGABYTE)
    manifest = Manifest(
        FORMAT, engine, created_at, app_version, digest.hexdigest(), size, contents.rows, contents.migrations
    )
    text = json.dumps(dataclasses.asdict(manifest), indent=1).encode()
    with os.fdopen(os.open(container, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        with tarfile.open(fileobj=file, mode="w:", format=tarfile.PAX_FORMAT) as tar, packed.open("rb") as zipped_file:
            _add(tar, MANIFEST, io.BytesIO(text), len(text))
            _add(tar, PAYLOAD, zipped_file, packed.stat().st_size)
        file.flush()
        os.fsync(file.fileno())
    packed.unlink()


def _add(tar: tarfile.TarFile, name: str, content: IO[bytes], size: int) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = size
    entry.mode = 0o600
    tar.addfile(entry, content)


def read_manifest(container: Path) -> Manifest:
    """The manifest of a container, or BackupError if the file is none of ours."""
    try:
        with tarfile.open(container, "r:") as tar:
            return _manifest_in(tar, container)
    except FileNotFoundError:
        raise BackupError(f"There is no file {container}.") from None
    except (tarfile.TarError, EOFError, OSError) as error:
        raise BackupError(f"{container} is not a backup of Lights Up, or is damaged ({error}).") from error


def _manifest_in(tar: tarfile.TarFile, container: Path) -> Manifest:
    first = tar.next()
    if first is None or first.name != MANIFEST or not first.isreg() or first.size > LARGEST_MANIFEST:
        raise BackupError(f"{container} is not a backup of Lights Up.")
    content = tar.extractfile(first)
    if content is None:
        raise BackupError(f"{container} is not a backup of Lights Up.")
    try:
        fields: dict[str, Any] = json.loads(content.read())
        if fields["format"] != FORMAT:
            raise BackupError(f"{container} has format {fields['format']}; this version reads format {FORMAT}.")
        return Manifest(**fields)
    except (ValueError, TypeError, KeyError) as error:
        raise BackupError(f"The manifest of {container} is damaged: nothing was restored.") from error


def unpack(container: Path, payload: Path | None, tell: Tell = nobody) -> Manifest:
    """Check all of a container and return its manifest; the database goes into ``payload`` if one is given.

    Raises BackupError when a single byte is not as it was written.
    """
    manifest = read_manifest(container)
    try:
        with tarfile.open(container, "r:") as tar, gzip.open(_payload_in(tar, container), "rb") as zipped:
            digest, size = _copy(zipped, payload, manifest.size, tell)
    except (tarfile.TarError, EOFError, OSError, zlib.error) as error:
        raise BackupError(f"{container} is damaged ({error}): nothing was restored.") from error
    if (digest, size) != (manifest.sha256, manifest.size):
        raise BackupError(f"{container} is damaged (its SHA-256 differs from its manifest's): nothing was restored.")
    return manifest


def _payload_in(tar: tarfile.TarFile, container: Path) -> IO[bytes]:
    tar.next()
    entry = tar.next()
    content = tar.extractfile(entry) if entry is not None and entry.name == PAYLOAD and entry.isreg() else None
    if content is None:
        raise BackupError(f"{container} is damaged (it ends before the database): nothing was restored.")
    return content


def _copy(source: gzip.GzipFile, target: Path | None, expected: int, tell: Tell) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with Path(os.devnull if target is None else target).open("wb") as file:
        # No further than the manifest says: a file that unpacks for ever is not a backup.
        while size <= expected and (chunk := source.read(CHUNK)):
            digest.update(chunk)
            size += len(chunk)
            file.write(chunk)
            tell(size // MEGABYTE, expected // MEGABYTE)
    return digest.hexdigest(), size
