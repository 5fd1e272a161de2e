"""`manage.py attach_source KEY FILE [--film KEY]`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from classroom.library.models import Source
from kits.attach import NotTheSource, attach_source, read_document

MOST_DIFFERENCES = 20


class Command(BaseCommand):
    """Attaches a document that the school lawfully has; all of it or nothing."""

    help = "Attach the text of a source, so that teachers can read the cited lines. Its fingerprints must match."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key", help="the key of the source, as in the kit's sources.yaml")
        parser.add_argument("file", type=Path, help="the document, as UTF-8 text with one paragraph a line")
        parser.add_argument(
            "--film", metavar="KEY", default="", help="the film's key, where two kits share the source's"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        source = _source(options["key"], options["film"])
        try:
            attached = attach_source(source=source, text=read_document(options["file"]), at=timezone.now())
        except NotTheSource as error:
            shown = error.differences[:MOST_DIFFERENCES]
            more = len(error.differences) - len(shown)
            lines = [*shown, *([f"And {more} more."] if more else [])]
            raise CommandError("\n".join([f"Nothing was attached to '{source.key}'.", *lines])) from error
        self.stdout.write(f"{source.key}: {attached.paragraphs} paragraphs match, {attached.new} newly attached.")


def _source(key: str, film: str) -> Source:
    sources = Source.objects.filter(key=key, **({"film__key": film} if film else {})).select_related("film")
    found = list(sources)
    if len(found) == 1:
        return found[0]
    if found:
        films = ", ".join(source.film.key for source in found)
        raise CommandError(f"The films {films} all have a source '{key}': say which with --film.")
    known = ", ".join(sorted(Source.objects.values_list("key", flat=True).distinct())) or "none"
    raise CommandError(f"There is no source '{key}'. Loaded sources: {known}.")
