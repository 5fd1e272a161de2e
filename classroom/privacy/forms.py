"""Forms for authorisations and erasures."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from classroom.common.layout import one_button
from classroom.privacy.models import Authorisation, ErasureRequest


class AuthorisationForm(forms.ModelForm[Authorisation]):
    class Meta:
        model = Authorisation
        fields = ["given_by", "basis", "given_on", "note"]
        widgets = {"given_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = one_button(self, _("Record it"))


class ErasureForm(forms.ModelForm[ErasureRequest]):
    """The first step: why the data should go."""

    class Meta:
        model = ErasureRequest
        fields = ["ground", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].help_text = _("For the admin who decides. It goes with the data.")
        self.helper = one_button(self, _("Ask for the erasure"))


class ConfirmForm(forms.Form):
    """The second step, which nobody takes by a slip of the hand."""

    username = forms.CharField(
        label=_("The student's user name"),
        help_text=_("Type it as it stands above. There is no way back."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, expected: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected
        self.helper = one_button(self, _("Erase now, for good"))

    def clean_username(self) -> str:
        typed: str = self.cleaned_data["username"]
        if typed.strip() != self.expected:
            raise forms.ValidationError(_("This is not the user name. Nothing was erased."))
        return typed


class RefuseForm(forms.Form):
    answer = forms.CharField(label=_("Why the data has to stay"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = one_button(self, _("Refuse"))
