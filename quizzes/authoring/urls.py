from django.urls import path

from quizzes.authoring import views

urlpatterns = [
    path("bank/<slug:film_key>/draft/", views.draft_new, name="draft_new"),
    path("questions/<int:question_id>/edit/", views.question_edit, name="question_edit"),
]
