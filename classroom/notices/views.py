"""A person's notices, and when they hear by e-mail."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from classroom.common import clock
from classroom.common.layout import status_of
from classroom.common.pages import page_of
from classroom.notices import actions, kinds, mail, queries
from classroom.notices.forms import MailForm
from classroom.notices.models import MailChoice, Notice
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.models import User

ON_A_PAGE = 50


@allow(Level.SIGNED_IN)
def notices(request: SignedInRequest) -> HttpResponse:
    rows, links = page_of(queries.notices_of(request.user), request.GET, size=ON_A_PAGE)
    found = queries.shown(request.user, rows)
    if links.of == 1:
        _forget_the_rest(request.user, [each.notice for each in found])
    page = {
        "rows": [(each, mail.link_to(each.notice)) for each in found],
        "any_unread": any(each.notice.read_at is None for each in found),
        "links": links,
        "trail": [(reverse("classroom:home"), _("Home")), ("", _("Notices"))],
    }
    return TemplateResponse(request, "classroom/notices/notices.html", page)


def _forget_the_rest(user: User, standing: list[Notice]) -> None:
    """What can no longer be told, or lies in a class that the person has left, is no news that waits for them."""
    unread = [each.pk for each in standing if each.read_at is None]
    if len(unread) != user.unread_notices:
        actions.mark_read(user=user, at=clock.now(), all_but=unread)


@allow(Level.SIGNED_IN)
def notice(request: SignedInRequest, notice_id: int) -> HttpResponse:
    """On to what a notice tells of; it is read by that."""
    row = get_object_or_404(queries.notices_of(request.user), pk=notice_id)
    if row.read_at is None:
        actions.mark_read(user=request.user, at=clock.now(), notices=[row.pk])
    found = queries.shown(request.user, [row])
    if not found:
        messages.info(request, _("What this notice told of is no longer there for you to read."))
        return redirect("classroom:notices")
    return redirect(found[0].line.url)


@allow(Level.SIGNED_IN, "POST")
def notices_read(request: SignedInRequest) -> HttpResponse:
    actions.mark_read(user=request.user, at=clock.now())
    messages.success(request, _("All are marked as read."))
    return redirect("classroom:notices")


@allow(Level.SIGNED_IN, "GET", "POST")
def notice_settings(request: SignedInRequest) -> HttpResponse:
    """When one hears by e-mail; for who has an address here."""
    form = MailForm(request.POST or None, initial={"when": queries.when_mailed(request.user)})
    if request.method == "POST" and request.user.email and form.is_valid():
        when = MailChoice.When(form.cleaned_data["when"])
        actions.choose(user_id=request.user.pk, when=when, at=clock.now())
        messages.success(request, _("Saved."))
        return redirect("classroom:notice_settings")
    page = {
        "form": form if request.user.email else None,
        "kinds": kinds.labels(),
        "hour": f"{mail.DIGEST_HOUR}:00",
        "trail": [(reverse("classroom:notices"), _("Notices")), ("", _("Notices by e-mail"))],
    }
    return TemplateResponse(request, "classroom/notices/settings.html", page, status=status_of(form))


@csrf_exempt  # mail programs send it by themselves (RFC 8058); the signed address is the key
@allow(Level.PUBLIC, "GET", "POST")
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the mails of whom the token names. Looking at the page changes nothing: mail programs look at addresses."""
    user_id = mail.user_of(token)
    if user_id is None or not queries.has_account(user_id):
        raise Http404
    if request.method == "POST":
        actions.choose(user_id=user_id, when=MailChoice.When.NONE, at=clock.now())
    return TemplateResponse(request, "classroom/notices/unsubscribe.html", {"done": request.method == "POST"})
