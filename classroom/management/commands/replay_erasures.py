import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from classroom.common import clock
from classroom.common.progress import Meter
from classroom.privacy import tombstones


class Command(BaseCommand):
    help = (
        "Erase again whoever a restored backup has brought back, by the tombstones in the database and in the file "
        "beside it. `restore` does it by itself; this is for after a `migrate`, or with a file that was kept elsewhere."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--file", type=Path, metavar="FILE", help="another tombstones.jsonl, such as one kept with the backups"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        tell = Meter(sys.stderr, "accounts looked at", verbosity=options["verbosity"])
        replayed = tombstones.replay(at=clock.now(), others=options["file"], tell=tell)
        self.stdout.write(f"Erased once more: {replayed.erased} of {replayed.known} known erasures.")
