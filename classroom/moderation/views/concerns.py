"""A post that sounds as if somebody were in danger."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.common import clock
from classroom.discussions.models import Thread
from classroom.moderation import actions, queries
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.permissions import Permission


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.POST_MODERATE)
def concern(request: SignedInRequest, concern_id: int) -> HttpResponse:
    """The post, for the teachers of the class and its safeguarding contact; ``POST`` says that one takes care of it.

    Under a seal the name is shown to the safeguarding contact alone, and each time that it is shown is logged.
    """
    at = clock.now()
    found = queries.get_concern(request.user, concern_id)
    if request.method == "POST":
        if actions.take_care(concern=found, by=request.user, at=at):
            messages.success(request, _("Noted: you take care of it."))
        else:
            messages.info(request, _("Somebody takes care of it already."))
        return redirect("classroom:concern", found.pk)
    thread = found.post.thread
    sealed = thread.names == Thread.Names.SEALED
    contact = queries.is_contact(request.user, thread.assignment.section_id)
    if sealed and contact:
        actions.open_name(concern=found, by=request.user, at=at)
    page = {
        "concern": found,
        "assignment": thread.assignment,
        "section": thread.assignment.section,
        "name": found.post.author.name if contact or not sealed else "",
        "sealed": sealed,
        "trail": [(reverse("classroom:home"), _("Home")), ("", _("Please look at once"))],
    }
    return TemplateResponse(request, "classroom/moderation/concern.html", page)
