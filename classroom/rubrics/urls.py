from django.urls import path

from classroom.rubrics import views

urlpatterns = [
    path("assignments/<int:assignment_id>/thread/rubric/", views.rubric, name="rubric"),
    path("assignments/<int:assignment_id>/thread/grading/", views.grading, name="grading"),
    path("assignments/<int:assignment_id>/thread/grading/enter/", views.marks_enter, name="marks_enter"),
    path("assignments/<int:assignment_id>/thread/grading/<slug:key>/", views.grade_talk, name="grade_talk"),
]
