"""What the pages of this room share."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.common import clock
from classroom.people.access import SignedInRequest
from classroom.people.models import Section, User
from classroom.privacy import actions
from classroom.privacy.copying import as_zip, copy_of
from classroom.privacy.forms import ErasureForm


def download(person: User, *, by: User, section: Section | None = None) -> HttpResponse:
    """A copy of a record as a file, whose name tells nobody's; that it was taken is in the log."""
    at = clock.now()
    sections = None if section is None else frozenset({section.pk})
    content = as_zip(copy_of(person, at=at, sections=sections, own=person == by))
    detail = {"section": None if section is None else section.pk, "own": person == by}
    audit.record(AuditEvent.Kind.RECORD_COPIED, by=by, subject=person, at=at, detail=detail)
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="record-{person.pk}-{at:%Y-%m-%d}.zip"'
    return response


def ask_for_erasure(request: SignedInRequest, person: User, form: ErasureForm) -> None:
    """Make the request, or say why there is none."""
    try:
        actions.ask_for_erasure(person=person, by=request.user, at=clock.now(), **form.cleaned_data)
    except actions.AlreadyAsked:
        messages.info(request, _("Somebody has asked already. An admin will decide."))
    except actions.NotErasable as error:
        messages.error(request, error.reason)
    else:
        messages.success(request, _("An admin will decide. Until then nothing changes."))
