"""Requests, holds and authorisations, for those who may see them."""

from datetime import datetime

from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from classroom.common import data_inventory
from classroom.people.models import Membership, Role, Section, User
from classroom.privacy.models import Authorisation, ErasureRequest, LegalHold, RetentionRun


def why_not_erasable(person: User) -> str:
    """Why this person's data has to stay now, as a sentence; "" where it may go."""
    if person.is_teacher or person.is_staff or person.is_stand_in:
        return _("This is not a student's account. A teacher's account is made inactive in the admin panel.")
    if Membership.objects.current().filter(user=person).exclude(role=Role.STUDENT).exists():
        return _("This person teaches or assists in a class. Take them out of it first.")
    if person.lessons.exists():
        return _("This person has lessons of their own from when they taught: other classes may work with them.")
    if LegalHold.objects.over(person).exists():
        return _("The data is under a legal hold, and stays until an admin lifts it.")
    return ""


def get_person(person_id: int) -> User:
    """Anybody with an account, for an admin; else 404."""
    return get_object_or_404(User, pk=person_id, is_stand_in=False)


def get_student_of(section: Section, student_id: int) -> User:
    """A student who is or was in the class; else 404. Whoever has left may have their data taken out, too."""
    places = Membership.objects.filter(section=section, role=Role.STUDENT, user__is_stand_in=False)
    return get_object_or_404(User, pk__in=places.values("user"), pk=student_id)


def find_person(username: str) -> User | None:
    return User.objects.filter(username__iexact=username.strip(), is_stand_in=False).first()


def get_waiting_erasure(request_id: int) -> ErasureRequest:
    """A request that nobody has decided, with its person; else 404."""
    return get_object_or_404(
        ErasureRequest.objects.waiting().filter(person__isnull=False).select_related("person", "asked_by"),
        pk=request_id,
    )


def waiting_erasures() -> list[ErasureRequest]:
    return list(ErasureRequest.objects.waiting().select_related("person", "asked_by"))


def waiting_erasure_of(person: User) -> ErasureRequest | None:
    return ErasureRequest.objects.waiting().filter(person=person).first()


def past_erasures(most: int = 20) -> list[ErasureRequest]:
    return list(ErasureRequest.objects.exclude(state=ErasureRequest.State.WAITING).select_related("decided_by")[:most])


def standing_holds() -> list[LegalHold]:
    return list(LegalHold.objects.standing().select_related("person", "section", "placed_by"))


def last_runs(most: int = 10) -> list[RetentionRun]:
    return list(RetentionRun.objects.all()[:most])


def last_count(*, since: datetime) -> RetentionRun | None:
    """The last run, if it was a dry one and not before then: what was counted is what is there."""
    last = RetentionRun.objects.first()
    return last if last is not None and last.dry_run and last.at >= since else None


def lines_of(run: RetentionRun | None) -> list[tuple[str | Promise, int]]:
    """What a run has counted, by what each table is about."""
    about = {table.label: table.about for table in data_inventory.tables()}
    return [(about.get(label, label), count) for label, count in run.counts.items()] if run else []


def authorisations_of(section: Section) -> list[Authorisation]:
    return list(Authorisation.objects.filter(section=section).select_related("recorded_by"))


def get_authorisation(section: Section, authorisation_id: int) -> Authorisation:
    """One of this class that stands; else 404."""
    return get_object_or_404(
        Authorisation.objects.standing().select_related("section"), pk=authorisation_id, section=section
    )
