import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from classroom.common import clock
from classroom.common.progress import Meter
from classroom.operations import backups, records


class Command(BaseCommand):
    help = "Write a backup of the database into one file, while people use the site; it is read back and checked."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="where to write it")
        parser.add_argument(
            "--overwrite", action="store_true", help="replace FILE if it exists, once the new one is good"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["file"].absolute()
        try:
            tell = Meter(sys.stderr, "megabytes packed", verbosity=options["verbosity"])
            manifest = backups.back_up(connection, target, at=clock.now(), overwrite=options["overwrite"], tell=tell)
        except (backups.BackupError, OSError) as error:
            raise CommandError(f"No backup was made. {error}") from error
        records.backup_made(target.stat().st_size, at=clock.now())
        rows = sum(manifest.rows.values())
        self.stdout.write(
            f"Backed up {rows} rows of {len(manifest.rows)} tables to {target} "
            f"({target.stat().st_size / 1e6:.1f} MB, read back and whole). SHA-256 of the database: {manifest.sha256}"
        )
