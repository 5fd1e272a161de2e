from django.urls import path

from quizzes.bank import views

urlpatterns = [
    path("quizzes/<int:quiz_id>/", views.quiz, name="quiz"),
    path("quizzes/<int:quiz_id>/edit/", views.quiz_edit, name="quiz_edit"),
    path("bank/<slug:film_key>/", views.bank, name="bank"),
    path("bank/<slug:film_key>/quizzes/new/", views.quiz_new, name="quiz_new"),
    path("questions/<int:question_id>/", views.question, name="question"),
    path("questions/<int:question_id>/publish/", views.question_publish, name="question_publish"),
    path("questions/<int:question_id>/retire/", views.question_retire, name="question_retire"),
]
