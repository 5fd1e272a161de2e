"""What the quizzes keep about people, gathered from their rooms; higher rooms first."""

from classroom.common.data_inventory import Table
from quizzes.bank import personal as bank
from quizzes.delivery import personal as delivery
from quizzes.marking import personal as marking

TABLES: list[Table] = [*marking.TABLES, *delivery.TABLES, *bank.TABLES]
