"""The room in the admin panel. Posts, pseudonyms and decisions are there to be looked at, never changed.

Sealed names stay out of it: not in a column, not on a page, and neither a search nor an address can ask for them.
"""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from classroom.common.admin import FROM_THE_KIT, KEPT_AS_IT_WAS, ReadOnlyAdmin, Row
from classroom.discussions.models import Decision, Guideline, Post, Prompt, Pseudonym, Thread
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
class ThreadAdmin(admin.ModelAdmin[Thread]):
    """Teachers set threads; here one can be locked, and posts be held or let through."""

    list_display = ["assignment", "prompt", "names", "policy", "locked_at"]
    list_filter = ["names", "policy", ("locked_at", admin.EmptyFieldListFilter), "assignment__section"]
    list_select_related = ["assignment", "prompt"]
    search_fields = ["assignment__title", "assignment__section__name", "prompt__key"]
    fields = ["assignment", "prompt", "names", "policy", "locked_at"]
    # What was promised about names when students wrote is kept.
    readonly_fields = ["assignment", "prompt", "names"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Thread | None = None) -> bool:
        # What students wrote hangs on it: its assignment is withdrawn, not deleted.
        return False


class NamelessAdmin(ReadOnlyAdmin[Row]):
    """Rows whose people may be sealed. ``person`` names the field that is shown only where they are not."""

    note = KEPT_AS_IT_WAS
    person = ""

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        # ?author=7 in the address would list what Alice wrote under seal.
        return self.person not in lookup.split("__") and super().lookup_allowed(lookup, value, request)


@admin.register(Pseudonym)
class PseudonymAdmin(NamelessAdmin[Pseudonym]):
    person = "user"
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


@admin.register(Post)
class PostAdmin(NamelessAdmin[Post]):
    person = "author"
    list_display = ["__str__", "thread", "written_by", "state", "created_at", "published_at"]
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
        "created_at",
        "edited_at",
        "published_at",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Post]:
        return super().get_queryset(request).select_related("thread", "author")

    @admin.display(description=_("author"))
    def written_by(self, post: Post) -> str:
        return _unless_sealed(post.thread, post.author)


@admin.register(Decision)
class DecisionAdmin(NamelessAdmin[Decision]):
    person = "author"
    list_display = ["post", "kind", "rule", "by", "at", "seen_at"]
    list_filter = ["kind", "post__thread__assignment__section"]
    list_select_related = ["post", "rule", "by"]
    search_fields = ["reason", "text", "rule__title", "by__name", "by__username"]
    date_hierarchy = "at"
    fields = ["post", "revision", "kind", "text", "rule", "reason", "by", "at", "seen_at"]


def _unless_sealed(thread: Thread, person: User) -> str:
    return str(_("sealed")) if thread.names == Thread.Names.SEALED else person.get_username()
