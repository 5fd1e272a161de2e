"""The admin panel of the quizzes, gathered from its rooms."""

from classroom.common.panel import Shelf, put
from quizzes.bank import admin as bank
from quizzes.delivery import admin as delivery
from quizzes.marking import admin as marking

__all__ = ["bank", "delivery", "marking"]

put(Shelf.QUIZZES, bank, delivery, marking)
