from django.urls import path

from classroom.assignments import views

urlpatterns = [
    path("home/", views.home, name="home"),
    path("kits/", views.kits, name="kits"),
    path("kits/<slug:film_key>/", views.kit, name="kit"),
    path("assign/", views.assign_start, name="assign_start"),
    path("classes/<int:section_id>/", views.section, name="section"),
    path("classes/<int:section_id>/assign/", views.assign, name="assign"),
    path("assignments/<int:assignment_id>/times/", views.assignment_times, name="assignment_times"),
    path("assignments/<int:assignment_id>/withdraw/", views.withdraw, name="withdraw"),
    path("assignments/<int:assignment_id>/responses/", views.assignment_responses, name="assignment_responses"),
    path("assignments/<int:assignment_id>/lesson/", views.lesson_work, name="lesson_work"),
    path("assignments/<int:assignment_id>/steps/<int:step_id>/", views.step_answer, name="step_answer"),
    path("assignments/<int:assignment_id>/done/", views.lesson_done, name="lesson_done"),
]
