"""The part of a post's form in which facts and passages are looked for and ticked; ``_sources.html`` shows it."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from classroom.discussions.queries import Place
from classroom.discussions.sources import AT_MOST, Offered, by_refs, find

_LONGEST = 200


class Attaching(forms.Form):
    """``attached`` is what is ticked; ``found`` what a search has found besides, to be ticked."""

    attached: Sequence[Offered] = ()
    found: Sequence[Offered] = ()
    looked_for = ""

    def take(self, refs: Sequence[str], place: Place) -> None:
        """Tick what these references name, as far as this person may attach it to a post of the thread."""
        self.attached = by_refs(place.thread.prompt.film, refs, for_teacher=place.for_staff) if refs else []

    def look(self, data: QueryDict, place: Place) -> None:
        """Look in the ledger for what was typed; what is ticked stays ticked."""
        self.take(data.getlist("sources"), place)
        self.looked_for = data.get("look", "").replace("\x00", "").strip()[:_LONGEST]
        ticked = {each.ref for each in self.attached}
        offered = find(place.thread.prompt.film, self.looked_for, for_teacher=place.for_staff)
        self.found = [each for each in offered if each.ref not in ticked]

    def clean(self) -> None:
        if len(self.attached) > AT_MOST:
            self.add_error(
                None,
                _("A post rests on %(most)d facts and passages at most. Untick those that matter least.")
                % {"most": AT_MOST},
            )
