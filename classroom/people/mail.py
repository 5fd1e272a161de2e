"""Mail about accounts. It leaves from the task worker, after the change that it speaks of is kept."""

from functools import partial

from django.core.mail import send_mail
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tasks import task

from classroom.common import clock
from classroom.people.models import Invitation


def site_of(request: HttpRequest) -> str:
    """The address that this request came to, which ALLOWED_HOSTS has checked."""
    return f"{request.scheme}://{request.get_host()}"


def invitation_link(invitation: Invitation, site: str) -> str:
    """The link that opens the invitation; ``site`` is the address that people reach us at, such as https://school.example."""
    return f"{site}{reverse('classroom:invitation', args=[invitation.token])}"


def send_invitation(invitation: Invitation, site: str) -> None:
    """Mail the invitation's link, where it has an e-mail address, once this transaction is kept."""
    if invitation.email:
        # The link itself stays out of the queue: whoever read the database could open the account.
        transaction.on_commit(partial(mail_invitation.enqueue, invitation.pk, site))


@task()
def mail_invitation(invitation_id: int, site: str) -> None:
    """Send one invitation, if it is still open by the time that the worker comes to it."""
    invitation = Invitation.objects.open(clock.now()).filter(pk=invitation_id).exclude(email="").first()
    if invitation is None:
        return
    text = render_to_string(
        "classroom/people/invitation_mail.txt",
        {"name": invitation.name, "link": invitation_link(invitation, site), "expires_at": invitation.expires_at},
    )
    send_mail(_("Your invitation to Lights Up"), text, None, [invitation.email])
