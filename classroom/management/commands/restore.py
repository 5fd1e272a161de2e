import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from classroom.common import clock
from classroom.common.progress import Meter
from classroom.operations import backups
from classroom.privacy import tombstones


class Command(BaseCommand):
    help = (
        "Put a backup in the place of the database, all or nothing. The file is checked first, and a copy of what is "
        "replaced is kept. People may use the site meanwhile; what they see afterwards is what was backed up, without "
        "those whose data has been erased since."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="a file that `backup` wrote")
        parser.add_argument("--yes", action="store_true", help="replace a database that is not empty")

    def handle(self, *args: Any, **options: Any) -> None:
        source: Path = options["file"].absolute()
        # What was erased since the backup was made must not come back with it.
        tombstones.keep_across_restore()
        try:
            restored = backups.restore(
                connection,
                source,
                at=clock.now(),
                keep_in=settings.DATA_DIR / "replaced",
                replace=options["yes"],
                tell=Meter(sys.stderr, "megabytes unpacked", verbosity=options["verbosity"]),
            )
        except (backups.BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        manifest = restored.manifest
        self.stdout.write(
            f"Restored {sum(manifest.rows.values())} rows of {len(manifest.rows)} tables, as of {manifest.created_at}."
        )
        if restored.kept is not None:
            self.stdout.write(f"What was there before is kept in {restored.kept}.")
        if restored.pending:
            self.stdout.write(
                f"The backup is older than this version: run `migrate` ({len(restored.pending)} to apply), then "
                "`replay_erasures`, before anybody uses the site."
            )
            return
        tell = Meter(sys.stderr, "accounts looked at", verbosity=options["verbosity"])
        replayed = tombstones.replay(at=clock.now(), tell=tell)
        if replayed.known:
            self.stdout.write(f"Erased once more: {replayed.erased} of {replayed.known} known erasures.")
