"""The heat map of a class by fact, as an SVG that is joined as text: 20,000 cells are five paths, not 20,000 elements.

Rows are facts by their numbers, under their topics; columns are students by name. Marks differ in shape as well as in
colour, so that they can be told apart in print and by whoever sees no colours. Its colours come from the style sheet.
"""

from collections.abc import Callable, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from classroom.people.queries import Named
from quizzes.statistics.marks import Mark
from quizzes.statistics.queries.facts import ByFact, FactLine, TopicLines

CELL = 14
_SIZE = 11
_NUMBERS = 26
_NAMES = 92
_TOPIC = 20
_LONGEST_NAME = 16
# As many students still fit a phone's width with cells that can be told apart; of more, the map is scrolled.
_FIT = 32
# Each from the upper left corner of its cell.
_SHAPES = {
    Mark.KNOWN: f"h{_SIZE}v{_SIZE}h-{_SIZE}z",
    Mark.MISTAKEN: "m1 1l9 9m0 -9l-9 9",
    Mark.READING: "m1 5.5a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0z",
    Mark.UNCLEAR: f"m0 {_SIZE}h{_SIZE}v-{_SIZE}z",
    Mark.EMPTY: "m2 5.5h7",
}


def heat_map(students: Sequence[Named], topics: Sequence[TopicLines]) -> SafeString:
    """The map of those facts that a student here was asked; empty where none was."""
    shown = [(group.topic.title, [line for line in group.lines if line.marks]) for group in topics]
    shown = [(title, lines) for title, lines in shown if lines]
    if not shown or not students:
        return SafeString("")
    columns = {student.pk: _NUMBERS + at * CELL for at, student in enumerate(students)}
    width = max(_NUMBERS + len(students) * CELL, 260)
    starts: dict[Mark, list[str]] = {mark: [] for mark in Mark}
    texts, height = _heads(students), _NAMES
    for title, lines in shown:
        texts.append(f'<text class="heat-topic" x="0" y="{height + 14}">{escape(title)}</text>')
        height += _TOPIC
        for line in lines:
            texts.append(f'<text class="heat-number" x="{_NUMBERS - 5}" y="{height + 10}">{line.number}</text>')
            _add_row(starts, line, columns, height)
            height += CELL
    paths = "".join(
        f'<path class="heat-{mark.value}" d="{"".join(f"M{place}{_SHAPES[mark]}" for place in places)}"/>'
        for mark, places in starts.items()
        if places
    )
    size = "heat-map fits" if len(students) <= _FIT else "heat-map"
    return _svg(size, width, height, _head(sum(len(lines) for _title, lines in shown), len(students)), texts, paths)


def key_symbol(mark: Mark) -> SafeString:
    """The shape of one mark, for the key of the map."""
    inner = f'<path class="heat-{mark.value}" d="M1 1{_SHAPES[mark]}"/>'
    return mark_safe(f'<svg class="heat-key" width="13" height="13" aria-hidden="true">{inner}</svg>')  # noqa: S308 - all of it is our own


def _heads(students: Sequence[Named]) -> list[str]:
    return [
        f'<text class="heat-name" transform="translate({_NUMBERS + at * CELL + 9} {_NAMES - 4}) rotate(-90)">'
        f"{escape(_short(student.name))}</text>"
        for at, student in enumerate(students)
    ]


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def _add_row(starts: dict[Mark, list[str]], line: FactLine, columns: dict[int, int], top: int) -> None:
    for student_id, mark in line.marks.items():
        starts[mark].append(f"{columns[student_id]} {top}")


def _head(facts: int, students: int) -> str:
    title = _("Heat map of the class by fact")
    about = _("%(facts)d facts by %(students)d students. The same is written out in the table of students by facts.")
    about %= {"facts": facts, "students": students}
    return f'<title id="heat-title">{escape(title)}</title><desc id="heat-about">{escape(about)}</desc>'


def _svg(size: str, width: int, height: int, head: str, texts: Sequence[str], paths: str) -> SafeString:
    open_tag = (
        f'<svg class="{size}" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" '
        'aria-labelledby="heat-title" aria-describedby="heat-about">'
    )
    return mark_safe(f"{open_tag}{head}{''.join(texts)}{paths}</svg>")  # noqa: S308 - what anybody typed is escaped above


def marks_body(found: ByFact, url_of: Callable[[FactLine], str]) -> SafeString:
    """The rows of the map written out, a fact each; joined as text for the same reason."""
    words = {mark: f"<td>{mark.symbol} {escape(mark.label)}</td>" for mark in Mark}
    ids = [student.pk for student in found.students]
    rows = (
        f'<tr><th scope="row"><span class="fact-number">{line.number}</span> <a href="{escape(url_of(line))}">'
        f"{escape(line.fact.statement)}</a></th>"
        f"{''.join(words[line.marks[pk]] if pk in line.marks else '<td></td>' for pk in ids)}</tr>"
        for line in found.lines
        if line.marks
    )
    return mark_safe("".join(rows))  # noqa: S308 - what anybody typed is escaped above
