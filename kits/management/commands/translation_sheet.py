"""`manage.py translation_sheet FOLDER LANGUAGE [KEY ...]`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kits.check import check_folder
from kits.sheet import sheet
from kits.shipped import kit_folder


class Command(BaseCommand):
    """Prints what of a kit is not translated into a language, in the form in which its translations are written."""

    help = "Print what of a kit is still to be translated, with the marks that tell which original it was made from."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=kit_folder, help="the folder of the kit, or the key of a shipped one")
        parser.add_argument("language", help="the code of the language, such as es or zh-hans")
        parser.add_argument("keys", nargs="*", metavar="KEY", help="facts, lessons and so on; all of them if none")

    def handle(self, *args: Any, **options: Any) -> None:
        report = check_folder(options["folder"])
        if report.kit is None or report.drafts is None:
            raise CommandError("\n".join(map(str, report.problems)))
        for part in sheet(report.kit, report.drafts, options["language"], options["keys"]):
            self.stdout.write(part)
