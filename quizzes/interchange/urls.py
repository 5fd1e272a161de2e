from django.urls import path

from quizzes.interchange import views

urlpatterns = [
    path("bank/<slug:film_key>/import/", views.question_import, name="question_import"),
    path("bank/<slug:film_key>/export/", views.question_export, name="question_export"),
    path("bank/<slug:film_key>/export/file/", views.question_export_file, name="question_export_file"),
]
