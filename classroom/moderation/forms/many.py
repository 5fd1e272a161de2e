"""Forms for deciding on many posts at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, QueryDict

from classroom.common.layout import plain_fields
from classroom.discussions.models import Decision, Guideline
from classroom.moderation.forms.deciding import reason_field, rule_field, set_rules

# More than a page of the queue shows.
MOST_AT_ONCE = 100


@dataclass(frozen=True)
class Picked:
    """What is to be done, and with which revisions of which posts (by post id)."""

    kind: Decision.Kind
    revisions: dict[int, int]

    @classmethod
    def from_post(cls, sent: QueryDict) -> "Picked":
        """404 for what no page of ours sends."""
        try:
            kind = Decision.Kind(sent.get("act", ""))
            pairs = [each.split(":") for each in sent.getlist("post")]
            revisions = {_number(post): _number(revision) for post, revision in pairs}
        except ValueError as wrong:
            raise Http404 from wrong
        if kind == Decision.Kind.UNDONE or len(revisions) > MOST_AT_ONCE:
            raise Http404
        return cls(kind, revisions)

    @property
    def values(self) -> list[str]:
        """As the form sends them again."""
        return [f"{post}:{revision}" for post, revision in self.revisions.items()]


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 18):
        raise ValueError(text)
    return int(text)


class ManyForm(forms.Form):
    """The rule and the reason that the authors of several posts are told."""

    rule = rule_field()
    reason = reason_field()

    def __init__(self, data: Any = None, *, rules: Sequence[Guideline]) -> None:
        super().__init__(data)
        set_rules(self, rules)
        self.helper = plain_fields(self)
