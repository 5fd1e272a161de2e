"""The room in the admin panel. Of work under seal no points are there: the gradebook's own pages tell it in thirds."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from classroom.assignments import activities
from classroom.common.admin import KEPT_AS_IT_WAS, ReadOnlyAdmin
from classroom.common.panel import Shelf
from classroom.gradebook.models import Category, ColumnSettings, GradingPolicy, Score, ScoreEvent

TEACHERS_SET = _("For looking at: teachers set it on their gradebook's own pages.")


Told = Score | ScoreEvent


def _note_seals(rows: Iterable[Any]) -> None:
    """Note on rows that come with their assignments whether they are under seal; in a fixed number of queries."""
    found = list(rows)
    seals = activities.seals_over(list({each.assignment_id: each.assignment for each in found}.values()))
    for each in found:
        each.is_sealed = seals.cover(each.assignment_id, each.student_id)


class SealedScoresAdmin(ReadOnlyAdmin[Any]):
    """Scores beside names: where one is under seal, without its points, and in no order that goes by them."""

    note = KEPT_AS_IT_WAS
    sortable_by = ["student", "assignment", "updated_at", "at", "kind", "source", "by"]

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        found = super().get_changelist_instance(request)
        _note_seals(found.result_list)
        return found

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        found = super().get_object(request, object_id, from_field)
        if found is not None:
            _note_seals([found])
        return found

    @admin.display(description=_("points"))
    def shown_points(self, row: Told) -> Decimal | str | None:
        return _unless_sealed(row, row.points)

    @admin.display(description=_("out of"))
    def shown_out_of(self, row: Told) -> Decimal | str | None:
        return _unless_sealed(row, row.out_of)

    @admin.display(description=_("points earned"))
    def shown_earned(self, row: Score) -> Decimal | str | None:
        return _unless_sealed(row, row.earned_points)

    @admin.display(description=_("feedback"))
    def shown_feedback(self, row: Told) -> Decimal | str | None:
        return _unless_sealed(row, row.feedback)


def _unless_sealed(row: Told, value: Decimal | str | None) -> Decimal | str | None:
    return str(_("sealed")) if getattr(row, "is_sealed", True) else value


@admin.register(Score)
class ScoreAdmin(SealedScoresAdmin):
    list_display = ["student", "assignment", "shown_points", "shown_out_of", "updated_at"]
    fields = [
        "student",
        "assignment",
        "shown_points",
        "shown_out_of",
        "shown_earned",
        "by_hand",
        "shown_feedback",
        "done_at",
        "revision",
        "updated_at",
    ]
    list_filter = ["assignment__kind", "assignment__section"]
    list_select_related = ["student", "assignment"]
    search_fields = ["student__username", "student__name", "assignment__title"]
    date_hierarchy = "updated_at"


@admin.register(ScoreEvent)
class ScoreEventAdmin(SealedScoresAdmin):
    list_display = ["at", "kind", "student", "assignment", "shown_points", "shown_out_of", "source", "by"]
    fields = [
        "student",
        "assignment",
        "kind",
        "shown_points",
        "shown_out_of",
        "shown_feedback",
        "done_at",
        "source",
        "by",
        "reason",
        "at",
    ]
    list_filter = ["kind", "assignment__section"]
    list_select_related = ["student", "assignment", "by"]
    search_fields = ["student__username", "student__name", "assignment__title", "source"]
    date_hierarchy = "at"


@admin.register(GradingPolicy)
class GradingPolicyAdmin(ReadOnlyAdmin[GradingPolicy]):
    shelf = Shelf.CLASSES
    note = TEACHERS_SET
    list_display = ["section", "scale"]
    list_filter = ["scale"]
    list_select_related = ["section"]
    search_fields = ["section__name"]


@admin.register(Category)
class CategoryAdmin(ReadOnlyAdmin[Category]):
    shelf = Shelf.CLASSES
    note = TEACHERS_SET
    list_display = ["name", "section", "weight", "drop_lowest"]
    list_filter = ["section"]
    list_select_related = ["section"]
    search_fields = ["name", "section__name"]


@admin.register(ColumnSettings)
class ColumnSettingsAdmin(ReadOnlyAdmin[ColumnSettings]):
    shelf = Shelf.CLASSES
    note = TEACHERS_SET
    list_display = ["assignment", "category", "out_of", "counts"]
    list_filter = ["counts", "assignment__section"]
    list_select_related = ["assignment", "category"]
    search_fields = ["assignment__title"]
