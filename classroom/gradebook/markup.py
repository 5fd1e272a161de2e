"""The body of the gradebook's table, joined as text.

Everywhere else templates write the HTML. Here their loops cost more, for 12,000 cells, than all else on the page
together: whatever was typed by anybody is escaped where it goes in, and the rest is numbers.
"""

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

EMPTY = "–"
_STUDENT = "\0"


def cell_html(text: str, remark: str) -> str:
    """What stands in a cell: a mark, and beside it what is to be said of it."""
    beside = f' <span class="muted">{escape(remark)}</span>' if remark else ""
    return f"{escape(text or EMPTY)}{beside}"


def row_pattern(assignment_ids: Sequence[int]) -> str:
    """The cells of any row: each a link, relative to the page, to what its mark is made of, with a place for it."""
    return "".join(f'<td><a href="{each}/{_STUDENT}/">%s</a></td>' for each in assignment_ids)


def row_html(name: str, url: str, total: str, student_id: int, pattern: str, cells: Sequence[str]) -> str:
    """A student's row."""
    head = f'<th scope="row"><a href="{escape(url)}">{escape(name)}</a></th><td>{escape(total)}</td>'
    return f"<tr>{head}{pattern.replace(_STUDENT, str(student_id)) % tuple(cells)}</tr>\n"


def body_html(rows: Sequence[str]) -> SafeString:
    return mark_safe("".join(rows))  # noqa: S308 - see the head of this module
