from allauth.account.forms import SignupForm
from django import forms
from django.utils.translation import gettext_lazy as _


class TeacherSignupForm(SignupForm):  # type: ignore[misc]  # allauth ships no types
    """A teacher's own sign-up, where the site allows it."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    field_order = ["name", "email", "username", "password1"]
