"""What goes together, and in which order."""

from typing import Any

from django.utils.translation import gettext as _

from quizzes.delivery.inputs.base import (
    Content,
    Controls,
    Entered,
    Input,
    Option,
    Select,
    field_name,
    first_of,
    texts_of,
)
from quizzes.delivery.layouts import Layout
from quizzes.grading import BadAnswer


class Match(Input):
    """A select for each prompt."""

    def suffixes(self, layout: Layout) -> list[str]:
        return [place.token for place in layout.places("prompts")]

    def answer(self, content: Content, layout: Layout, entered: Entered) -> dict[str, Any]:
        chosen = {prompt: first_of(entered.get(prompt, [])) for prompt in self.suffixes(layout)}
        return {
            "pairs": {
                layout.id_of("prompts", prompt): layout.id_of("options", option)
                for prompt, option in chosen.items()
                if option
            }
        }

    def entered(self, content: Content, layout: Layout, answer: Content) -> Entered:
        return {
            layout.token_of("prompts", prompt): [layout.token_of("options", option)]
            for prompt, option in answer["pairs"].items()
        }

    def controls(self, name: str, content: Content, layout: Layout, entered: Entered) -> Controls:
        prompts, options = texts_of(content, "prompts"), texts_of(content, "options")
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

    def answer(self, content: Content, layout: Layout, entered: Entered) -> dict[str, Any]:
        sent = {item: first_of(entered.get(item, [])) for item in self.suffixes(layout)}
        known = {str(place) for place in range(1, len(sent) + 1)}
        placed = {item: place for item, place in sent.items() if place}
        if not known.issuperset(placed.values()):
            raise BadAnswer("A place is named that the question does not have.")
        if len(set(placed.values())) < len(placed):
            raise BadAnswer(_("Two items have the same place. Give each its own."))
        order = sorted(placed, key=lambda item: int(placed[item]))
        return {"order": [layout.id_of("items", item) for item in order]}

    def entered(self, content: Content, layout: Layout, answer: Content) -> Entered:
        return {layout.token_of("items", item): [str(place)] for place, item in enumerate(answer["order"], 1)}

    def controls(self, name: str, content: Content, layout: Layout, entered: Entered) -> Controls:
        items = texts_of(content, "items")
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
