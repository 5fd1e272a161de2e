import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from classroom.common import clock
from classroom.common.progress import Meter
from classroom.privacy import retention


class Command(BaseCommand):
    help = (
        "Remove what is past its time, by the inventory of personal data (docs/privacy.md). What is under a legal hold "
        "stays. The worker does it once a day, unless LIGHTS_UP_RETENTION is off; each run is in the admin panel, "
        "under “Runs of retention”."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count what would go, and remove nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        tell = Meter(sys.stderr, "people", verbosity=options["verbosity"])
        run = retention.run(at=clock.now(), dry_run=options["dry_run"], tell=tell)
        for label, count in run.counts.items():
            self.stdout.write(f"{count:7} {label}")
        self.stdout.write("Nothing was removed: this was a dry run." if run.dry_run else "Removed, or made nameless.")
        if run.people_held or run.classes_held:
            self.stdout.write(f"Under legal hold: {run.people_held} people, {run.classes_held} classes.")
