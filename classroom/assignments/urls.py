from django.urls import path

from classroom.assignments.views import accommodations, answers, calendars, exceptions, planning, setting, welcome, work

urlpatterns = [
    path("home/", work.home, name="home"),
    path("home/welcome/", welcome.welcome_close, name="welcome_close"),
    path("classes/sample/", welcome.sample_new, name="sample_new"),
    path("classes/<int:section_id>/throw-away/", welcome.sample_remove, name="sample_remove"),
    path("films/", setting.films, name="films"),
    path("classes/<int:section_id>/not-begun/", setting.not_begun, name="not_begun"),
    path("kits/", setting.kits, name="kits"),
    path("kits/<slug:film_key>/", setting.kit, name="kit"),
    path("assign/", setting.assign_start, name="assign_start"),
    path("classes/<int:section_id>/", setting.section, name="section"),
    path("classes/<int:section_id>/assign/", setting.assign, name="assign"),
    path("assignments/<int:assignment_id>/times/", setting.assignment_times, name="assignment_times"),
    path("assignments/<int:assignment_id>/withdraw/", setting.withdraw, name="withdraw"),
    path("assignments/<int:assignment_id>/bring-back/", setting.bring_back, name="bring_back"),
    path("assignments/<int:assignment_id>/responses/", setting.assignment_responses, name="assignment_responses"),
    path("assignments/<int:assignment_id>/answers/", answers.lesson_answers, name="lesson_answers"),
    path("assignments/<int:assignment_id>/answers.<str:form>", answers.lesson_answers_file, name="lesson_answers_file"),
    path("assignments/<int:assignment_id>/steps/", answers.lesson_steps, name="lesson_steps"),
    path("assignments/<int:assignment_id>/steps.<str:form>", answers.lesson_steps_file, name="lesson_steps_file"),
    path("assignments/<int:assignment_id>/lesson/", work.lesson_work, name="lesson_work"),
    path("assignments/<int:assignment_id>/steps/<int:step_id>/", work.step_answer, name="step_answer"),
    path("assignments/<int:assignment_id>/steps/<int:step_id>/time/", work.step_time, name="step_time"),
    path("assignments/<int:assignment_id>/done/", work.lesson_done, name="lesson_done"),
    path("classes/<int:section_id>/unit/", planning.unit_start, name="unit_start"),
    path("classes/<int:section_id>/unit/<slug:film_key>/", planning.unit, name="unit"),
    path("assignments/<int:assignment_id>/move/", planning.move, name="move"),
    path("calendar/", calendars.calendar, name="calendar"),
    path("calendars/<str:token>.ics", calendars.calendar_feed, name="calendar_feed"),
    path("classes/<int:section_id>/calendar/", calendars.section_calendar, name="section_calendar"),
    path(
        "classes/<int:section_id>/students/<int:student_id>/more/", accommodations.accommodation, name="accommodation"
    ),
    path("assignments/<int:assignment_id>/for/", exceptions.audience, name="audience"),
    path("assignments/<int:assignment_id>/exceptions/", exceptions.exceptions, name="exceptions"),
    path("assignments/<int:assignment_id>/excuses/", exceptions.excuse_new, name="excuse_new"),
    path("overrides/<int:override_id>/remove/", exceptions.override_remove, name="override_remove"),
    path("excuses/<int:excuse_id>/remove/", exceptions.excuse_remove, name="excuse_remove"),
]
