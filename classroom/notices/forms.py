from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from classroom.common.layout import one_button
from classroom.notices.models import MailChoice


class MailForm(forms.Form):
    """When somebody hears by e-mail."""

    when = forms.ChoiceField(label=_("By e-mail"), choices=MailChoice.When.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = one_button(self, _("Save"))
