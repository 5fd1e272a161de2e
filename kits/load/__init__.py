"""Loads a kit into the database: parse and check, plan, apply in one transaction."""

from kits.load.apply import PlanChanged, apply_load, plan_load
from kits.load.load import KitHasProblems, checked_records, load_kit
from kits.load.plan import Change, Plan, State, told

__all__ = [
    "Change",
    "KitHasProblems",
    "Plan",
    "PlanChanged",
    "State",
    "apply_load",
    "checked_records",
    "load_kit",
    "plan_load",
    "told",
]
