from django.urls import path

from classroom.lessons import views

urlpatterns = [
    path("lessons/<int:lesson_id>/", views.lesson_preview, name="lesson_preview"),
    path("lessons/<int:lesson_id>/plan/", views.lesson_plan, name="lesson_plan"),
]
