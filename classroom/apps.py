from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClassroomConfig(AppConfig):
    name = "classroom"
    verbose_name = _("Classroom")

    def ready(self) -> None:
        from classroom.assignments import activities
        from classroom.assignments.lesson_kind import LessonKind

        activities.register(LessonKind())
