from django.urls import path

from classroom.lessons.views import arranging, editing, keeping, looking

urlpatterns = [
    path("lessons/", keeping.own_lessons, name="own_lessons"),
    path("lessons/<int:lesson_id>/", looking.lesson_preview, name="lesson_preview"),
    path("lessons/<int:lesson_id>/plan/", looking.lesson_plan, name="lesson_plan"),
    path("lessons/<int:lesson_id>/copy/", keeping.lesson_copy, name="lesson_copy"),
    path("lessons/<int:lesson_id>/share/", keeping.lesson_share, name="lesson_share"),
    path("lessons/<int:lesson_id>/retire/", keeping.lesson_retire, name="lesson_retire"),
    path("lessons/<int:lesson_id>/edit/", editing.lesson_edit, name="lesson_edit"),
    path("lessons/<int:lesson_id>/words/", editing.lesson_words, name="lesson_words"),
    path("lessons/<int:lesson_id>/order/", arranging.steps_order, name="steps_order"),
    path("lessons/<int:lesson_id>/steps/new/", editing.step_new, name="step_new"),
    path("lessons/<int:lesson_id>/steps/<int:step_id>/", editing.step_edit, name="step_edit"),
    path("lessons/<int:lesson_id>/steps/<int:step_id>/move/", arranging.step_move, name="step_move"),
    path("lessons/<int:lesson_id>/steps/<int:step_id>/hide/", arranging.step_hide, name="step_hide"),
    path("lessons/<int:lesson_id>/steps/<int:step_id>/remove/", arranging.step_remove, name="step_remove"),
]
