"""Form layout shared by all rooms, on crispy-forms."""

import uuid
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.functional import Promise


def one_button(form: forms.BaseForm, label: str | Promise) -> FormHelper:
    """A helper that shows the form's fields and one button, with errors above the fields."""
    helper = FormHelper(form)
    helper.add_input(Submit("submit", label))
    # The page says what is wrong, not the browser's bubbles, which vanish and are not always read aloud.
    helper.attrs = {"novalidate": True}
    helper.form_error_title = ""
    return helper


def plain_fields(form: forms.BaseForm) -> FormHelper:
    """A helper for a form that stands inside a larger one: its fields alone, without a form tag."""
    helper = FormHelper(form)
    helper.form_tag = False
    helper.disable_csrf = True
    return helper


def status_of(form: forms.BaseForm) -> int:
    """The reply's status: 422 where the form comes back with what is wrong."""
    return 422 if form.is_bound and form.errors else 200


class KeyField(forms.UUIDField):
    """A key that goes with one showing of a form, so that sending it twice does once what it asks."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)

    def clean(self, value: Any) -> uuid.UUID:
        """A form without a key, or with something that is none, is like no other."""
        try:
            return super().clean(value) or uuid.uuid4()
        except forms.ValidationError:
            return uuid.uuid4()
