from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from classroom.common.admin import ReadOnlyAdmin, ReadOnlyInline
from classroom.lessons.models import Lesson, Step

LESSON_NOTE = _(
    "A kit's lessons are changed in the kit's files and loaded again with manage.py load_kit; "
    "a teacher's own lesson is for its owner to change."
)


class StepInline(ReadOnlyInline[Step, Lesson]):
    model = Step
    fields = ["position", "kind", "title", "minutes", "answer"]


@admin.register(Lesson)
class LessonAdmin(ReadOnlyAdmin[Lesson]):
    note = LESSON_NOTE
    list_display = ["title", "key", "film", "owner", "grade_band", "minutes", "shared_at", "retired_at"]
    list_filter = [
        "film",
        "grade_band",
        ("owner", admin.EmptyFieldListFilter),
        ("shared_at", admin.EmptyFieldListFilter),
        ("retired_at", admin.EmptyFieldListFilter),
    ]
    list_select_related = ["film", "owner"]
    search_fields = ["title", "key", "summary", "owner__username"]
    inlines = [StepInline]


@admin.register(Step)
class StepAdmin(ReadOnlyAdmin[Step]):
    note = LESSON_NOTE
    list_display = ["title", "lesson", "position", "kind", "minutes", "answer"]
    list_filter = ["kind", "answer", "lesson__film"]
    list_select_related = ["lesson"]
    search_fields = ["title", "lesson__title", "lesson__key", "body"]
