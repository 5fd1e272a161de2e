"""The heat map of a class by fact: 20,000 cells are five paths, not 20,000 elements.

Rows are facts by their numbers, under their topics; columns are students by name. Marks differ in shape as well as in
colour, so that they can be told apart in print and by whoever sees no colours.
"""

from collections.abc import Callable, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from classroom.common.pictures import line as path
from classroom.common.pictures import picture, shortened, swatch, words, words_upwards
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
        texts.append(words((0, height + 14), title, "strong"))
        height += _TOPIC
        for line in lines:
            texts.append(words((_NUMBERS - 5, height + 10), str(line.number), "small end"))
            _add_row(starts, line, columns, height)
            height += CELL
    paths = [
        path("".join(f"M{place}{_SHAPES[mark]}" for place in places), f"heat-{mark.value}")
        for mark, places in starts.items()
        if places
    ]
    about = _("%(facts)d facts by %(students)d students. The same is written out in the table of students by facts.")
    about %= {"facts": sum(len(lines) for _title, lines in shown), "students": len(students)}
    css = "heat-map" if len(students) <= _FIT else "heat-map picture-full"
    return picture((width, height), _("Heat map of the class by fact"), about, [*texts, *paths], css)


def key_symbol(mark: Mark) -> SafeString:
    """The shape of one mark, for the key of the map."""
    return swatch(path(f"M1 1{_SHAPES[mark]}", f"heat-{mark.value}"))


def _heads(students: Sequence[Named]) -> list[str]:
    return [
        words_upwards((_NUMBERS + at * CELL + 9, _NAMES - 4), shortened(student.name, _LONGEST_NAME), "small")
        for at, student in enumerate(students)
    ]


def _add_row(starts: dict[Mark, list[str]], line: FactLine, columns: dict[int, int], top: int) -> None:
    for student_id, mark in line.marks.items():
        starts[mark].append(f"{columns[student_id]} {top}")


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
