"""`manage.py export_kit KEY --format json [--output FILE]`."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from classroom.library.models import Film
from kits.export import export_document


class Command(BaseCommand):
    """Writes one film's kit from the database."""

    help = "Write a loaded kit as one JSON document: film, sources, facts, conflicts, terms, prompts, lessons, quizzes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key", help="the key of the film")
        parser.add_argument("--format", choices=["json"], default="json")
        parser.add_argument("--output", type=Path, metavar="FILE", help="write to a file, not to the terminal")

    def handle(self, *args: Any, **options: Any) -> None:
        film = Film.objects.filter(key=options["key"]).first()
        if film is None:
            known = ", ".join(Film.objects.values_list("key", flat=True)) or "none"
            raise CommandError(f"There is no film '{options['key']}'. Loaded films: {known}.")
        text = json.dumps(export_document(film), ensure_ascii=False, indent=2)
        if not options["output"]:
            self.stdout.write(text)
            return
        try:
            options["output"].write_text(f"{text}\n", encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{options['output']} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"Wrote {options['output']}.")
