"""Forms for groups."""

import hashlib
import secrets
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from classroom.common.layout import one_button
from classroom.people.groups.actions import LEAST_TALKING, MOST_TALKING, fitting
from classroom.people.models import Membership

MOST_GROUPS = 40
SEEDS = 10_000


class GroupForm(forms.Form):
    """A group's name, and who is in it."""

    name = forms.CharField(label=_("Name"), max_length=80)
    # Carried by what takes the deletion of a drawn group back, and by no form that people see.
    draw = forms.UUIDField(required=False, widget=forms.HiddenInput)

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


class UndrawForm(forms.Form):
    """Which groups are to be deleted together: the mark that their draw gave them."""

    draw = forms.UUIDField()


class DrawForm(forms.Form):
    """New groups, filled at random: first shown, then, with the number of the draw and who was in it, made."""

    name = forms.CharField(label=_("Name"), max_length=70, help_text=_("Each group has it, and a number after it."))
    size = forms.TypedChoiceField(
        label=_("Students in a group"),
        coerce=int,
        empty_value=None,
        required=False,
        initial=5,
        choices=[(size, str(size)) for size in range(LEAST_TALKING, MOST_TALKING + 1)],
        help_text=_("About so many: everybody gets a place. A discussion goes best in groups of 4 to 8."),
    )
    number = forms.IntegerField(
        label=_("How many groups"),
        required=False,
        min_value=1,
        max_value=MOST_GROUPS,
        help_text=_("Only if you want just so many, of whatever size."),
    )
    seed = forms.IntegerField(
        label=_("Number of the draw"),
        required=False,
        min_value=0,
        help_text=_("Leave it empty for a new draw. The number of an earlier one deals the same students alike."),
    )

    def __init__(self, *args: Any, places: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "draw-%s", **kwargs})
        self.places = places

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not (data.get("size") or data.get("number") or self.errors):
            self.add_error("size", _("Say how many students are in a group, or how many groups there are."))
        return data

    def number_of_groups(self) -> int:
        number, size = self.cleaned_data["number"], self.cleaned_data["size"]
        return number or min(fitting(len(self.places), size), MOST_GROUPS)

    def names(self) -> list[str]:
        return [f"{self.cleaned_data['name']} {place}" for place in range(1, self.number_of_groups() + 1)]

    def drawn(self) -> int:
        given = self.cleaned_data["seed"]
        return secrets.randbelow(SEEDS) if given is None else int(given)

    def who(self) -> str:
        """A mark of the students who would be dealt now: of another class, it is another."""
        ids = ",".join(str(pk) for pk in sorted(place.pk for place in self.places))
        return hashlib.sha256(ids.encode()).hexdigest()[:16]

    def name_is_taken(self) -> None:
        self.add_error("name", _("The class has groups of that name. Choose another, or delete those first."))
