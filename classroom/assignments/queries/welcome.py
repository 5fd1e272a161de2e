"""What somebody who is new here is shown on their home page: three steps, or what the site lacks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from classroom.assignments import samples
from classroom.assignments.queries.home import SectionLine, StudentHome
from classroom.library.models import Film
from classroom.people.models import Invitation, Membership, Section, User


@dataclass(frozen=True)
class TeacherWelcome:
    """``sample`` is the sample class that is there already."""

    can_try: bool
    sample: Section | None
    film: Film | None


def teacher_welcome(user: User, lines: Sequence[SectionLine], films: Sequence[Film]) -> TeacherWelcome | None:
    """For a teacher without a class of their own who has not put it away; it asks the database nothing."""
    if not user.is_teacher or user.welcome_closed or any(not line.section.is_sample for line in lines):
        return None
    return TeacherWelcome(
        can_try=samples.can_make(films),
        sample=next((line.section for line in lines), None),
        film=next(iter(films), None),
    )


def is_new_student(user: User, home: StudentHome) -> bool:
    """Until they put the welcome away, or have done something."""
    return not user.welcome_closed and not home.done


@dataclass(frozen=True)
class Matter:
    """Something that an admin sets up: how it stands, and where to go for it."""

    # None where only people know.
    is_done: bool | None
    title: str
    state: str
    url: str
    link: str


def set_up(films: Sequence[Film], at: datetime) -> list[Matter]:
    """How the site stands, for its admin; in four queries."""
    return [_kits(films), _teachers(at), _mail(), _safeguarding(), _copies()]


def _kits(films: Sequence[Film]) -> Matter:
    return Matter(
        bool(films),
        _("A film's kit"),
        ", ".join(film.title for film in films) or _("None is loaded."),
        reverse("kits:load"),
        _("Load a kit"),
    )


def _teachers(at: datetime) -> Matter:
    teachers = User.objects.filter(is_teacher=True, is_active=True).count()
    invited = Invitation.objects.open(at).filter(section=None).count()
    return Matter(
        teachers > 0,
        _("Teachers"),
        ngettext("%(count)d teacher has an account.", "%(count)d teachers have accounts.", teachers)
        % {"count": teachers}
        + " "
        + ngettext("%(count)d invitation is open.", "%(count)d invitations are open.", invited) % {"count": invited},
        reverse("admin:classroom_invitation_add"),
        _("Invite a teacher"),
    )


def _mail() -> Matter:
    is_sent = settings.EMAIL_BACKEND.endswith("smtp.EmailBackend")
    return Matter(
        is_sent,
        _("E-mail"),
        _("Mails go out by %(host)s.") % {"host": settings.EMAIL_HOST}
        if is_sent
        else _("No mail server is set, so mails go to the log. The panel shows each invitation's link to hand over."),
        reverse("classroom:health"),
        _("Health"),
    )


def _safeguarding() -> Matter:
    classes = Section.objects.current().filter(is_sample=False)
    contacts = Membership.objects.current().filter(is_safeguarding_contact=True)
    total, without = classes.count(), classes.exclude(pk__in=contacts.values("section")).count()
    if not total:
        state = _("There is no class yet. On the page of its people, each class names whom it turns to when worried.")
    elif without:
        state = ngettext(
            "%(count)d class names nobody to turn to when something worries them.",
            "%(count)d classes name nobody to turn to when something worries them.",
            without,
        ) % {"count": without}
    else:
        state = _("Every class names somebody to turn to when something worries them.")
    return Matter(
        bool(total) and not without,
        _("Safeguarding"),
        state,
        reverse("admin:classroom_section_changelist"),
        _("Classes"),
    )


def _copies() -> Matter:
    # A backup is a file that leaves the server: only people know whether it is made each night and kept.
    return Matter(
        None,
        _("Backups"),
        _("Have the server run “lights-up backup FILE” each night, and try a restore once."),
        reverse("classroom:health"),
        _("Health"),
    )
