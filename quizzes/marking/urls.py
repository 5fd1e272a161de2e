from django.urls import path

from quizzes.marking import views

urlpatterns = [
    path("classes/<int:section_id>/to-grade/", views.to_grade, name="to_grade"),
    path(
        "assignments/<int:assignment_id>/quiz/to-grade/<int:version_id>/", views.grade_question, name="grade_question"
    ),
    path("assignments/<int:assignment_id>/quiz/regrade/", views.regrade_questions, name="regrade_questions"),
    path("assignments/<int:assignment_id>/quiz/regrade/<int:version_id>/", views.regrade, name="regrade"),
    path("assignments/<int:assignment_id>/quiz/regrade/<int:version_id>/key/", views.regrade_key, name="regrade_key"),
    path("questions/<int:question_id>/regrade/", views.question_regrades, name="question_regrades"),
    path("regrades/<int:notice_id>/", views.regrade_notice, name="regrade_notice"),
    path("attempts/<int:attempt_id>/questions/<int:position>/appeal/", views.appeal, name="appeal"),
    path("classes/<int:section_id>/appeals/", views.appeals, name="appeals"),
    path("appeals/<int:appeal_id>/", views.appeal_decide, name="appeal_decide"),
    path("bank/<slug:film_key>/reviews/", views.fact_reviews, name="fact_reviews"),
    path("bank/<slug:film_key>/reviews/<int:review_id>/", views.fact_review_close, name="fact_review_close"),
    path("responses/<int:response_id>/grade/", views.grade_answer, name="grade_answer"),
    path("marking-comments/<int:comment_id>/", views.marking_comment, name="marking_comment"),
]
