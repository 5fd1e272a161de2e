"""What was decided, reported and appealed, in the admin panel."""

from django.contrib import admin
from django.db.models.functions import TruncDate
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from classroom.common.admin import KEPT_AS_IT_WAS, ReadOnlyAdmin
from classroom.discussions.admin.sealing import moment, unless_sealed
from classroom.discussions.models import Concern, Decision, Flag, Mute, PostAppeal


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin[Decision]):
    note = KEPT_AS_IT_WAS
    list_display = ["post", "kind", "rule", "by", "at", "seen"]
    list_filter = ["kind", "post__thread__assignment__section"]
    list_select_related = ["post__thread", "rule", "by"]
    search_fields = ["reason", "text", "rule__title", "by__name", "by__username"]
    date_hierarchy = "at"
    fields = ["post", "revision", "kind", "text", "rule", "about", "reason", "by", "at", "seen"]

    @admin.display(description=_("seen by the author"))
    def seen(self, decision: Decision) -> str:
        return moment(decision.post.thread, decision.seen_at)


@admin.register(Flag)
class FlagAdmin(ReadOnlyAdmin[Flag]):
    """That a post was reported, and what came of it; by whom is for the class's moderators."""

    note = KEPT_AS_IT_WAS
    list_display = ["post", "reason", "reported", "outcome"]
    list_filter = ["outcome", "reason", "post__thread__assignment__section"]
    list_select_related = ["post__thread"]
    search_fields = ["post__thread__assignment__title"]
    fields = ["post", "reason", "reported", "outcome", "decision"]
    # As with posts: by day, and then by no order that tells who was there.
    ordering = [TruncDate("at").desc(), "post__thread", "text"]
    sortable_by = ()

    @admin.display(description=_("at"))
    def reported(self, flag: Flag) -> str:
        return moment(flag.post.thread, flag.at)


@admin.register(PostAppeal)
class PostAppealAdmin(ReadOnlyAdmin[PostAppeal]):
    note = KEPT_AS_IT_WAS
    list_display = ["decision", "made", "outcome", "answered_by", "by_the_same"]
    list_filter = ["outcome", "by_the_same", "decision__post__thread__assignment__section"]
    list_select_related = ["decision__post__thread", "answered_by"]
    search_fields = ["words", "answer", "rule__title"]
    fields = ["decision", "words", "made", "outcome", "rule", "answer", "answered_by", "answered", "by_the_same"]
    ordering = [TruncDate("at").desc(), "decision__post__thread", "words"]
    sortable_by = ()

    @admin.display(description=_("at"))
    def made(self, appeal: PostAppeal) -> str:
        return moment(appeal.decision.post.thread, appeal.at)

    @admin.display(description=_("answered"))
    def answered(self, appeal: PostAppeal) -> str:
        return moment(appeal.decision.post.thread, appeal.answered_at)


@admin.register(Mute)
class MuteAdmin(ReadOnlyAdmin[Mute]):
    note = KEPT_AS_IT_WAS
    list_display = ["__str__", "student", "section", "thread", "until_when", "lifted"]
    list_filter = ["section"]
    list_select_related = ["user", "section", "thread__assignment"]
    search_fields = ["section__name"]
    fields = ["student", "section", "thread", "until_when", "reason", "by", "lifted", "lifted_by"]
    # As with posts: by no order and no time of day that tells who was muted under seal.
    ordering = [TruncDate("at").desc(), "section", "reason"]
    sortable_by = ()

    @admin.display(description=_("student"))
    def student(self, mute: Mute) -> str:
        return unless_sealed(mute.thread, mute.user) if mute.thread else mute.user.get_username()

    @admin.display(description=_("until"))
    def until_when(self, mute: Mute) -> str:
        return date_format(localtime(mute.until), "DATE_FORMAT")

    @admin.display(description=_("lifted"))
    def lifted(self, mute: Mute) -> str:
        return date_format(localtime(mute.lifted_at), "DATE_FORMAT") if mute.lifted_at else ""


@admin.register(Concern)
class ConcernAdmin(ReadOnlyAdmin[Concern]):
    """That there was one, and who took care of it; the text and the name are for those who look after the class."""

    note = KEPT_AS_IT_WAS
    list_display = ["post", "is_threat", "noticed", "seen_by"]
    list_filter = ["is_threat", "post__thread__assignment__section"]
    list_select_related = ["post__thread", "seen_by"]
    search_fields = ["post__thread__assignment__title"]
    fields = ["post", "revision", "is_threat", "noticed", "seen_by"]
    # As with posts: by day, and then by no order that tells who wrote.
    ordering = [TruncDate("at").desc(), "post__thread", "text"]
    sortable_by = ()

    @admin.display(description=_("at"))
    def noticed(self, concern: Concern) -> str:
        return moment(concern.post.thread, concern.at)
