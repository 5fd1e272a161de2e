import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from classroom.operations import serving


class Command(BaseCommand):
    help = "Serve the site with the production server, and run the task worker beside it, until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "address",
            nargs="?",
            default=f"{serving.DEFAULT_ADDRESS}:{serving.DEFAULT_PORT}",
            metavar="ADDRESS:PORT",
            help="where to listen (%(default)s)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            address, port = serving.parse_address(options["address"])
            serving.refuse_strangers(address)
            if found := serving.problems():
                raise CommandError("\n".join(found))
            shown = f"[{address}]" if ":" in address else address
            code = serving.serve(
                address, port, on_ready=lambda: self.stdout.write(f"Serving on http://{shown}:{port}", ending="\n")
            )
        except serving.ServingError as error:
            raise CommandError(str(error)) from error
        sys.exit(code)
