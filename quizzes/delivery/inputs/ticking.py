"""Options to tick."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _

from quizzes.delivery.inputs.base import Content, Controls, Entered, Input, Option, first_of, texts_of
from quizzes.delivery.layouts import Layout
from quizzes.grading import BadAnswer


class Tick(Input):
    """Options to tick: one of them (``choice``, ``which-source``) or any number (``multiple``)."""

    def __init__(self, *, many: bool) -> None:
        self.many = many

    def answer(self, content: Content, layout: Layout, entered: Entered) -> dict[str, Any]:
        chosen = [layout.id_of("options", token) for token in entered.get("", []) if token]
        if self.many:
            return {"options": chosen}
        if len(chosen) > 1:
            raise BadAnswer("One option is asked for.")
        return {"option": first_of(chosen)}

    def entered(self, content: Content, layout: Layout, answer: Content) -> Entered:
        chosen = answer["options"] if self.many else [answer["option"]]
        return {"": [layout.token_of("options", option) for option in chosen]}

    def controls(self, name: str, content: Content, layout: Layout, entered: Entered) -> Controls:
        texts, chosen = texts_of(content, "options"), entered.get("", [])
        options = [
            Option(place.token, texts[place.id], place.token in chosen, f"{name}-{place.token}")
            for place in layout.places("options")
        ]
        kind, hint = ("checkbox", _("Tick all that are right.")) if self.many else ("radio", "")
        return Controls(kind, name, hint, options=options)


class TrueOrFalse(Input):
    values: ClassVar = {"true": True, "false": False, "": None}

    def answer(self, content: Content, layout: Layout, entered: Entered) -> dict[str, Any]:
        sent = first_of(entered.get("", []))
        if sent not in self.values:
            raise BadAnswer("The answer is neither true nor false.")
        return {"value": self.values[sent]}

    def entered(self, content: Content, layout: Layout, answer: Content) -> Entered:
        return {"": ["true" if answer["value"] else "false"]}

    def controls(self, name: str, content: Content, layout: Layout, entered: Entered) -> Controls:
        chosen = entered.get("", [])
        words = {"true": _("True"), "false": _("False")}
        options = [Option(value, text, value in chosen, f"{name}-{value}") for value, text in words.items()]
        return Controls("radio", name, options=options)
