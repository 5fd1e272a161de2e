"""Erasures that a restored backup must not undo.

Each erasure leaves a tombstone in the database and in a file beside it: a salted hash of the account's number and of
the moment in which it was made. The moment is in it because after a restore a database gives numbers out again. A
restore brings back rows, but not the file: what it names is erased once more. See docs/decisions/0005.
"""

import contextlib
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, transaction

from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.common.progress import Tell, nobody
from classroom.people.models import User
from classroom.privacy.erasing import erase
from classroom.privacy.models import Tombstone

FILE_NAME = "tombstones.jsonl"


@dataclass(frozen=True)
class Mark:
    """A tombstone as the file has it; ``erased_at`` in ISO 8601."""

    salt: str
    digest: str
    erased_at: str


def file() -> Path:
    return Path(settings.DATA_DIR) / FILE_NAME


def digest_of(person: User, salt: str) -> str:
    made = person.created_at.astimezone(UTC).isoformat(timespec="microseconds")
    return hmac.new(salt.encode(), f"{person.pk}:{made}".encode(), hashlib.sha256).hexdigest()


def bury(person: User, *, at: datetime) -> None:
    """Leave a tombstone, inside the transaction of the erasure; in the file, once it is certain."""
    salt = secrets.token_hex(16)
    stone = Tombstone.objects.create(salt=salt, digest=digest_of(person, salt), erased_at=at)
    transaction.on_commit(lambda: write_down([_mark(stone)]))


def write_down(marks: Iterable[Mark]) -> None:
    """Add to the file what it does not have yet, through to the disk."""
    known = {mark.digest for mark in in_file()}
    new = [mark for mark in marks if mark.digest not in known]
    if not new:
        return
    file().parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(file(), os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600), "a") as lines:
        lines.writelines(json.dumps(asdict(mark)) + "\n" for mark in new)
        lines.flush()
        os.fsync(lines.fileno())


def in_file(path: Path | None = None) -> list[Mark]:
    """The tombstones of the file. A line that was cut short by a crash is passed over: its erasure is in the table."""
    source = path or file()
    marks = []
    if source.exists():
        for line in source.read_text().splitlines():
            with contextlib.suppress(ValueError, TypeError):
                marks.append(Mark(**json.loads(line)))
    return marks


def keep_across_restore() -> None:
    """Before a restore: have in the file all that the database knows, where it can still be read."""
    with contextlib.suppress(DatabaseError):
        write_down([_mark(stone) for stone in Tombstone.objects.all()])


@dataclass(frozen=True)
class Replayed:
    """How many accounts were erased once more, and how many tombstones were known."""

    erased: int
    known: int


@transaction.atomic
def replay(*, at: datetime, others: Path | None = None, tell: Tell = nobody) -> Replayed:
    """Erase again whoever a restore has brought back. Running it twice does nothing more."""
    marks = {mark.digest: mark for mark in [*in_file(), *(in_file(others) if others else [])]}
    stored = set(Tombstone.objects.values_list("digest", flat=True))
    Tombstone.objects.bulk_create(
        Tombstone(salt=mark.salt, digest=mark.digest, erased_at=datetime.fromisoformat(mark.erased_at))
        for mark in marks.values()
        if mark.digest not in stored
    )
    stones = list(Tombstone.objects.all())
    erased = 0
    people = User.objects.filter(is_stand_in=False)
    total = people.count()
    for done, person in enumerate(people.iterator(), 1):
        stone = next((each for each in stones if digest_of(person, each.salt) == each.digest), None)
        if stone is not None:
            erase(person=person, at=at)
            audit.record(AuditEvent.Kind.ERASED, by=None, subject=stone, at=at, detail={"again": True})
            erased += 1
        tell(done, total)
    return Replayed(erased, len(stones))


def _mark(stone: Tombstone) -> Mark:
    return Mark(stone.salt, stone.digest, stone.erased_at.isoformat())
