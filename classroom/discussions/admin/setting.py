"""Prompts, rules, threads and what they ask, in the admin panel."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from classroom.common.admin import FROM_THE_KIT, NamedLookupsAdmin, ReadOnlyAdmin
from classroom.discussions.models import Guideline, Prompt, TalkSettings, Task, Thread


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
