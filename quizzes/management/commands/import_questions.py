"""`manage.py import_questions --bank FILM/USERNAME FILE [--format F] [--plan]`."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from classroom.common import clock
from classroom.common.progress import Meter
from quizzes.interchange.actions import PlanChanged, import_questions
from quizzes.interchange.banks import BankUnknown, own_bank
from quizzes.interchange.formats import FORMATS, guess
from quizzes.interchange.planning import Fate, Plan, plan_import
from quizzes.interchange.reading import MOST_BYTES, text_of
from quizzes.interchange.records import Unreadable


class Command(BaseCommand):
    """Shows the plan line by line, and applies it whole unless told otherwise."""

    help = (
        "Import questions into a teacher's own ones: what --plan shows, and the page “Import questions” does. The exit "
        "code is 1 where a question is refused; nothing is imported then, unless --leave-out-refused."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the file, as UTF-8 text; - for standard input")
        parser.add_argument(
            "--bank",
            required=True,
            metavar="NAME",
            help="whose questions: FILM/USERNAME, or FILM alone where the school has one teacher; a kit's own come "
            "from its files only",
        )
        parser.add_argument("--format", choices=sorted(FORMATS), help="the format; without it, the one it looks like")
        parser.add_argument("--plan", action="store_true", help="show what would be done, and do nothing")
        parser.add_argument("--publish", action="store_true", help="publish what is imported; else it is drafts")
        parser.add_argument(
            "--leave-out-refused", action="store_true", help="import the rest where questions are refused"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            film, teacher = own_bank(options["bank"])
            text = text_of(_data(options["file"]))
            format_ = FORMATS[options["format"]] if options["format"] else guess(text)
            plan = plan_import(film=film, user=teacher, format_=format_, text=text)
        except (BankUnknown, Unreadable) as fault:
            raise CommandError(str(fault)) from fault
        self._tell(plan)
        refused = plan.of(Fate.REFUSED)
        if options["plan"] or (refused and not options["leave_out_refused"]):
            self.stdout.write("Nothing was imported.")
            sys.exit(1 if refused else 0)
        try:
            done = import_questions(
                film=film,
                format_=format_,
                text=text,
                digest=plan.digest,
                publish=options["publish"],
                by=teacher,
                at=clock.now(),
                tell=Meter(sys.stderr, "questions", verbosity=options["verbosity"]),
            )
        except PlanChanged as changed:
            raise CommandError(
                "The questions were changed meanwhile, and nothing was imported. Try again."
            ) from changed
        self.stdout.write(f"{done.new} new, {done.changed} changed, {done.published} published.")
        sys.exit(1 if refused else 0)

    def _tell(self, plan: Plan) -> None:
        for each in plan.told:
            self.stdout.write(f"line {each.line}: {each.reason}")
        for line in plan.lines:
            self.stdout.write(f"line {line.line}: {line.fate.label}: {line.words[:100]}")
            for note in (line.reason, *line.notes):
                if note:
                    self.stdout.write(f"    {note}")
        counts = ", ".join(f"{len(plan.of(fate))} {fate.label}" for fate in Fate)
        self.stdout.write(f"{counts}.")


def _data(file: str) -> bytes:
    # One byte more than is allowed is enough to refuse it.
    if file == "-":
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    try:
        with Path(file).open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as fault:
        raise CommandError(f"{file} cannot be read: {fault.strerror}.") from fault
