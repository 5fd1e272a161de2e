"""The form that everybody signs in with."""

from typing import Any

from allauth.account.forms import LoginForm


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth ships no types
    """The library's, whose first field says what to type: “Login” is a word of ours for cards, and of nobody else's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.fields["login"]
        name.label = name.widget.attrs.pop("placeholder")


class SignInAgainForm(SignInForm):
    """Without the way to a new password, which would lead away from the page that keeps what was written."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
