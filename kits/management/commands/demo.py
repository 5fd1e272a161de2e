"""`manage.py demo [ADDRESS:PORT] [--fresh]`."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from classroom.common import clock
from classroom.library.models import Film
from classroom.operations import serving
from classroom.people.models import User
from kits.demo import build_school
from kits.demo.school import PASSWORD
from kits.load import KitHasProblems, load_kit
from kits.shipped import shipped_kits


class Command(BaseCommand):
    """A whole school to try, on this machine alone: kits loaded, a class at work, served as in production."""

    help = "Set up a demo school with all shipped kits, and serve it on this machine until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "address",
            nargs="?",
            default=f"{serving.DEFAULT_ADDRESS}:{serving.DEFAULT_PORT}",
            metavar="ADDRESS:PORT",
            help="where to listen, on loopback (%(default)s)",
        )
        parser.add_argument("--fresh", action="store_true", help="throw away what was done in the demo and start over")
        parser.add_argument("--prepare-only", action="store_true", help="set the school up, and do not serve it")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo has settings of its own: run it without DJANGO_SETTINGS_MODULE.")
        try:
            address, port = serving.parse_address(options["address"])
            serving.refuse_strangers(address)
            self._prepare(fresh=options["fresh"])
            if options["prepare_only"]:
                return
            shown = f"[{address}]" if ":" in address else address
            code = serving.serve(address, port, on_ready=lambda: self._welcome(f"http://{shown}:{port}"))
        except serving.ServingError as error:
            raise CommandError(str(error)) from error
        sys.exit(code)

    def _prepare(self, *, fresh: bool) -> None:
        if fresh:
            self._tell("throwing away the old demo")
            self._throw_away()
        self._tell("bringing the database up to date")
        call_command("migrate", verbosity=0)
        self._tell("gathering the static files")
        call_command("collectstatic", interactive=False, verbosity=0)
        for kit in sorted(path.parent for path in shipped_kits().glob("*/film.yaml")):
            self._load(kit)

    def _throw_away(self) -> None:
        if connection.vendor != "sqlite":
            call_command("migrate", verbosity=0)
            call_command("flush", interactive=False, verbosity=0)
            return
        connection.close()
        name = str(settings.DATABASES["default"]["NAME"])
        for ending in ("", "-wal", "-shm"):
            Path(name + ending).unlink(missing_ok=True)

    def _load(self, kit: Path) -> None:
        try:
            load_kit(kit, tell=self._tell)
        except KitHasProblems as error:
            raise CommandError(f"The kit in {kit} cannot be loaded:\n{error}") from error
        if not User.objects.filter(is_demo=True).exists():
            self._tell("building a demo school")
            film = Film.objects.get(key=kit.name)
            build_school(film, kit, now=clock.now(), tell=lambda line: self._tell(f"  {line}"))

    def _tell(self, line: str) -> None:
        self.stdout.write(f"Lights Up: {line}")
        self.stdout.flush()

    def _welcome(self, address: str) -> None:
        rows = [("teacher", "Ms Rivera"), ("student", "Amina"), ("admin", "the school's admin")]
        lines = [f"    {username:<10} {PASSWORD:<18} {who}" for username, who in rows]
        self.stdout.write(
            "\n".join(
                [
                    "",
                    f"  Lights Up is at {address}",
                    "",
                    "  Sign in with:",
                    *lines,
                    "",
                    "  The demo keeps what you do; start it with --fresh to begin again. Stop it with Ctrl+C.",
                    "",
                ]
            )
        )
        self.stdout.flush()
