"""What a question asks to be typed or written, in words: below its stem on a student's page, and on paper."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from classroom.library.values import plural
from quizzes.grading.written import words_asked

Content = Mapping[str, Any]


def line_hint(kind: str, content: Content) -> str:
    """For an answer of one line; ``kind`` is what it holds: number, date or text."""
    hints = {
        "number": _("A number."),
        "text": _("A word or a few."),
        # Dates of long before any film: an example must never be the answer.
        "day": _("Day, month and year, such as 9 October 1874 or 1874-10-09."),
        "month": _("Month and year, such as October 1874 or 1874-10."),
        "year": _("A year, such as 1874."),
        "day-of-year": _("Day and month, such as 9 October."),
    }
    if content.get("asks_unit"):
        return _("A number with its unit.")
    if kind == "number" and content.get("unit"):
        return _unit_hint(content["unit"])
    return hints.get(content.get("precision", kind), "")


def _unit_hint(unit: str) -> str:
    if unit.isupper():
        return _("An amount in %(currency)s.") % {"currency": unit}
    if unit == "percent":
        return _("A number, in per cent.")
    if unit.startswith("of "):
        return _("A number %(of_so_many)s.") % {"of_so_many": unit}
    return _("A number of %(units)s.") % {"units": plural(unit)}


def text_hint(content: Content) -> str:
    """For a text of several lines: how long it should be."""
    least, most = words_asked(content)
    words = {"least": least, "most": most}
    if least and most:
        return _("%(least)d to %(most)d words. Your teacher reads and marks it.") % words
    if most:
        return _("At most %(most)d words. Your teacher reads and marks it.") % words
    if least:
        return _("At least %(least)d words. Your teacher reads and marks it.") % words
    return _("Your teacher reads and marks it.")
