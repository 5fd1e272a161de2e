"""What the log keeps about people."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from classroom.audit.models import AuditEvent
from classroom.common.data_inventory import Erase, Erasing, Field, Keep, Kind, Table, nothing

USER = "classroom.user"
# By which a detail names a person. Whoever adds another one adds it here.
PEOPLE_IN_DETAIL = ("user", "student", "person")


def forget(erasing: Erasing) -> int:
    """The log goes on telling what was done and when, and no more to whom or by whom."""
    if not erasing.whole:
        return 0
    about = Q(subject_type=USER, subject_id=erasing.person)
    theirs = Q(by=erasing.person) | about
    for name in PEOPLE_IN_DETAIL:
        theirs |= Q(**{f"detail__{name}": erasing.person})
    changed = list(AuditEvent.objects.filter(theirs).values_list("pk", flat=True))
    AuditEvent.objects.filter(about).update(subject_id=0)
    AuditEvent.objects.filter(pk__in=changed).update(by=None, detail={})
    return len(changed)


TABLES = [
    Table(
        AuditEvent,
        _("Who did what, and when: the log"),
        {
            **nothing("id", "subject_type"),
            "kind": Field(Kind.TECHNICAL, "What was done: for security, and as the record of disclosures."),
            "subject_id": Field(
                Kind.TECHNICAL, "To which row it was done; an account's number goes.", erase=Erase.CLEAR
            ),
            "by": Field(Kind.IDENTITY, "Who did it.", erase=Erase.CLEAR, copied=False),
            "at": Field(Kind.TECHNICAL, "When it was done."),
            "detail": Field(Kind.TECHNICAL, "Ids and numbers that belong to it.", erase=Erase.CLEAR, copied=False),
        },
        keep=Keep.AUDIT,
        age="at",
        by_hand=forget,
    ),
]
