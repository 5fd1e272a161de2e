"""`manage.py check_kit FOLDER [--sources DIR]`."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from classroom.common.progress import Meter
from kits.check import check_folder, told
from kits.shipped import kit_folder


class Command(BaseCommand):
    """Prints what a kit holds and what is wrong with it; the exit code is 1 where anything is."""

    help = "Check a film kit: its schema, references, values, lessons and quizzes; with --sources, also its evidence."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=kit_folder, help="the folder of the kit, or the key of a shipped one")
        parser.add_argument(
            "--sources", type=Path, metavar="DIR", help="a folder of documents, recognised by their fingerprints"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        tell = Meter(sys.stderr, "questions checked", verbosity=options["verbosity"])
        report = check_folder(options["folder"], options["sources"], tell=tell)
        for line in told(report):
            self.stdout.write(line)
        if report.problems:
            sys.exit(1)
