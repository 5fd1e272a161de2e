"""What the libraries' tables keep about people."""

from classroom.common.data_inventory import Table
from classroom.privacy import others

TABLES: list[Table] = [*others.TABLES]
