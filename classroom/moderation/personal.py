"""What moderation keeps about people: who is at which post."""

from django.utils.translation import gettext_lazy as _

from classroom.common.data_inventory import TEACHING, Erase, Field, Keep, Kind, Table, nothing
from classroom.moderation.models import Claim

TABLES = [
    Table(
        Claim,
        _("Posts that somebody is deciding on"),
        {
            **nothing("id", "post"),
            "by": Field(Kind.IDENTITY, "Who is at it, so that no other moderator does the same work."),
            "at": Field(Kind.EDUCATION, "Since when; after some minutes it is anybody's again."),
        },
        readers=TEACHING,
        keep=Keep.CLASS,
        erase=Erase.DELETE,
        whose="by",
        in_class="post__thread__assignment__section",
    ),
]
