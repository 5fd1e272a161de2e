"""A text with gaps to be filled in."""

from typing import Any

from django.utils.translation import gettext as _

from quizzes.delivery.inputs.base import Content, Controls, Entered, Input, Piece, Select, field_name
from quizzes.delivery.inputs.lines import Line
from quizzes.delivery.inputs.ticking import Tick
from quizzes.delivery.layouts import Layout
from quizzes.grading import BadAnswer
from quizzes.grading.blanks import MARKER, Gap, gaps_of

GAP_INPUTS: dict[str, Input] = {
    "choice": Tick(many=False),
    "short": Line("text"),
    "numeric": Line("number", longest=64),
    "date": Line("date"),
}


class Gaps(Input):
    """A field in each gap: a select for a choice, else a line of text."""

    def suffixes(self, layout: Layout) -> list[str]:
        return [place.token for place in layout.places("gaps")]

    def answer(self, content: Content, layout: Layout, entered: Entered) -> dict[str, Any]:
        gaps, filled = gaps_of(content), {}
        for number, place in enumerate(layout.places("gaps"), 1):
            gap, values = gaps[place.id], entered.get(place.token, [])
            if not any(value.strip() for value in values):
                continue
            try:
                filled[place.id] = GAP_INPUTS[gap.type].answer(gap.content, layout.within(place.id), {"": values})
                gap.rules.clean(gap.content, filled[place.id])
            except BadAnswer as error:
                raise BadAnswer(_("Gap %(number)d: %(reason)s") % {"number": number, "reason": error}) from error
        return {"gaps": filled}

    def entered(self, content: Content, layout: Layout, answer: Content) -> Entered:
        gaps, found = gaps_of(content), {}
        for place in layout.places("gaps"):
            if place.id in answer["gaps"]:
                gap = gaps[place.id]
                inner = GAP_INPUTS[gap.type].entered(gap.content, layout.within(place.id), answer["gaps"][place.id])
                found[place.token] = inner[""]
        return found

    def controls(self, name: str, content: Content, layout: Layout, entered: Entered) -> Controls:
        gaps, token_of = gaps_of(content), {place.id: place.token for place in layout.places("gaps")}
        texts = MARKER.split(str(content["text"]))
        pieces = [
            Piece(before, number, _gap(field_name(name, token_of[gap_id]), gap, layout.within(gap_id), entered))
            for number, (before, (gap_id, gap)) in enumerate(zip(texts[::2], gaps.items(), strict=False), 1)
        ]
        return Controls("gaps", name, _("Fill in the gaps."), pieces=[*pieces, Piece(texts[-1])])


def _gap(name: str, gap: Gap, layout: Layout, entered: Entered) -> Controls:
    """The field of one gap. The options of a choice fold into a select, so that the sentence can still be read."""
    values = entered.get(name.rpartition("-")[2], [])
    controls = GAP_INPUTS[gap.type].controls(name, gap.content, layout, {"": values})
    if gap.type == "choice":
        select = Select(name, name, "", controls.options)
        return Controls("select", name, selects=[select])
    return controls
