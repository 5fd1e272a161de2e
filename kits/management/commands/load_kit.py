"""`manage.py load_kit FOLDER [--plan]`."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from classroom.common.progress import Meter
from kits.load import KitHasProblems, load_kit, told
from kits.shipped import kit_folder


class Command(BaseCommand):
    """Loads a kit: checks it, plans, tells the plan and makes the changes in one transaction."""

    help = "Load a film kit into the database, or say what a load would change. Loading twice changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=kit_folder, help="the folder of the kit, or the key of a shipped one")
        parser.add_argument("--plan", action="store_true", help="say what would change, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        planned_only: bool = options["plan"]
        try:
            tell = self._tell if options["verbosity"] else _nobody
            plan = load_kit(
                options["folder"],
                planned_only=planned_only,
                tell=tell,
                checked=Meter(sys.stderr, "questions checked", verbosity=options["verbosity"]),
                written=Meter(sys.stderr, "questions written", verbosity=options["verbosity"]),
            )
        except KitHasProblems as error:
            for problem in error.problems:
                self.stderr.write(str(problem))
            raise CommandError(f"Nothing was loaded: the kit has {len(error.problems)} problems.") from error
        except DatabaseError as error:
            raise CommandError(f"Nothing was loaded: {error}. (Has `manage.py migrate` been run?)") from error
        for line in told(plan, planned_only=planned_only):
            self.stdout.write(line)

    def _tell(self, line: str) -> None:
        self.stdout.write(f"... {line}")
        self.stdout.flush()


def _nobody(line: str) -> None:
    """Where nobody wants to know how far it has come."""
