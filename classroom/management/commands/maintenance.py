from argparse import ArgumentParser
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand

from classroom.operations import maintenance


class Command(BaseCommand):
    help = "Close the site for a moment, open it again, or say which it is: a page tells visitors, /healthz a monitor."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["on", "off", "status"])
        parser.add_argument(
            "--minutes",
            type=int,
            choices=range(1, 24 * 60 + 1),
            default=10,
            metavar="N",
            help="with on: in how many minutes the site is expected back (%(default)s)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "on":
            maintenance.close(until=datetime.now(UTC) + timedelta(minutes=options["minutes"]))
            self.stdout.write(f"The site is closed for about {options['minutes']} minutes. Then say `maintenance off`.")
        elif options["what"] == "off":
            was_closed = maintenance.reopen()
            self.stdout.write("The site is open again." if was_closed else "The site was open.")
        else:
            until = maintenance.closed_until()
            self.stdout.write(f"closed until about {until:%Y-%m-%d %H:%M %Z}" if until else "open")
