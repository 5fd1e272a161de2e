"""The room in the admin panel. Posts, pseudonyms and decisions are there to be looked at, never changed.

Sealed names stay out of it: not in a column, not on a page, and neither a search nor an address can ask for them.
"""

from datetime import datetime

from django.contrib import admin
from django.db.models import QuerySet
from django.db.models.functions import TruncDate
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from classroom.common.admin import FROM_THE_KIT, KEPT_AS_IT_WAS, NamedLookupsAdmin, ReadOnlyAdmin
from classroom.discussions.models import (
    Concern,
    Decision,
    Draft,
    Flag,
    Guideline,
    Mute,
    NameOpening,
    Post,
    PostAppeal,
    PostRevision,
    PostSource,
    Prompt,
    Pseudonym,
    TalkSettings,
    Task,
    Thread,
    ThreadVisit,
)
from classroom.people.models import User


@admin.register(Prompt)
class PromptAdmin(ReadOnlyAdmin[Prompt]):
    note = FROM_THE_KIT
    list_display = ["key", "film", "age_band", "attribution", "retired_at"]
    list_filter = ["film", "age_band", ("retired_at", admin.EmptyFieldListFilter)]
    list_select_related = ["film"]
    search_fields = ["key", "text", "attribution"]


@admin.register(Guideline)
class GuidelineAdmin(ReadOnlyAdmin[Guideline]):
    note = FROM_THE_KIT
    list_display = ["title", "film", "position", "retired_at"]
    list_filter = ["film", ("retired_at", admin.EmptyFieldListFilter)]
    list_select_related = ["film"]
    search_fields = ["key", "title", "text"]


@admin.register(Thread)
class ThreadAdmin(NamedLookupsAdmin[Thread]):
    """Teachers set threads; here one can be locked, and posts be held or let through."""

    list_display = ["assignment", "group", "prompt", "names", "policy", "locked_at"]
    list_filter = ["names", "policy", "together", ("locked_at", admin.EmptyFieldListFilter), "assignment__section"]
    list_select_related = ["assignment", "group", "prompt"]
    search_fields = ["assignment__title", "assignment__section__name", "prompt__key"]
    fields = [
        "assignment",
        "together",
        "group",
        "student",
        "prompt",
        "names",
        "policy",
        "edit_minutes",
        "locked_at",
        "slow_minutes",
    ]
    # What was promised about names when students wrote is kept.
    readonly_fields = ["assignment", "together", "group", "student", "prompt", "names"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Thread | None = None) -> bool:
        # What students wrote hangs on it: its assignment is withdrawn, not deleted.
        return False


@admin.register(Task)
class TaskAdmin(ReadOnlyAdmin[Task]):
    note = _("For looking at: teachers change what a thread asks on the thread's own page.")
    list_display = ["assignment", "own_words", "replies", "sources", "post_first", "most_posts"]
    list_filter = ["post_first", "assignment__section"]
    list_select_related = ["assignment"]
    search_fields = ["assignment__title"]


@admin.register(Pseudonym)
class PseudonymAdmin(ReadOnlyAdmin[Pseudonym]):
    note = KEPT_AS_IT_WAS
    list_display = ["name", "thread", "student"]
    list_filter = ["thread__names", "thread__assignment__section"]
    search_fields = ["name", "thread__assignment__title"]
    fields = ["name", "thread", "student"]
    # By name: the order in which they were drawn is the order in which students came.
    ordering = ["thread", "name"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Pseudonym]:
        return super().get_queryset(request).select_related("thread", "user")

    @admin.display(description=_("student"))
    def student(self, pseudonym: Pseudonym) -> str:
        return _unless_sealed(pseudonym.thread, pseudonym.user)


@admin.register(NameOpening)
class NameOpeningAdmin(ReadOnlyAdmin[NameOpening]):
    """That somebody asked, and what came of it; whose name it is, is not said here."""

    note = KEPT_AS_IT_WAS
    list_display = ["__str__", "thread", "state", "asked_by", "asked_at", "answered_by", "answered_at"]
    list_filter = ["state", "pseudonym__thread__assignment__section"]
    list_select_related = ["pseudonym__thread", "asked_by", "answered_by"]
    search_fields = ["pseudonym__thread__assignment__title"]
    fields = ["thread", "reason", "state", "asked_by", "asked_at", "answered_by", "answered_at"]

    @admin.display(description=_("thread"))
    def thread(self, opening: NameOpening) -> str:
        return str(opening.pseudonym.thread)


@admin.register(PostRevision)
class PostRevisionAdmin(ReadOnlyAdmin[PostRevision]):
    note = KEPT_AS_IT_WAS
    list_display = ["post", "revision", "replaced"]
    list_filter = ["post__thread__assignment__section"]
    list_select_related = ["post__thread"]
    search_fields = ["body"]
    fields = ["post", "revision", "body", "written", "replaced"]

    @admin.display(description=_("written"))
    def written(self, revision: PostRevision) -> str:
        return _moment(revision.post.thread, revision.written_at)

    @admin.display(description=_("replaced"))
    def replaced(self, revision: PostRevision) -> str:
        return _moment(revision.post.thread, revision.replaced_at)


@admin.register(PostSource)
class PostSourceAdmin(ReadOnlyAdmin[PostSource]):
    note = KEPT_AS_IT_WAS
    list_display = ["post", "fact", "passage"]
    list_filter = ["post__thread__assignment__section"]
    list_select_related = ["post", "fact", "passage"]
    search_fields = ["fact__statement", "passage__source__title"]


@admin.register(Draft)
class DraftAdmin(ReadOnlyAdmin[Draft]):
    """That there is a draft, and for which thread: its text and its author are nobody's to see."""

    note = KEPT_AS_IT_WAS
    list_display = ["__str__", "thread"]
    list_select_related = ["thread__assignment"]
    search_fields = ["thread__assignment__title"]
    fields = ["thread"]


@admin.register(ThreadVisit)
class ThreadVisitAdmin(ReadOnlyAdmin[ThreadVisit]):
    note = KEPT_AS_IT_WAS
    list_display = ["user", "thread", "at"]
    list_filter = ["thread__assignment__section"]
    list_select_related = ["user", "thread"]
    search_fields = ["user__username", "thread__assignment__title"]


@admin.register(Post)
class PostAdmin(ReadOnlyAdmin[Post]):
    note = KEPT_AS_IT_WAS
    list_display = ["__str__", "thread", "written_by", "state", "written", "published"]
    list_filter = ["state", "thread__names", "thread__assignment__section"]
    search_fields = ["body", "thread__assignment__title"]
    date_hierarchy = "created_at"
    fields = [
        "thread",
        "written_by",
        "parent",
        "body",
        "state",
        "revision",
        "written",
        "edited",
        "published",
    ]
    # By day, and then by what they say: the order in which they came tells who wrote them, as the minute does.
    ordering = [TruncDate("created_at").desc(), "thread", "body"]
    sortable_by = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Post]:
        return super().get_queryset(request).select_related("thread", "author")

    @admin.display(description=_("author"))
    def written_by(self, post: Post) -> str:
        return _unless_sealed(post.thread, post.author)

    @admin.display(description=_("written"))
    def written(self, post: Post) -> str:
        return _moment(post.thread, post.created_at)

    @admin.display(description=_("edited"))
    def edited(self, post: Post) -> str:
        return _moment(post.thread, post.edited_at)

    @admin.display(description=_("published"))
    def published(self, post: Post) -> str:
        return _moment(post.thread, post.published_at)


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
        return _moment(concern.post.thread, concern.at)


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
        return _moment(flag.post.thread, flag.at)


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
        return _moment(appeal.decision.post.thread, appeal.at)

    @admin.display(description=_("answered"))
    def answered(self, appeal: PostAppeal) -> str:
        return _moment(appeal.decision.post.thread, appeal.answered_at)


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
        return _unless_sealed(mute.thread, mute.user) if mute.thread else mute.user.get_username()

    @admin.display(description=_("until"))
    def until_when(self, mute: Mute) -> str:
        return date_format(localtime(mute.until), "DATE_FORMAT")

    @admin.display(description=_("lifted"))
    def lifted(self, mute: Mute) -> str:
        return date_format(localtime(mute.lifted_at), "DATE_FORMAT") if mute.lifted_at else ""


@admin.register(TalkSettings)
class TalkSettingsAdmin(NamedLookupsAdmin[TalkSettings]):
    list_display = ["section", "policy", "first_posts"]
    list_filter = ["policy"]
    list_select_related = ["section"]
    search_fields = ["section__name"]
    fields = ["section", "policy", "first_posts", "flags_to_hide", "frozen_at", "freeze_in_quiz"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        # A class's teachers make them on its page.
        return False

    def has_delete_permission(self, request: HttpRequest, obj: TalkSettings | None = None) -> bool:
        return False


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
        return _moment(decision.post.thread, decision.seen_at)


def _unless_sealed(thread: Thread, person: User) -> str:
    return str(_("sealed")) if thread.names == Thread.Names.SEALED else person.get_username()


def _moment(thread: Thread, at: datetime | None) -> str:
    """When something was done; the day alone where names are sealed, since the minute tells who was there."""
    if at is None:
        return ""
    shown = localtime(at)
    return date_format(shown, "DATE_FORMAT" if thread.names == Thread.Names.SEALED else "DATETIME_FORMAT")
