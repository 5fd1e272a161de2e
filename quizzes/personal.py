"""What the quizzes keep about people, gathered from their rooms; higher rooms first."""

from classroom.common.data_inventory import Table
from quizzes.bank import personal as bank
from quizzes.delivery import personal as delivery

TABLES: list[Table] = [*delivery.TABLES, *bank.TABLES]
