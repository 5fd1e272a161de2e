from django.urls import path

from classroom.moderation import views

urlpatterns = [
    path("posts/<int:post_id>/approve/", views.post_approve, name="post_approve"),
    path("posts/<int:post_id>/return/", views.post_return, name="post_return"),
    path("posts/<int:post_id>/hide/", views.post_hide, name="post_hide"),
    path("moderation/", views.moderation, name="moderation"),
    path("moderation/concerns/<int:concern_id>/", views.concern, name="concern"),
    path("classes/<int:section_id>/talk/", views.talk_settings, name="talk_settings"),
    path("classes/<int:section_id>/talk/words/", views.word_new, name="word_new"),
    path("classes/<int:section_id>/talk/words/<int:word_id>/remove/", views.word_remove, name="word_remove"),
]
