"""What is typed: a line, or a text of several."""

from typing import Any

from quizzes.bank.hints import line_hint, text_hint
from quizzes.delivery.inputs.base import Content, Controls, Entered, Input, first_of
from quizzes.delivery.layouts import Layout


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
        return line_hint(self.answer_field, content)


class Text(Line):
    """A text of several lines, with a hint of how long it should be."""

    def __init__(self, *, rows: int, longest: int) -> None:
        super().__init__("text", longest=longest)
        self.rows = rows

    def controls(self, name: str, content: Content, layout: Layout, entered: Entered) -> Controls:
        value = first_of(entered.get("", []))
        return Controls("text", name, self.hint(content), value=value, longest=self.longest, rows=self.rows)

    def hint(self, content: Content) -> str:
        return text_hint(content)
