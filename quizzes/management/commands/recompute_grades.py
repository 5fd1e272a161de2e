"""Work out every grade anew from its events, and say what does not agree."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from classroom.common.progress import Meter
from quizzes.delivery.models import QuizAssignment
from quizzes.marking import checking


class Command(BaseCommand):
    help = "Works out every grade of quizzes anew. With --check nothing changes, and a disagreement is an error."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="only compare")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["check"]:
            quizzes = list(QuizAssignment.objects.select_related("assignment__section").order_by("pk"))
            tell = Meter(sys.stderr, "quizzes of classes", verbosity=options["verbosity"])
            added = 0
            for done, each in enumerate(quizzes, 1):
                added += checking.mend(each)
                tell(done, len(quizzes))
            self.stdout.write(f"{added} gradings added.")
        found = checking.mismatches()
        for mismatch in found:
            self.stderr.write(str(mismatch))
        if found:
            raise CommandError(f"{len(found)} grades do not follow from their events.")
        self.stdout.write("Every grade follows from its events.")
