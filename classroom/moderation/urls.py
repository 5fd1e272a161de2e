from django.urls import path

from classroom.moderation import views

urlpatterns = [
    path("posts/<int:post_id>/approve/", views.post_approve, name="post_approve"),
    path("posts/<int:post_id>/return/", views.post_return, name="post_return"),
    path("posts/<int:post_id>/hide/", views.post_hide, name="post_hide"),
    path("moderation/", views.moderation, name="moderation"),
]
