import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from classroom.privacy import inventory


class Command(BaseCommand):
    help = "Write what the site keeps about people, field by field: as a table for docs/privacy.md, or as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=["markdown", "json"], default="markdown")
        parser.add_argument(
            "--into",
            type=Path,
            metavar="FILE",
            help="put the table into FILE, between its two marks, such as docs/privacy.md",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["format"] == "json":
            self.stdout.write(json.dumps(inventory.as_data(), ensure_ascii=False, indent=1))
        elif options["into"] is None:
            self.stdout.write(inventory.as_markdown())
        else:
            file: Path = options["into"]
            try:
                file.write_text(inventory.put_into(file.read_text()))
            except ValueError as error:
                raise CommandError(str(error)) from error
            self.stdout.write(f"Written into {file}.")
