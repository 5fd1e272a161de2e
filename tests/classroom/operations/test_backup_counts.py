"""How far a backup and a restore are, in megabytes of the database."""

import os
from pathlib import Path

from classroom.operations.backups import container
from classroom.operations.backups.container import Contents


def test_packing_and_unpacking_tell_how_many_megabytes_are_done(tmp_path: Path) -> None:
    payload, packed = tmp_path / "database", tmp_path / "site.backup"
    payload.write_bytes(os.urandom(3 * container.MEGABYTE))
    heard: dict[str, list[tuple[int, int]]] = {"packed": [], "unpacked": []}
    container.write(
        packed,
        payload,
        engine="sqlite",
        created_at="2026-01-01T00:00:00",
        app_version="1",
        contents=Contents({}, []),
        tell=lambda done, total: heard["packed"].append((done, total)),
    )
    container.unpack(packed, tmp_path / "again", lambda done, total: heard["unpacked"].append((done, total)))
    assert heard["packed"] == heard["unpacked"] == [(1, 3), (2, 3), (3, 3)]
    assert (tmp_path / "again").read_bytes() == payload.read_bytes()
