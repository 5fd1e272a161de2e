"""What this site asks of accounts beyond the library."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.account.stages import EmailVerificationStage
from django.conf import settings
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse

from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.common import clock
from classroom.people.models import User


class VerifySignUps(EmailVerificationStage):  # type: ignore[misc]  # allauth ships no types
    """Holds back those who signed up by themselves until they have opened the link that was mailed to them.

    Everybody else is known already: students have no address, and an invited teacher came by a link of ours.
    """

    def handle(self) -> tuple[HttpResponse | None, bool]:
        user = self.login.user
        if user is not None and (user.last_login is not None or not EmailAddress.objects.filter(user=user).exists()):
            return None, True
        return super().handle()  # type: ignore[no-any-return]


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Nobody signs up without an invitation or a join code, unless the site lets teachers do so."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.TEACHER_SIGNUP)

    def get_login_stages(self) -> list[str]:
        ours = f"{VerifySignUps.__module__}.{VerifySignUps.__qualname__}"
        return [ours if path.endswith(".EmailVerificationStage") else path for path in super().get_login_stages()]

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """An address that is typed is tried once.

        The library tries what may be either as an address, as a user name and as an address again: a wrong password for
        a known address was hashed twice, for an unknown one once, and the time told them apart.
        """
        if credentials.get("email") == credentials.get("username"):
            credentials.pop("email", None)
        found: User | None = super().authenticate(request, **credentials)
        return found

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:
        """A teacher who signs up by themselves; until the address is verified, the account opens nothing."""
        user.name = form.cleaned_data["name"]
        user.is_teacher = True
        saved: User = super().save_user(request, user, form, commit=commit)
        audit.record(AuditEvent.Kind.TEACHER_SIGNED_UP, by=None, subject=saved, at=clock.now())
        return saved

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        if user.is_demo and not settings.DEMO:
            # Its password was printed on a terminal: outside the demo it opens nothing.
            return self.respond_user_inactive(request, user)  # type: ignore[no-any-return]
        if user.is_sample:
            return self.respond_user_inactive(request, user)  # type: ignore[no-any-return]
        return super().pre_login(request, user, **kwargs)  # type: ignore[no-any-return]
