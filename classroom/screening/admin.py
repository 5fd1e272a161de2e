"""The room in the admin panel: here a site's own list is kept."""

from django.contrib import admin
from django.http import HttpRequest

from classroom.common import clock
from classroom.common.admin import FROM_THE_KIT, NamedLookupsAdmin, ReadOnlyAdmin
from classroom.screening.models import FilmWords, WatchedWord


@admin.register(WatchedWord)
class WatchedWordAdmin(NamedLookupsAdmin[WatchedWord]):
    """Without a class a word holds for all; classes keep lists of their own on their pages."""

    list_display = ["word", "action", "section", "added_by", "added_at"]
    list_filter = ["action", ("section", admin.EmptyFieldListFilter)]
    list_select_related = ["section", "added_by"]
    search_fields = ["word", "section__name"]
    date_hierarchy = "added_at"
    fields = ["word", "action", "section"]

    def save_model(self, request: HttpRequest, obj: WatchedWord, form: object, change: bool) -> None:
        obj.added_by_id, obj.added_at = request.user.pk, clock.now()
        super().save_model(request, obj, form, change)


@admin.register(FilmWords)
class FilmWordsAdmin(ReadOnlyAdmin[FilmWords]):
    note = FROM_THE_KIT
    list_display = ["film", "kit_version"]
    list_select_related = ["film"]
    search_fields = ["film__title"]
