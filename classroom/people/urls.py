from django.urls import path

from classroom.people import views

urlpatterns = [
    path("", views.welcome, name="welcome"),
    path("join/", views.join, name="join"),
    path("join/account/", views.join_account, name="join_account"),
    path("invitations/<str:token>/", views.invitation, name="invitation"),
    path("account/", views.account, name="account"),
    path("classes/new/", views.section_new, name="section_new"),
    path("classes/<int:section_id>/code/", views.code_renew, name="code_renew"),
    path("classes/<int:section_id>/students/<int:student_id>/remove/", views.member_remove, name="member_remove"),
    path(
        "classes/<int:section_id>/students/<int:student_id>/password/", views.student_password, name="student_password"
    ),
    path("classes/<int:section_id>/roster/", views.roster, name="roster"),
    path("classes/<int:section_id>/roster/apply/", views.roster_apply, name="roster_apply"),
    path("classes/<int:section_id>/roster.csv", views.roster_export, name="roster_export"),
    path("classes/<int:section_id>/cards/", views.login_cards, name="login_cards"),
]
