from django.urls import path

from quizzes.authoring import views

urlpatterns = [
    path("bank/<slug:film_key>/draft/", views.draft_new, name="draft_new"),
    path("bank/<slug:film_key>/questions/new/", views.question_new, name="question_new"),
    path("bank/<slug:film_key>/questions/new/<slug:question_type>/", views.question_write, name="question_write"),
    path("questions/<int:question_id>/rewrite/", views.question_rewrite, name="question_rewrite"),
    path("questions/<int:question_id>/reword/", views.question_reword, name="question_reword"),
    path("questions/<int:question_id>/edit/", views.question_edit, name="question_edit"),
]
