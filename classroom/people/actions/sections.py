"""What changes a class itself."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.people import copying, handover
from classroom.people.actions import members
from classroom.people.copying import WorkPlan
from classroom.people.models import JoinCode, Membership, Role, Section, User, new_join_code

JOIN_CODE_LASTS = timedelta(days=30)


def create_section(*, name: str, time_zone: str, by: User, at: datetime, key: UUID | None = None) -> Section:
    """Make a class with its teacher and a join code.

    ``key`` goes with one showing of a form: the same class, sent twice by the same person, is made once.
    """
    return _made_once(name, time_zone, by, at, key)[0]


@transaction.atomic
def _made_once(name: str, time_zone: str, by: User, at: datetime, key: UUID | None) -> tuple[Section, bool]:
    """A new class, or the one that the form with this key has made; and whether it is new."""
    stored = _made_before(key, by)
    if stored is None:
        try:
            with transaction.atomic():
                return _make(name, time_zone, by, at, key), True
        except IntegrityError:
            # The same form, sent twice at the same moment.
            stored = _made_before(key, by)
    if stored is None or (stored.name, stored.time_zone) != (name, time_zone):
        # Somebody went back to the form and wrote another class into it.
        return _make(name, time_zone, by, at, None), True
    return stored, False


def _made_before(key: UUID | None, by: User) -> Section | None:
    own = Membership.objects.current().filter(user=by, role=Role.TEACHER)
    return Section.objects.filter(key=key, pk__in=own.values("section")).first() if key else None


def _make(name: str, time_zone: str, by: User, at: datetime, key: UUID | None) -> Section:
    section = Section.objects.create(name=name, time_zone=time_zone, created_at=at, key=key)
    Membership.objects.create(section=section, user=by, role=Role.TEACHER, joined_at=at)
    JoinCode.objects.create(section=section, created_at=at, expires_at=at + JOIN_CODE_LASTS)
    audit.record(AuditEvent.Kind.SECTION_CREATED, by=by, subject=section, at=at)
    return section


@transaction.atomic
def renew_join_code(*, section: Section, by: User, at: datetime) -> JoinCode:
    """Revoke the class's code and make another."""
    # The class's row is the lock: two renewals at once leave one code in use.
    Section.objects.select_for_update().get(pk=section.pk)
    JoinCode.objects.filter(section=section, revoked_at__isnull=True).update(revoked_at=at)
    code = JoinCode.objects.create(
        section=section, code=new_join_code(), created_at=at, expires_at=at + JOIN_CODE_LASTS
    )
    audit.record(AuditEvent.Kind.CODE_RENEWED, by=by, subject=section, at=at)
    return code


@transaction.atomic
def change_section(
    *, section: Section, name: str, time_zone: str, assistants_grade: bool, by: User, at: datetime
) -> None:
    """Give the class another name or time zone, or say what assistants may do.

    Times that are set stay the moments that they are.
    """
    section.name, section.time_zone, section.assistants_grade = name, time_zone, assistants_grade
    section.save(update_fields=["name", "time_zone", "assistants_grade"])
    audit.record(AuditEvent.Kind.SECTION_CHANGED, by=by, subject=section, at=at)


@transaction.atomic
def archive_section(*, section: Section, by: User, at: datetime) -> None:
    """Close the class: its students no longer see it, and nobody changes anything in it."""
    if Section.objects.current().filter(pk=section.pk).update(archived_at=at):
        JoinCode.objects.filter(section=section, revoked_at__isnull=True).update(revoked_at=at)
        audit.record(AuditEvent.Kind.SECTION_ARCHIVED, by=by, subject=section, at=at)


@transaction.atomic
def reopen_section(*, section: Section, by: User, at: datetime) -> None:
    """Bring the class back as it was, without a join code until somebody makes one."""
    if Section.objects.filter(pk=section.pk, archived_at__isnull=False).update(archived_at=None):
        audit.record(AuditEvent.Kind.SECTION_REOPENED, by=by, subject=section, at=at)


@transaction.atomic
def copy_section(
    *,
    section: Section,
    name: str,
    time_zone: str,
    with_staff: bool,
    work: WorkPlan | None,
    by: User,
    at: datetime,
    key: UUID | None = None,
) -> Section:
    """The class for a new year, with no student in it yet; ``with_staff``, those who teach the old one teach it too.

    ``work`` is what comes along of what the old class is set (``copying``), where anything does; ``key`` is as with a
    new class.
    """
    made, is_new = _made_once(name, time_zone, by, at, key)
    if not is_new:
        return made
    staff = Membership.objects.current().filter(section=section).exclude(role=Role.STUDENT).exclude(user=by)
    Membership.objects.bulk_create(
        Membership(
            section=made,
            user_id=each.user_id,
            role=each.role,
            joined_at=at,
            is_safeguarding_contact=each.is_safeguarding_contact,
        )
        for each in (staff if with_staff else ())
    )
    own = Membership.objects.filter(section=section, user=by, is_safeguarding_contact=True)
    Membership.objects.filter(section=made, user=by).update(is_safeguarding_contact=own.exists())
    if work is not None:
        copying.copy_work(work, section, made, by=by, at=at)
    audit.record(AuditEvent.Kind.SECTION_COPIED, by=by, subject=made, at=at, detail={"from": section.pk})
    return made


@transaction.atomic
def hand_over(*, leaving: User, to: User, with_own: bool, by: User, at: datetime) -> list[Section]:
    """Make a colleague teacher of each class that somebody teaches, archived ones too, and end that person's place.

    Who assists in a class is left: it has its teacher. ``with_own`` says whether the lessons, questions and quizzes
    that the person has made become the colleague's too.
    """
    handed = []
    places = Membership.objects.filter(user=leaving, role=Role.TEACHER, ended_at__isnull=True)
    for place in places.select_related("section"):
        members.add_staff(section=place.section, user=to, role=Role.TEACHER, by=by, at=at)
        if place.is_safeguarding_contact:
            new = Membership.objects.get(section=place.section, user=to)
            members.set_safeguarding(membership=new, is_contact=True, by=by, at=at)
        place.ended_at = at
        place.save(update_fields=["ended_at"])
        audit.record(
            AuditEvent.Kind.SECTION_HANDED_OVER,
            by=by,
            subject=place.section,
            at=at,
            detail={"user": leaving.pk, "to": to.pk},
        )
        handed.append(place.section)
    passed = handover.pass_on(leaving, to) if with_own else {}
    if passed:
        audit.record(
            AuditEvent.Kind.OWN_THINGS_HANDED_OVER, by=by, subject=leaving, at=at, detail={"to": to.pk, **passed}
        )
    return handed
