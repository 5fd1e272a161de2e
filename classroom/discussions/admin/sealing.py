"""What of a row is shown where names are sealed."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from classroom.discussions.models import Thread
from classroom.people.models import User


def unless_sealed(thread: Thread, person: User) -> str:
    return str(_("sealed")) if thread.names == Thread.Names.SEALED else person.get_username()


def moment(thread: Thread, at: datetime | None) -> str:
    """When something was done; the day alone where names are sealed, since the minute tells who was there."""
    if at is None:
        return ""
    shown = localtime(at)
    return date_format(shown, "DATE_FORMAT" if thread.names == Thread.Names.SEALED else "DATETIME_FORMAT")
