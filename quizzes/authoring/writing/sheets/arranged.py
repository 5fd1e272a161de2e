"""Pairs and orders."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from quizzes.authoring.writing import lines
from quizzes.authoring.writing.lines import Content, Key, Made, lines_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Help = str | _StrPromise
from quizzes.authoring.writing.sheets.base import Sheet, area, rule


class MatchingSheet(Sheet):
    pairs = area(_("Pairs"), _("One a line: father = Ai Qing"))
    extra = area(_("Options that go with nothing"), _("One a line."), rows=2, required=False)
    scoring = rule([("per-pair", _("Each pair by itself")), ("all-or-nothing", _("All or nothing"))])

    def typed(self, content: Content, key: Key) -> dict[str, Any]:
        options = {entry["id"]: entry["text"] for entry in content["options"]}
        pairs = [f"{entry['text']} = {options[key['pairs'][entry['id']]]}" for entry in content["prompts"]]
        extra = [text for option, text in options.items() if option not in key["pairs"].values()]
        return {"pairs": "\n".join(pairs), "extra": "\n".join(extra), "scoring": key.get("scoring", "per-pair")}

    def make(self, sent: dict[str, Any]) -> Made:
        return lines.matching(
            lines_of(sent["pairs"]), lines_of(sent["extra"]), scoring=sent["scoring"], before=self.old_content
        )


class OrderingSheet(Sheet):
    items = area(_("Items in their right order"), _("One a line; each student sees them shuffled."))
    scoring = rule(
        [
            ("adjacent-pairs", _("Neighbours that are kept")),
            ("position", _("Items in their right place")),
            ("all-or-nothing", _("All or nothing")),
        ]
    )

    def typed(self, content: Content, key: Key) -> dict[str, Any]:
        texts = {entry["id"]: entry["text"] for entry in content["items"]}
        ordered = "\n".join(texts[item] for item in key["order"])
        return {"items": ordered, "scoring": key.get("scoring", "adjacent-pairs")}

    def make(self, sent: dict[str, Any]) -> Made:
        return lines.ordering(lines_of(sent["items"]), scoring=sent["scoring"], before=self.old_content)
