"""Signing in again on the page that keeps what was sent too late."""

from typing import Any

from allauth.account.views import LoginView
from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from classroom.people.access import Level, allow
from classroom.people.resending import KEPT, Kept, opened
from classroom.people.signin import SignInAgainForm


class _SignInAgain(LoginView):  # type: ignore[misc]  # allauth ships no types
    template_name = "classroom/people/sign_in_again.html"

    def get_form_class(self) -> type[SignInAgainForm]:
        return SignInAgainForm

    @cached_property
    def kept(self) -> Kept | None:
        return opened(self.request.POST.get(KEPT, ""))

    def form_valid(self, form: BaseForm) -> HttpResponse:
        reply: HttpResponse = super().form_valid(form)
        user = self.request.user
        if self.kept is None or not user.is_authenticated:
            return reply
        if user.pk == self.kept.who:
            return TemplateResponse(self.request, "classroom/people/send_again.html", {"kept": self.kept})
        messages.info(self.request, _("What somebody else had written on this page before you is thrown away."))
        return reply

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "kept": self.kept}


@sensitive_post_parameters("password")
@allow(Level.PUBLIC, "POST")
def sign_in_again(request: HttpRequest) -> HttpResponse:
    """Whoever wrote it is shown what they wrote, to be sent; for anybody else it is gone."""
    reply: HttpResponse = _SignInAgain.as_view()(request)
    return reply
