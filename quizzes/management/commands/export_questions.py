"""`manage.py export_questions --bank FILM[/USERNAME] --format F [FILE] [--quiz KEY]`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quizzes.bank.finding import QuestionFilter
from quizzes.interchange.banks import BankUnknown, any_bank, quiz_of
from quizzes.interchange.formats import FORMATS
from quizzes.interchange.queries import kit_versions, records_of, versions_to_export


class Command(BaseCommand):
    """Writes the questions, and says on the other stream what the format does not carry."""

    help = "Export questions as the page “Export questions” does. What the format does not carry is told on stderr."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", nargs="?", default="-", help="where to; - for standard output")
        parser.add_argument(
            "--bank",
            required=True,
            metavar="NAME",
            help="whose questions: FILM for the kit's own, FILM/USERNAME for a teacher's own",
        )
        parser.add_argument("--format", choices=sorted(FORMATS), required=True, help="the format")
        parser.add_argument("--quiz", metavar="KEY", default="", help="the questions of this quiz alone")
        parser.add_argument("--words", default="", help="those alone in whose wording these words occur")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            film, teacher = any_bank(options["bank"])
            quiz = quiz_of(film, teacher, options["quiz"])
        except BankUnknown as fault:
            raise CommandError(str(fault)) from fault
        if teacher is None:
            versions = kit_versions(film, quiz, options["words"])
        else:
            wanted = QuestionFilter(options["words"], whose="" if quiz else "own")
            versions = versions_to_export(teacher, film, wanted, quiz)
        written = FORMATS[options["format"]].write(records_of(versions))
        if options["file"] == "-":
            self.stdout.write(written.text, ending="")
        else:
            self._save(options["file"], written.text)
        for each in written.not_carried:
            self.stderr.write(f"{each.question}: {'left out' if each.whole else 'not carried'}: {each.reason}")
        self.stderr.write(f"{written.written} questions written.")

    def _save(self, file: str, text: str) -> None:
        try:
            Path(file).write_text(text, encoding="utf-8", newline="")
        except OSError as fault:
            raise CommandError(f"{file} cannot be written: {fault.strerror}.") from fault
