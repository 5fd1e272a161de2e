"""Who teaches a class."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from classroom.common.layout import one_button
from classroom.people.models import STAFF_ROLES, Role


class StaffForm(forms.Form):
    """Somebody who is to teach or help in a class: a colleague with an account, or one who gets an invitation."""

    who = forms.CharField(
        label=_("Who"),
        max_length=254,
        help_text=_("The user name or e-mail address of a teacher at this site."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    role = forms.ChoiceField(label=_("As"), choices=STAFF_ROLES, initial=Role.ASSISTANT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = one_button(self, _("Add"))


class ClassInvitationForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("Leave empty to hand over the link yourself.")
    )
    role = forms.ChoiceField(label=_("As"), choices=STAFF_ROLES, initial=Role.ASSISTANT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = one_button(self, _("Invite"))


class RoleForm(forms.Form):
    """What one person who teaches a class is in it."""

    role = forms.ChoiceField(label=_("Role"), choices=STAFF_ROLES)
    is_contact = forms.BooleanField(label=_("Safeguarding contact"), required=False)
