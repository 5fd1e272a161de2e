from django.urls import path

from quizzes.statistics import views

_CLASS = "classes/<int:section_id>/"

urlpatterns = [
    path(f"{_CLASS}facts/", views.class_facts, name="class_facts"),
    path(f"{_CLASS}facts/file/<slug:form>/", views.class_facts_file, name="class_facts_file"),
    path(f"{_CLASS}facts/students/", views.class_marks, name="class_marks"),
    path(f"{_CLASS}facts/students/file/<slug:form>/", views.class_marks_file, name="class_marks_file"),
    path(f"{_CLASS}films/<slug:film_key>/facts/<slug:fact_key>/", views.class_fact, name="class_fact"),
    path(f"{_CLASS}questions/", views.class_questions, name="class_questions"),
    path(f"{_CLASS}questions/file/<slug:form>/", views.class_questions_file, name="class_questions_file"),
    path(f"{_CLASS}quizzes/analysis/", views.class_quizzes, name="class_quizzes"),
    path(f"{_CLASS}quizzes/<int:assignment_id>/analysis/", views.analysis, name="analysis"),
    path(
        f"{_CLASS}quizzes/<int:assignment_id>/analysis/<slug:table>/<slug:form>/",
        views.analysis_file,
        name="analysis_file",
    ),
    path(f"{_CLASS}coverage/", views.class_coverage, name="class_coverage"),
    path(f"{_CLASS}coverage/file/<slug:form>/", views.class_coverage_file, name="class_coverage_file"),
]
