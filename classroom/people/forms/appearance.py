"""How the pages look, and which language they speak."""

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from classroom.common.layout import one_button
from classroom.people.appearance import Appearance
from classroom.people.models import Theme

# Each in its own words: whoever looks for theirs may not read the one that stands.
_OWN_NAMES = [(code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES]


class AppearanceForm(forms.Form):
    """Language, colours and spacing."""

    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("", _("As the browser is set")), *_OWN_NAMES],
        required=False,
        help_text=_("Films' kits come in the language that they were written in; their key terms are translated."),
    )
    theme = forms.ChoiceField(label=_("Colours"), choices=Theme, required=False, widget=forms.RadioSelect)
    wide_spacing = forms.BooleanField(
        label=_("Wide spacing"),
        required=False,
        help_text=_("Letters, words and lines stand further apart. Some readers, with dyslexia or without, like that."),
    )
    # Where to go back to; the view believes nothing of it but an address of this site.
    next = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they are
        self.helper = one_button(self, _("Save"))

    def chosen(self) -> Appearance:
        data = self.cleaned_data
        return Appearance(data["language"], Theme(data["theme"]), data["wide_spacing"])
