from django.urls import path

from classroom.gradebook import views

_BOOK = "classes/<int:section_id>/gradebook/"
_COLUMN = f"{_BOOK}<int:assignment_id>/"

urlpatterns = [
    path("scores/", views.scores, name="scores"),
    path("classes/<int:section_id>/tracking/", views.tracking, name="tracking"),
    path("classes/<int:section_id>/tracking/file/<slug:form>/", views.tracking_file, name="tracking_file"),
    path("classes/<int:section_id>/students/<int:student_id>/", views.student, name="student"),
    path(_BOOK, views.gradebook, name="gradebook"),
    path(f"{_BOOK}file/<slug:form>/", views.gradebook_file, name="gradebook_file"),
    path(f"{_BOOK}settings/", views.gradebook_settings, name="gradebook_settings"),
    path(f"{_BOOK}import/", views.gradebook_import, name="gradebook_import"),
    path(_COLUMN, views.gradebook_column, name="gradebook_column"),
    path(f"{_COLUMN}settings/", views.column_settings, name="column_settings"),
    path(f"{_COLUMN}release/", views.scores_release, name="scores_release"),
    path(f"{_COLUMN}<int:student_id>/", views.score, name="score"),
]
