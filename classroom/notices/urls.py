from django.urls import path

from classroom.notices import views

urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/<int:notice_id>/", views.notice, name="notice"),
    path("notices/read/", views.notices_read, name="notices_read"),
    path("notices/mail/", views.notice_settings, name="notice_settings"),
    path("notices/stop/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
