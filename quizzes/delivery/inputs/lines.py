"""What is typed: a line, or a text of several."""

from typing import Any

from django.utils.translation import gettext as _

from classroom.library.values import plural
from quizzes.delivery.inputs.base import Content, Controls, Entered, Input, first_of
from quizzes.delivery.layouts import Layout
from quizzes.grading.written import words_asked


class Line(Input):
    """One line of text: a number, a date or a few words."""

    def __init__(self, answer_field: str, *, inputmode: str = "text", longest: int = 300) -> None:
        self.answer_field, self.inputmode, self.longest = answer_field, inputmode, longest

    def answer(self, content: Content, layout: Layout, entered: Entered) -> dict[str, Any]:
        return {self.answer_field: first_of(entered.get("", []))}

    def entered(self, content: Content, layout: Layout, answer: Content) -> Entered:
        return {"": [str(answer[self.answer_field])]}

    def controls(self, name: str, content: Content, layout: Layout, entered: Entered) -> Controls:
        return Controls(
            "line",
            name,
            self.hint(content),
            value=first_of(entered.get("", [])),
            inputmode=self.inputmode,
            longest=self.longest,
        )

    def hint(self, content: Content) -> str:
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
        if self.answer_field == "number" and content.get("unit"):
            return _unit_hint(content["unit"])
        return hints.get(content.get("precision", self.answer_field), "")


def _unit_hint(unit: str) -> str:
    if unit.isupper():
        return _("An amount in %(currency)s.") % {"currency": unit}
    if unit == "percent":
        return _("A number, in per cent.")
    if unit.startswith("of "):
        return _("A number %(of_so_many)s.") % {"of_so_many": unit}
    return _("A number of %(units)s.") % {"units": plural(unit)}


class Text(Line):
    """A text of several lines, with a hint of how long it should be."""

    def __init__(self, *, rows: int, longest: int) -> None:
        super().__init__("text", longest=longest)
        self.rows = rows

    def controls(self, name: str, content: Content, layout: Layout, entered: Entered) -> Controls:
        value = first_of(entered.get("", []))
        return Controls("text", name, self.hint(content), value=value, longest=self.longest, rows=self.rows)

    def hint(self, content: Content) -> str:
        least, most = words_asked(content)
        words = {"least": least, "most": most}
        if least and most:
            return _("%(least)d to %(most)d words. Your teacher reads and marks it.") % words
        if most:
            return _("At most %(most)d words. Your teacher reads and marks it.") % words
        if least:
            return _("At least %(least)d words. Your teacher reads and marks it.") % words
        return _("Your teacher reads and marks it.")
