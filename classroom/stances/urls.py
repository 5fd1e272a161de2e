from django.urls import path

from classroom.stances import views

urlpatterns = [
    path("threads/<int:thread_id>/stance/", views.stance, name="stance"),
    path("threads/<int:thread_id>/stance/mark/", views.stance_mark, name="stance_mark"),
    path("threads/<int:thread_id>/stance/close/", views.stance_close, name="stance_close"),
]
