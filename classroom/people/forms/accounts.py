"""Accounts: joining, and passwords."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from classroom.common.layout import one_button
from classroom.common.text import visible_name
from classroom.people.models import User


class JoinForm(forms.Form):
    """The first step of joining: the code."""

    code = forms.CharField(
        label=_("Join code"),
        max_length=20,
        help_text=_("Eight letters and digits from your teacher, such as BCDF-2345."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = one_button(self, _("Go on"))


class NewAccountForm(forms.Form):
    """A name to go by, a user name and a password: what an account here needs, and no more."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        help_text=_("You sign in with it. Letters, digits and . _ - only; choose one that you will remember."),
        validators=User._meta.get_field("username").validators,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("Eight characters or more. Three or four words that only you would put together are good."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, button: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = one_button(self, button)

    def clean_name(self) -> str:
        name = visible_name(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(_("A name needs at least one letter that can be seen."))
        return name

    def clean_username(self) -> str:
        username: str = User.normalize_username(self.cleaned_data["username"])
        if User.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError(_("That user name is taken. Try adding a word or a number."))
        return username

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("password"):
            person = User(username=cleaned.get("username", ""), name=cleaned.get("name", ""))
            try:
                validate_password(cleaned["password"], person)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return cleaned

    def name_is_taken(self) -> None:
        """Somebody took the user name between the check and the saving."""
        self.add_error("username", _("That user name is taken. Try adding a word or a number."))


class NewPasswordForm(forms.Form):
    password = forms.CharField(
        label=_("New password"),
        help_text=_("Words that the student can type: at least eight characters. It is shown to you only here."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, student: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.student = student
        self.helper = one_button(self, _("Set this password"))

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.student)
        return password
