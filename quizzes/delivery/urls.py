from django.urls import path

from quizzes.delivery import views

urlpatterns = [
    path("attempts/<int:attempt_id>/responses/<int:position>/", views.response_save, name="response_save"),
    path("assignments/<int:assignment_id>/quiz/", views.start, name="start"),
    path("assignments/<int:assignment_id>/quiz/responses/", views.responses, name="responses"),
    path("assignments/<int:assignment_id>/quiz/settings/", views.quiz_settings, name="quiz_settings"),
    path("assignments/<int:assignment_id>/quiz/release/", views.quiz_release, name="quiz_release"),
    path("attempts/<int:attempt_id>/", views.attempt, name="attempt"),
    path("attempts/<int:attempt_id>/questions/<int:position>/", views.question, name="attempt_question"),
    path("attempts/<int:attempt_id>/review/", views.review, name="review"),
    path("attempts/<int:attempt_id>/submit/", views.submit, name="submit"),
    path("attempts/<int:attempt_id>/result/", views.result, name="result"),
    path("questions/<int:question_id>/as-student/", views.question_as_student, name="question_as_student"),
    path("quizzes/<int:quiz_id>/as-student/", views.quiz_as_student, name="quiz_as_student"),
]
