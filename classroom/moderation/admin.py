"""The room in the admin panel."""

from django.contrib import admin

from classroom.common.admin import KEPT_AS_IT_WAS, ReadOnlyAdmin
from classroom.moderation.models import Claim


@admin.register(Claim)
class ClaimAdmin(ReadOnlyAdmin[Claim]):
    note = KEPT_AS_IT_WAS
    list_display = ["post", "by", "at"]
    list_filter = ["post__thread__assignment__section"]
    list_select_related = ["post", "by"]
    search_fields = ["by__name", "by__username"]
