from django.urls import path

from quizzes.bank import views

urlpatterns = [
    path("quizzes/<int:quiz_id>/", views.quiz, name="quiz"),
    path("quizzes/<int:quiz_id>/edit/", views.quiz_edit, name="quiz_edit"),
    path("quizzes/<int:quiz_id>/paper/", views.quiz_paper, name="quiz_paper"),
    path("quizzes/<int:quiz_id>/paper.pdf", views.quiz_paper_pdf, name="quiz_paper_pdf"),
    path("quizzes/<int:quiz_id>/duplicate/", views.quiz_duplicate, name="quiz_duplicate"),
    path("quizzes/<int:quiz_id>/retire/", views.quiz_retire, name="quiz_retire"),
    path("quizzes/<int:quiz_id>/restore/", views.quiz_restore, name="quiz_restore"),
    path("bank/<slug:film_key>/", views.bank, name="bank"),
    path("bank/<slug:film_key>/quizzes/new/", views.quiz_new, name="quiz_new"),
    path("questions/<int:question_id>/", views.question, name="question"),
    path("questions/<int:question_id>/publish/", views.question_publish, name="question_publish"),
    path("questions/<int:question_id>/retire/", views.question_retire, name="question_retire"),
    path("questions/<int:question_id>/restore/", views.question_restore, name="question_restore"),
    path("questions/<int:question_id>/duplicate/", views.question_duplicate, name="question_duplicate"),
    path("questions/<int:question_id>/labels/", views.question_labels, name="question_labels"),
    path("questions/<int:question_id>/move/", views.question_move, name="question_move"),
]
