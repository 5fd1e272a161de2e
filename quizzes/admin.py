"""The admin panel of the quizzes, gathered from its rooms."""

from quizzes.bank import admin as bank
from quizzes.delivery import admin as delivery

__all__ = ["bank", "delivery"]
