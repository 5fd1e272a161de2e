from django.urls import path

from classroom.gradebook import views

urlpatterns = [
    path("classes/<int:section_id>/tracking/", views.tracking, name="tracking"),
    path("classes/<int:section_id>/students/<int:student_id>/", views.student, name="student"),
]
