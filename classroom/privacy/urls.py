from django.urls import path

from classroom.privacy import views

urlpatterns = [
    path("account/copy/", views.own_copy, name="own_copy"),
    path("classes/<int:section_id>/students/<int:student_id>/data/", views.student_data, name="student_data"),
    path("classes/<int:section_id>/students/<int:student_id>/copy/", views.student_copy, name="student_copy"),
    path("classes/<int:section_id>/authorisation/", views.authorisation, name="authorisation"),
    path(
        "classes/<int:section_id>/authorisation/<int:authorisation_id>/withdraw/",
        views.authorisation_withdraw,
        name="authorisation_withdraw",
    ),
    path("privacy/", views.office, name="privacy"),
    path("privacy/retention/", views.retention, name="retention"),
    path("privacy/people/<int:person_id>/", views.person, name="person"),
    path("privacy/people/<int:person_id>/copy/", views.person_copy, name="person_copy"),
    path("privacy/erasures/<int:erasure_id>/", views.erasure, name="erasure"),
    path("privacy/erasures/<int:erasure_id>/refuse/", views.erasure_refuse, name="erasure_refuse"),
]
