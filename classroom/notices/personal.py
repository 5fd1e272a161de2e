"""What notices keep about people."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from classroom.common.data_inventory import NOBODY, SELF, Erase, Field, Keep, Kind, Table, nothing
from classroom.notices.models import MailChoice, Notice

TABLES = [
    Table(
        Notice,
        _("Notices"),
        {
            **nothing("id", "subject_id", "is_sealed"),
            "to": Field(Kind.IDENTITY, "Who was told.", NOBODY),
            "section": Field(Kind.EDUCATION, "In which class it happened.", shown="section__name"),
            "kind": Field(Kind.EDUCATION, "What sort of thing happened; its words are nowhere kept."),
            "at": Field(Kind.EDUCATION, "When."),
            "read_at": Field(Kind.TECHNICAL, "When the person read of it."),
            "batch": Field(Kind.TECHNICAL, "With which mail it left.", NOBODY, copied=False),
            "claimed_at": Field(Kind.TECHNICAL, "When that mail was made.", NOBODY, copied=False),
            "settled_at": Field(Kind.TECHNICAL, "When it was mailed, or found not to be."),
        },
        readers=SELF,
        keep=Keep.NOTICES,
        age="at",
        erase=Erase.DELETE,
        whose="to",
        in_class="section",
        sealed=Q(is_sealed=True),
    ),
    Table(
        MailChoice,
        _("How people hear by e-mail"),
        {
            **nothing("id"),
            "user": Field(Kind.IDENTITY, "Who has chosen."),
            "when": Field(Kind.TECHNICAL, "When they hear by e-mail, or that they do not."),
        },
        readers=SELF,
        keep=Keep.ACCOUNT,
        erase=Erase.DELETE,
        whose="user",
    ),
]
