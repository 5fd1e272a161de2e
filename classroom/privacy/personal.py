"""What this room and the libraries' tables keep about people."""

from django.utils.translation import gettext_lazy as _

from classroom.common.data_inventory import (
    ONLY_ADMINS,
    TEACHING,
    Erase,
    Erasing,
    Field,
    Keep,
    Kind,
    Table,
    by_staff,
    impersonal,
    nothing,
)
from classroom.privacy import others
from classroom.privacy.models import Authorisation, ErasureRequest, LegalHold, RetentionRun, Tombstone


def forget_requests(erasing: Erasing) -> int:
    """Earlier requests, refused ones too, stay as proof and tell no longer whom they were about."""
    if not erasing.whole:
        return 0
    return ErasureRequest.objects.filter(person=erasing.person).update(person=None, note="", answer="")


TABLES: list[Table] = [
    Table(
        ErasureRequest,
        _("Requests to erase a student's data, and the proof that it was done"),
        {
            **nothing("id", "counts"),
            "person": Field(Kind.IDENTITY, "Whose data should go; empty once it has gone.", erase=Erase.CLEAR),
            "ground": Field(Kind.TECHNICAL, "Why.", erase=Erase.KEEP),
            "note": Field(Kind.EXPRESSION, "What else is to say; empty once it is done.", erase=Erase.CLEAR),
            "asked_by": by_staff("Which teacher or admin asked."),
            "asked_at": Field(Kind.TECHNICAL, "When.", erase=Erase.KEEP),
            "state": Field(Kind.TECHNICAL, "What became of it.", erase=Erase.KEEP),
            "decided_by": by_staff("Which admin decided."),
            "decided_at": Field(Kind.TECHNICAL, "When.", erase=Erase.KEEP),
            "answer": Field(Kind.EXPRESSION, "Why it was refused.", erase=Erase.CLEAR),
        },
        readers=ONLY_ADMINS,
        keep=Keep.AUDIT,
        age="decided_at",
        by_hand=forget_requests,
    ),
    Table(
        LegalHold,
        _("Legal holds"),
        {
            **nothing("id", "section"),
            "person": Field(Kind.IDENTITY, "Whose data must stay for now."),
            "reason": Field(Kind.EXPRESSION, "Why.", copied=False),
            "placed_by": by_staff("Which admin placed it."),
            "placed_at": Field(Kind.TECHNICAL, "When.", copied=False),
            "lifted_by": by_staff("Which admin lifted it."),
            "lifted_at": Field(Kind.TECHNICAL, "When.", copied=False),
        },
        readers=ONLY_ADMINS,
        keep=Keep.AUDIT,
        age="lifted_at",
        erase=Erase.DELETE,
        whose="person",
    ),
    Table(
        Authorisation,
        _("Who allowed that the kit is used with a class"),
        {
            **nothing("id", "section", "basis", "given_on", "recorded_at", "withdrawn_at"),
            "given_by": Field(Kind.IDENTITY, "Who allowed it, by their office.", erase=Erase.KEEP),
            "note": Field(Kind.EXPRESSION, "Where the paper is.", erase=Erase.KEEP),
            "recorded_by": by_staff("Which teacher recorded it."),
        },
        readers=TEACHING,
        keep=Keep.AUDIT,
        age="withdrawn_at",
    ),
    Table(
        Tombstone,
        _("By which an erased account is known again after a restore"),
        {
            **nothing("id", "salt", "erased_at"),
            "digest": Field(
                Kind.TECHNICAL, "A salted hash of the account's number and age; no name.", erase=Erase.KEEP
            ),
        },
        readers=ONLY_ADMINS,
        keep=Keep.AUDIT,
        age="erased_at",
    ),
    impersonal(
        RetentionRun, _("Runs of retention"), "id", "at", "dry_run", "is_whole", "counts", "people_held", "classes_held"
    ),
    *others.TABLES,
]
