"""How each type of question is asked on a page without a script, and how what was sent is read again.

What a student has entered travels as ``Entered``: the values of each field by the field's suffix, "" for the question's
own field. It holds the page's tokens, so that a page can be shown again with all that was typed, right or wrong.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol

from django.utils.translation import gettext as _

from classroom.library.values import plural
from quizzes.delivery.layouts import Layout
from quizzes.grading import BadAnswer

Content = Mapping[str, Any]
Entered = dict[str, list[str]]


class Sent(Protocol):
    """Posted data, of which only this is asked."""

    def getlist(self, key: str) -> list[str]: ...


@dataclass(frozen=True)
class Option:
    """Something to tick, or an entry of a select."""

    value: str
    text: str
    chosen: bool
    id: str = ""


@dataclass(frozen=True)
class Select:
    id: str
    name: str
    label: str
    options: list[Option]


@dataclass(frozen=True)
class Controls:
    """What a question shows to be answered with: ticks, selects or one line of text. ``kind`` names its template."""

    kind: str
    name: str
    hint: str = ""
    options: list[Option] = field(default_factory=list)
    selects: list[Select] = field(default_factory=list)
    value: str = ""
    unit: str = ""
    inputmode: str = "text"
    longest: int = 300


class Input(ABC):
    """One way of asking."""

    def suffixes(self, layout: Layout) -> list[str]:
        """The suffixes of the fields that the question has on the page."""
        return [""]

    def read(self, name: str, layout: Layout, sent: Sent) -> Entered:
        """What was sent for a question; never an error, whatever it is."""
        return {suffix: sent.getlist(field_name(name, suffix)) for suffix in self.suffixes(layout)}

    @abstractmethod
    def answer(self, layout: Layout, entered: Entered) -> dict[str, Any]:
        """What was entered in the shape that ``grading.clean_answer`` takes. Raises BadAnswer."""

    @abstractmethod
    def entered(self, layout: Layout, answer: Content) -> Entered:
        """A stored answer as the page shows it."""

    @abstractmethod
    def controls(self, name: str, content: Content, layout: Layout, entered: Entered) -> Controls:
        """What the page shows."""


def field_name(name: str, suffix: str) -> str:
    return f"{name}-{suffix}" if suffix else name


def _first(values: list[str]) -> str:
    return values[0] if values else ""


def _texts(content: Content, part: str) -> dict[str, str]:
    return {entry["id"]: entry["text"] for entry in content.get(part, [])}


class Tick(Input):
    """Options to tick: one of them (``choice``, ``which-source``) or any number (``multiple``)."""

    def __init__(self, *, many: bool) -> None:
        self.many = many

    def answer(self, layout: Layout, entered: Entered) -> dict[str, Any]:
        chosen = [layout.id_of("options", token) for token in entered.get("", []) if token]
        if self.many:
            return {"options": chosen}
        if len(chosen) > 1:
            raise BadAnswer("One option is asked for.")
        return {"option": _first(chosen)}

    def entered(self, layout: Layout, answer: Content) -> Entered:
        chosen = answer["options"] if self.many else [answer["option"]]
        return {"": [layout.token_of("options", option) for option in chosen]}

    def controls(self, name: str, content: Content, layout: Layout, entered: Entered) -> Controls:
        texts, chosen = _texts(content, "options"), entered.get("", [])
        options = [
            Option(place.token, texts[place.id], place.token in chosen, f"{name}-{place.token}")
            for place in layout.places("options")
        ]
        kind, hint = ("checkbox", _("Tick all that are right.")) if self.many else ("radio", "")
        return Controls(kind, name, hint, options=options)


class TrueOrFalse(Input):
    values: ClassVar = {"true": True, "false": False, "": None}

    def answer(self, layout: Layout, entered: Entered) -> dict[str, Any]:
        sent = _first(entered.get("", []))
        if sent not in self.values:
            raise BadAnswer("The answer is neither true nor false.")
        return {"value": self.values[sent]}

    def entered(self, layout: Layout, answer: Content) -> Entered:
        return {"": ["true" if answer["value"] else "false"]}

    def controls(self, name: str, content: Content, layout: Layout, entered: Entered) -> Controls:
        chosen = entered.get("", [])
        words = {"true": _("True"), "false": _("False")}
        options = [Option(value, text, value in chosen, f"{name}-{value}") for value, text in words.items()]
        return Controls("radio", name, options=options)


class Line(Input):
    """One line of text: a number, a date or a few words."""

    def __init__(self, answer_field: str, *, inputmode: str = "text", longest: int = 300) -> None:
        self.answer_field, self.inputmode, self.longest = answer_field, inputmode, longest

    def answer(self, layout: Layout, entered: Entered) -> dict[str, Any]:
        return {self.answer_field: _first(entered.get("", []))}

    def entered(self, layout: Layout, answer: Content) -> Entered:
        return {"": [str(answer[self.answer_field])]}

    def controls(self, name: str, content: Content, layout: Layout, entered: Entered) -> Controls:
        return Controls(
            "line",
            name,
            self.hint(content),
            value=_first(entered.get("", [])),
            unit=content.get("unit", ""),
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


class Match(Input):
    """A select for each prompt."""

    def suffixes(self, layout: Layout) -> list[str]:
        return [place.token for place in layout.places("prompts")]

    def answer(self, layout: Layout, entered: Entered) -> dict[str, Any]:
        chosen = {prompt: _first(entered.get(prompt, [])) for prompt in self.suffixes(layout)}
        return {
            "pairs": {
                layout.id_of("prompts", prompt): layout.id_of("options", option)
                for prompt, option in chosen.items()
                if option
            }
        }

    def entered(self, layout: Layout, answer: Content) -> Entered:
        return {
            layout.token_of("prompts", prompt): [layout.token_of("options", option)]
            for prompt, option in answer["pairs"].items()
        }

    def controls(self, name: str, content: Content, layout: Layout, entered: Entered) -> Controls:
        prompts, options = _texts(content, "prompts"), _texts(content, "options")
        selects = [
            Select(
                f"{name}-{prompt.token}",
                field_name(name, prompt.token),
                prompts[prompt.id],
                [
                    Option(option.token, options[option.id], option.token in entered.get(prompt.token, []))
                    for option in layout.places("options")
                ],
            )
            for prompt in layout.places("prompts")
        ]
        return Controls("selects", name, _("Choose what goes with each."), selects=selects)


class Order(Input):
    """A select of its place for each item. Some may still lack one; two may not share one."""

    def suffixes(self, layout: Layout) -> list[str]:
        return [place.token for place in layout.places("items")]

    def answer(self, layout: Layout, entered: Entered) -> dict[str, Any]:
        sent = {item: _first(entered.get(item, [])) for item in self.suffixes(layout)}
        known = {str(place) for place in range(1, len(sent) + 1)}
        placed = {item: place for item, place in sent.items() if place}
        if not known.issuperset(placed.values()):
            raise BadAnswer("A place is named that the question does not have.")
        if len(set(placed.values())) < len(placed):
            raise BadAnswer(_("Two items have the same place. Give each its own."))
        order = sorted(placed, key=lambda item: int(placed[item]))
        return {"order": [layout.id_of("items", item) for item in order]}

    def entered(self, layout: Layout, answer: Content) -> Entered:
        return {layout.token_of("items", item): [str(place)] for place, item in enumerate(answer["order"], 1)}

    def controls(self, name: str, content: Content, layout: Layout, entered: Entered) -> Controls:
        items = _texts(content, "items")
        places = [str(place) for place in range(1, len(items) + 1)]
        selects = [
            Select(
                f"{name}-{item.token}",
                field_name(name, item.token),
                items[item.id],
                [Option(place, place, place in entered.get(item.token, [])) for place in places],
            )
            for item in layout.places("items")
        ]
        return Controls("selects", name, _("Choose a place for each: 1 comes first."), selects=selects)


INPUTS: dict[str, Input] = {
    "choice": Tick(many=False),
    "which-source": Tick(many=False),
    "multiple": Tick(many=True),
    "true-false": TrueOrFalse(),
    "numeric": Line("number", longest=64),
    "date": Line("date"),
    "short": Line("text"),
    "matching": Match(),
    "ordering": Order(),
}
