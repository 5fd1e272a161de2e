"""Signs that the site's own work leaves for the health page: of its mails, and of its backups."""

from datetime import datetime

from classroom.operations.models import Heartbeat

MAIL_SENT, MAIL_FAILED, BACKUP = "mail sent", "mail failed", "backup"


def leave(name: str, *, at: datetime, detail: str = "") -> None:
    Heartbeat.objects.update_or_create(name=name, defaults={"beat_at": at, "detail": detail})


def backup_made(size: int, *, at: datetime) -> None:
    """A backup of so many bytes has been written, read back, and found whole."""
    leave(BACKUP, at=at, detail=str(size))


def size_of_backup(sign: Heartbeat) -> int:
    return int(sign.detail) if sign.detail.isdecimal() else 0
