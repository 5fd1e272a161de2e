"""The room in the admin panel: whether notices leave, and never whose they are or what they are about.

Told of a reply, one would know who wrote under which pseudonym.
"""

from django.contrib import admin
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from classroom.common.admin import KEPT_AS_IT_WAS, ReadOnlyAdmin
from classroom.notices.models import MailChoice, Notice


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin[Notice]):
    note = KEPT_AS_IT_WAS
    list_display = ["__str__", "section", "kind", "day", "settled"]
    list_filter = ["kind", ("settled_at", admin.EmptyFieldListFilter), "section"]
    list_select_related = ["section"]
    search_fields = ["section__name", "kind"]
    fields = ["section", "kind", "day", "settled"]
    ordering = [TruncDate("at").desc(), "section", "kind"]
    sortable_by = ()

    @admin.display(description=_("day"))
    def day(self, notice: Notice) -> object:
        return notice.at.date()

    @admin.display(description=_("mailed, or found not to be"), boolean=True)
    def settled(self, notice: Notice) -> bool:
        return notice.settled_at is not None


@admin.register(MailChoice)
class MailChoiceAdmin(ReadOnlyAdmin[MailChoice]):
    note = KEPT_AS_IT_WAS
    list_display = ["user", "when"]
    list_filter = ["when"]
    list_select_related = ["user"]
    search_fields = ["user__username", "user__name"]
