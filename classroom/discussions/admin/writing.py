"""What is written in threads, in the admin panel."""

from django.contrib import admin
from django.db.models import QuerySet
from django.db.models.functions import TruncDate
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from classroom.common.admin import KEPT_AS_IT_WAS, ReadOnlyAdmin
from classroom.discussions.admin.sealing import moment, unless_sealed
from classroom.discussions.models import Draft, Post, PostRevision, PostSource, ThreadVisit


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
        return unless_sealed(post.thread, post.author)

    @admin.display(description=_("written"))
    def written(self, post: Post) -> str:
        return moment(post.thread, post.created_at)

    @admin.display(description=_("edited"))
    def edited(self, post: Post) -> str:
        return moment(post.thread, post.edited_at)

    @admin.display(description=_("published"))
    def published(self, post: Post) -> str:
        return moment(post.thread, post.published_at)


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
        return moment(revision.post.thread, revision.written_at)

    @admin.display(description=_("replaced"))
    def replaced(self, revision: PostRevision) -> str:
        return moment(revision.post.thread, revision.replaced_at)


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
