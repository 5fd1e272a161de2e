from typing import Any

from django.core.management.base import BaseCommand

from quizzes.delivery.sweep import close_overdue_attempts


class Command(BaseCommand):
    help = "Close and grade every quiz attempt whose time is over. The worker does so each minute by itself."

    def handle(self, *args: Any, **options: Any) -> None:
        closed = close_overdue_attempts()
        self.stdout.write(f"{closed} closed and graded.")
