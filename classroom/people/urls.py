from django.urls import path

from classroom.people import views

urlpatterns = [
    path("", views.welcome, name="welcome"),
    path("join/", views.join, name="join"),
    path("join/account/", views.join_account, name="join_account"),
    path("invitations/<str:token>/", views.invitation, name="invitation"),
    path("sign-in-again/", views.sign_in_again, name="sign_in_again"),
    path("account/", views.account, name="account"),
    path("appearance/", views.appearance, name="appearance"),
    path("offline/", views.offline, name="offline"),
    path("classes/new/", views.section_new, name="section_new"),
    path("classes/<int:section_id>/code/", views.code_renew, name="code_renew"),
    path("classes/<int:section_id>/students/<int:student_id>/remove/", views.member_remove, name="member_remove"),
    path(
        "classes/<int:section_id>/students/<int:student_id>/password/", views.student_password, name="student_password"
    ),
    path("classes/<int:section_id>/roster/", views.roster, name="roster"),
    path("classes/<int:section_id>/roster/apply/", views.roster_apply, name="roster_apply"),
    path("classes/<int:section_id>/roster/cards/<uuid:job_id>/", views.roster_cards, name="roster_cards"),
    path("classes/<int:section_id>/roster.csv", views.roster_export, name="roster_export"),
    path("classes/<int:section_id>/cards/", views.login_cards, name="login_cards"),
    path("classes/archive/", views.archive, name="archive"),
    path("classes/<int:section_id>/edit/", views.section_edit, name="section_edit"),
    path("classes/<int:section_id>/archive/", views.section_archive, name="section_archive"),
    path("classes/<int:section_id>/reopen/", views.section_reopen, name="section_reopen"),
    path("classes/<int:section_id>/copy/", views.section_copy, name="section_copy"),
    path("classes/<int:section_id>/people/", views.section_people, name="section_people"),
    path("classes/<int:section_id>/people/add/", views.staff_add, name="staff_add"),
    path("classes/<int:section_id>/people/invite/", views.staff_invite, name="staff_invite"),
    path(
        "classes/<int:section_id>/people/invitations/<int:invitation_id>/withdraw/",
        views.staff_uninvite,
        name="staff_uninvite",
    ),
    path("classes/<int:section_id>/people/<int:user_id>/role/", views.staff_change, name="staff_change"),
    path("classes/<int:section_id>/people/<int:user_id>/remove/", views.staff_remove, name="staff_remove"),
    path("classes/<int:section_id>/people/<int:user_id>/return/", views.member_return, name="member_return"),
]
