from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from classroom.common.admin import FROM_THE_KIT, ReadOnlyAdmin, ReadOnlyInline
from classroom.library.models import Citation, Conflict, Fact, Film, Passage, Reading, Source, Term, Topic


@admin.register(Film)
class FilmAdmin(ReadOnlyAdmin[Film]):
    note = FROM_THE_KIT
    list_display = ["title", "year", "key", "kit_version", "language"]
    search_fields = ["title", "key", "summary"]

    def view_on_site(self, film: Film) -> str:
        return reverse("classroom:film", args=[film.key])


@admin.register(Topic)
class TopicAdmin(ReadOnlyAdmin[Topic]):
    note = FROM_THE_KIT
    list_display = ["title", "key", "film", "position"]
    list_filter = ["film"]
    list_select_related = ["film"]
    search_fields = ["title", "key"]


@admin.register(Source)
class SourceAdmin(ReadOnlyAdmin[Source]):
    """From the kit too, save for one thing that is the school's to decide."""

    note = FROM_THE_KIT
    list_display = ["short_name", "title", "author", "publisher", "kind", "date", "film", "lines_for_students"]
    list_filter = ["film", "kind", "lines_for_students"]
    list_select_related = ["film"]
    search_fields = ["short_name", "title", "author", "publisher", "key"]

    def has_change_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:
        return admin.ModelAdmin.has_change_permission(self, request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Source | None = None) -> list[str]:
        return [field.name for field in Source._meta.fields if field.name not in {"id", "lines_for_students"}]

    def view_on_site(self, source: Source) -> str:
        return reverse("classroom:source", args=[source.film.key, source.key])


@admin.register(Passage)
class PassageAdmin(ReadOnlyAdmin[Passage]):
    note = FROM_THE_KIT
    list_display = ["source", "number", "is_attached", "sha256"]
    list_display_links = ["number"]
    list_filter = ["source__film", "source", ("text", admin.EmptyFieldListFilter)]
    list_select_related = ["source"]
    search_fields = ["sha256", "text", "source__short_name", "=number"]

    @admin.display(boolean=True, description=_("attached"))
    def is_attached(self, passage: Passage) -> bool:
        return bool(passage.text)


class CitationInline(ReadOnlyInline[Citation, Fact]):
    model = Citation
    fields = ["position", "passage", "says", "stance", "value", "unit"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Citation]:
        return super().get_queryset(request).select_related("passage")


@admin.register(Fact)
class FactAdmin(ReadOnlyAdmin[Fact]):
    note = FROM_THE_KIT
    list_display = ["key", "statement", "topic", "value_text", "standing", "nature", "use", "retired_at"]
    list_filter = [
        "film",
        "standing",
        "nature",
        "use",
        "value_type",
        ("retired_at", admin.EmptyFieldListFilter),
        "topic",
    ]
    list_select_related = ["topic"]
    search_fields = ["key", "statement", "subject", "attribute", "by"]
    inlines = [CitationInline]

    def view_on_site(self, fact: Fact) -> str:
        return reverse("classroom:fact", args=[fact.film.key, fact.key])


@admin.register(Citation)
class CitationAdmin(ReadOnlyAdmin[Citation]):
    note = FROM_THE_KIT
    list_display = ["fact", "source", "paragraph", "says", "stance"]
    list_filter = ["stance", "passage__source"]
    list_select_related = ["fact", "passage__source"]
    search_fields = ["fact__key", "says", "passage__source__short_name"]

    @admin.display(description=_("source"), ordering="passage__source")
    def source(self, citation: Citation) -> str:
        return citation.passage.source.short_name

    @admin.display(description=_("paragraph"), ordering="passage__number")
    def paragraph(self, citation: Citation) -> int:
        return citation.passage.number


class ReadingInline(ReadOnlyInline[Reading, Conflict]):
    model = Reading
    fields = ["position", "says"]


@admin.register(Conflict)
class ConflictAdmin(ReadOnlyAdmin[Conflict]):
    note = FROM_THE_KIT
    list_display = ["title", "key", "kind", "film", "retired_at"]
    list_filter = ["film", "kind", ("retired_at", admin.EmptyFieldListFilter)]
    list_select_related = ["film"]
    search_fields = ["title", "key", "why", "conclusion"]
    inlines = [ReadingInline]

    def view_on_site(self, conflict: Conflict) -> str:
        return reverse("classroom:conflict", args=[conflict.film.key, conflict.key])


@admin.register(Reading)
class ReadingAdmin(ReadOnlyAdmin[Reading]):
    note = FROM_THE_KIT
    list_display = ["says", "conflict", "position"]
    list_select_related = ["conflict"]
    search_fields = ["says", "conflict__title", "conflict__key"]


@admin.register(Term)
class TermAdmin(ReadOnlyAdmin[Term]):
    note = FROM_THE_KIT
    list_display = ["term", "chinese", "kind", "definition", "film", "retired_at"]
    list_filter = ["film", "kind", ("retired_at", admin.EmptyFieldListFilter)]
    list_select_related = ["film"]
    search_fields = ["term", "chinese", "key", "definition"]
