"""From a folder to the database."""

from pathlib import Path

from django.utils import timezone

from classroom.common import progress
from kits.check import check_folder
from kits.load.apply import Tell, apply_load, plan_load
from kits.load.plan import Plan
from kits.reading import Problem
from kits.records.from_kit import records_of_kit
from kits.records.shapes import Records


class KitHasProblems(ValueError):
    """The kit cannot be loaded as it is; `problems` says why, with file and line."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def load_kit(
    folder: Path,
    *,
    tell: Tell,
    checked: progress.Tell = progress.nobody,
    written: progress.Tell = progress.nobody,
    planned_only: bool = False,
) -> Plan:
    """Load the kit in `folder`, or only plan to. Raises KitHasProblems, with nothing loaded.

    `tell` hears in words what is done; `checked` and `written`, how many of the questions.
    """
    tell(f"checking {folder}")
    records = checked_records(folder, tell=checked)
    tell("comparing it with the database")
    if planned_only:
        return plan_load(records)
    return apply_load(records, at=timezone.now(), tell=tell, written=written)


def checked_records(folder: Path, *, tell: progress.Tell = progress.nobody) -> Records:
    """What the kit in `folder` holds. Raises KitHasProblems; `tell` hears of the questions that are checked."""
    report = check_folder(folder, tell=tell)
    if report.kit is None or report.drafts is None or report.problems:
        raise KitHasProblems(report.problems)
    return records_of_kit(report.kit, report.drafts)
