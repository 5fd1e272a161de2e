"""From a folder to the database."""

from pathlib import Path

from django.utils import timezone

from kits.check import check_folder
from kits.load.apply import Tell, apply_load, plan_load
from kits.load.plan import Plan
from kits.reading import Problem
from kits.records.from_kit import records_of_kit


class KitHasProblems(ValueError):
    """The kit cannot be loaded as it is; `problems` says why, with file and line."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def load_kit(folder: Path, *, tell: Tell, planned_only: bool = False) -> Plan:
    """Load the kit in `folder`, or only plan to. Raises KitHasProblems, with nothing loaded."""
    tell(f"checking {folder}")
    report = check_folder(folder)
    if report.kit is None or report.drafts is None or report.problems:
        raise KitHasProblems(report.problems)
    tell("comparing it with the database")
    records = records_of_kit(report.kit, report.drafts)
    return plan_load(records) if planned_only else apply_load(records, at=timezone.now(), tell=tell)
