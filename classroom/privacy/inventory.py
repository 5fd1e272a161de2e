"""The inventory of personal data as people and programs read it."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import override

from classroom.common import data_inventory
from classroom.common.data_inventory import Erase, Field, Keep, Kind, Table

START, END = "<!-- inventory -->", "<!-- end of inventory -->"

COUNTED_FROM = {
    Keep.SITE: "as long as the site keeps its content",
    Keep.ACCOUNT: "after a student is in no class any more and has not signed in",
    Keep.CLASS: "after the class is archived",
    Keep.VISITS: "after the class is archived",
    Keep.AUDIT: "after it happened, was decided, lifted or withdrawn",
    Keep.INVITATIONS: "after it ran out",
    Keep.SESSIONS: "after it ran out",
    Keep.TASKS: "after it finished",
    Keep.LIMITS: "after the last try",
    Keep.NOTICES: "after it was told",
}
ERASED = {
    Erase.DELETE: "deleted",
    Erase.CLEAR: "emptied",
    Erase.ANONYMISE: "given to the class's nameless stand-in",
    Erase.KEEP: "kept",
}


def duration(keep: Keep) -> str:
    if keep is Keep.SITE:
        return COUNTED_FROM[keep]
    return f"{settings.RETENTION_DAYS[keep.value]} days {COUNTED_FROM[keep]}"


def as_markdown() -> str:
    """A heading and a table for each table of the database that holds something about people."""
    with override("en"):
        return "\n".join(_section(table) for table in _personal()) + "\n"


def _personal() -> list[Table]:
    """The account first, and then what hangs on it."""
    return data_inventory.personal_tables()[::-1]


def _section(table: Table) -> str:
    lines = [
        f"### {table.about}",
        "",
        f"`{table.label}`. Kept: {duration(table.keep)}.",
        "",
        "| Field | Class | For what | Who is shown it | On erasure |",
        "|---|---|---|---|---|",
        *(_line(table, name, each) for name, each in table.fields.items() if each.kind is not Kind.NONE),
        "",
    ]
    return "\n".join(lines)


def _line(table: Table, name: str, field: Field) -> str:
    readers = ", ".join(each.value for each in table.readers_of(name)) or "nobody"
    return f"| `{name}` | {field.kind.value} | {field.purpose} | {readers} | {ERASED[table.erasure_of(name)]} |"


def put_into(document: str) -> str:
    """A document with the table between its two marks; ValueError where it has none."""
    before, start, rest = document.partition(START)
    _old, end, after = rest.partition(END)
    if not start or not end:
        raise ValueError(f"The file has no marks {START} and {END}.")
    return f"{before}{START}\n\n{as_markdown()}\n{END}{after}"


def as_data() -> dict[str, object]:
    with override("en"):
        return {table.label: _table(table) for table in _sorted(data_inventory.tables())}


def _sorted(tables: Iterable[Table]) -> list[Table]:
    return sorted(tables, key=lambda table: table.label)


def _table(table: Table) -> dict[str, object]:
    return {
        "about": str(table.about),
        "fields": {
            name: {
                "class": each.kind.value,
                "purpose": each.purpose,
                "readers": [reader.value for reader in table.readers_of(name)],
                "kept": table.keep_of(name).value,
                "on_erasure": table.erasure_of(name).value,
            }
            for name, each in table.fields.items()
        },
    }
