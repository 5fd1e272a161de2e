"""The rows of the gradebook's and the tracking table, joined as text.

Everywhere else templates write the HTML. Here their loops cost more, for 12,000 cells, than all else on the page
together: whatever was typed by anybody is escaped where it goes in, and the rest is numbers.
"""

from collections.abc import Iterable, Sequence
from html import escape

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

EMPTY = "–"
_STUDENT = _SCORE = "\0"


def cell_html(text: str, remark: str) -> str:
    """What stands in a cell: a mark, and beside it what is to be said of it."""
    beside = f' <span class="muted">{escape(remark)}</span>' if remark else ""
    return f"{escape(text or EMPTY)}{beside}"


def row_pattern(assignment_ids: Sequence[int]) -> str:
    """The cells of any row: each a link, relative to the page, to what its mark is made of, with a place for it."""
    return "".join(f'<td><a href="{each}/{_STUDENT}/">%s</a></td>' for each in assignment_ids)


def row_html(name: str, url: str, total: str, student_id: int, pattern: str, cells: tuple[str, ...]) -> str:
    """A student's row."""
    url = escape(url)
    made_of = f'<a href="{url}#total">{escape(total)}</a>' if total else ""
    head = f'<th scope="row"><a href="{url}">{escape(name)}</a></th><td>{made_of}</td>'
    return f"<tr>{head}{pattern.replace(_STUDENT, str(student_id)) % cells}</tr>\n"


def head_html(heads: Iterable[tuple[int, str, str]], *, linked: bool) -> SafeString:
    """A cell for each assignment's id, title and what is said of it."""
    link = '<a href="{0}/">{1}</a>' if linked else "{1}"
    cell = f'<th scope="col">{link}<br><span class="muted">{{2}}</span></th>'
    return format_html_join("", cell, heads)


def foot_html(total: str, averages: Iterable[tuple[int, str]], *, linked: bool) -> SafeString:
    """The cells of the class's averages, each opening the scores that it is the mean of: a column, by its id."""
    cell = '<td><a href="{}">{}</a></td>' if linked else "<td>{1}</td>"
    columns = [(f"{pk}/", average or EMPTY) for pk, average in averages]
    return format_html_join("", cell, [("#scores", total or EMPTY), *columns])


def body_html(rows: Iterable[str]) -> SafeString:
    return mark_safe("".join(rows))  # noqa: S308 - see the head of this module


# --- The tracking table -------------------------------------------------------------------------------------------


def work_html(badge: str, label: str, score: str, note: str, behind: str) -> str:
    """A cell of the tracking table, with a place for the address of its score.

    ``badge`` is of the state; ``behind`` the word for it, empty where in time.
    """
    late = f' <span class="badge behind">{escape(behind)}</span>' if behind else ""
    marked = f'<br><strong><a href="../gradebook/{_SCORE}/">{escape(score)}</a></strong>' if score else ""
    noted = f'<br><span class="muted">{escape(note)}</span>' if note else ""
    return f'<td><span class="badge {badge}">{escape(label)}</span>{late}{marked}{noted}</td>'


def work_row_html(name: str, url: str, student_id: int, assignment_ids: Sequence[int], cells: Iterable[str]) -> str:
    """A student's row of the tracking table."""
    own = "".join(
        cell.replace(_SCORE, f"{each}/{student_id}") for each, cell in zip(assignment_ids, cells, strict=True)
    )
    return f'<tr><th scope="row"><a href="{escape(url)}">{escape(name)}</a></th>{own}</tr>\n'
