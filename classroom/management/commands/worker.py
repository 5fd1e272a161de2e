from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from classroom.operations.worker import run_worker


class Command(BaseCommand):
    help = "Run background tasks and scheduled work until stopped. `serve` starts one by itself."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--batch", action="store_true", help="stop when the queue is empty")

    def handle(self, *args: Any, **options: Any) -> None:
        run_worker(batch=options["batch"])
