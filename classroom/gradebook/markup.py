"""The body of the gradebook's table, joined as text.

Everywhere else templates write the HTML. Here their loops cost more, for 12,000 cells, than all else on the page
together: whatever was typed by anybody is escaped where it goes in, and the rest is numbers.
"""

from collections.abc import Sequence
from typing import Protocol

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe


class Cell(Protocol):
    @property
    def html(self) -> SafeString: ...


def cell_html(text: str, remark: str) -> SafeString:
    """What stands in a cell: a mark, and beside it what is to be said of it."""
    return format_html('{} <span class="muted">{}</span>', text, remark) if remark else format_html("{}", text)


def openings(assignment_ids: Sequence[int]) -> list[str]:
    """How the cells of each column begin: with a link, relative to the page, to what a mark is made of."""
    return [f'<td><a href="{each}/' for each in assignment_ids]


def row_html(name: str, url: str, total: str, student_id: int, begun: Sequence[str], cells: Sequence[Cell]) -> str:
    """A student's row; ``begun`` are the openings of its cells."""
    to_student = f'{student_id}/">'
    parts = [
        f"{opening}{to_student}{cell.html}</a></td>" if cell.html else "<td></td>"
        for opening, cell in zip(begun, cells, strict=True)
    ]
    head = f'<th scope="row"><a href="{escape(url)}">{escape(name)}</a></th><td>{escape(total)}</td>'
    return f"<tr>{head}{''.join(parts)}</tr>\n"


def body_html(rows: Sequence[str]) -> SafeString:
    return mark_safe("".join(rows))  # noqa: S308 - see the head of this module
