"""Forms for groups."""

import secrets
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from classroom.common.layout import one_button
from classroom.people.models import Membership

MOST_GROUPS = 40
SEEDS = 10_000


class GroupForm(forms.Form):
    """A group's name, and who is in it."""

    name = forms.CharField(label=_("Name"), max_length=80)

    def __init__(self, *args: Any, places: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._places = {str(place.pk): place for place in places}
        self.fields["members"] = forms.MultipleChoiceField(
            label=_("Members"),
            required=False,
            choices=[(ref, place.user.name) for ref, place in self._places.items()],
            widget=forms.CheckboxSelectMultiple,
        )
        self.helper = one_button(self, _("Save the group"))

    def members(self) -> list[Membership]:
        return [self._places[ref] for ref in self.cleaned_data["members"]]

    def name_is_taken(self) -> None:
        self.add_error("name", _("The class has a group of that name."))


class DrawForm(forms.Form):
    """So many new groups, filled at random."""

    name = forms.CharField(label=_("Name"), max_length=70, help_text=_("Each group has it, and a number after it."))
    number = forms.IntegerField(label=_("How many groups"), min_value=1, max_value=MOST_GROUPS)
    seed = forms.IntegerField(
        label=_("Number of the draw"),
        required=False,
        min_value=0,
        help_text=_("Leave it empty for a new draw. The number of an earlier one deals the same students alike."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "draw-%s", **kwargs})

    def drawn(self) -> int:
        given = self.cleaned_data["seed"]
        return secrets.randbelow(SEEDS) if given is None else int(given)

    def name_is_taken(self) -> None:
        self.add_error("name", _("The class has groups of that name. Choose another, or delete those first."))
