"""Loads a kit into the database: parse and check, plan, apply in one transaction."""

from kits.load.load import KitHasProblems, load_kit
from kits.load.plan import Change, Plan, State, told

__all__ = ["Change", "KitHasProblems", "Plan", "State", "load_kit", "told"]
