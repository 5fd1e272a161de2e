from django.urls import path

from classroom.moderation import views

urlpatterns = [
    path("posts/<int:post_id>/approve/", views.post_approve, name="post_approve"),
    path("posts/<int:post_id>/return/", views.post_return, name="post_return"),
    path("posts/<int:post_id>/hide/", views.post_hide, name="post_hide"),
    path("posts/<int:post_id>/keep/", views.post_keep, name="post_keep"),
    path("posts/<int:post_id>/remove/", views.post_remove, name="post_remove"),
    path("posts/<int:post_id>/claim/", views.post_claim, name="post_claim"),
    path("posts/<int:post_id>/flag/", views.post_flag, name="post_flag"),
    path("classes/<int:section_id>/flags/", views.class_flags, name="class_flags"),
    path("decisions/<int:decision_id>/", views.decision, name="decision"),
    path("decisions/<int:decision_id>/appeal/", views.decision_appeal, name="decision_appeal"),
    path("moderation/appeals/", views.post_appeals, name="post_appeals"),
    path("moderation/appeals/<int:appeal_id>/", views.post_appeal_answer, name="post_appeal_answer"),
    path("classes/<int:section_id>/moderation/", views.in_the_open, name="in_the_open"),
    path("posts/<int:post_id>/mute/", views.post_mute, name="post_mute"),
    path("classes/<int:section_id>/pauses/", views.pauses, name="pauses"),
    path("classes/<int:section_id>/freeze/", views.freeze, name="freeze"),
    path("classes/<int:section_id>/mute/", views.student_mute, name="student_mute"),
    path("threads/<int:thread_id>/pause/", views.thread_pause, name="thread_pause"),
    path("mutes/<int:mute_id>/", views.mute, name="mute"),
    path("mutes/<int:mute_id>/lift/", views.mute_lift, name="mute_lift"),
    path("moderation/", views.moderation, name="moderation"),
    path("moderation/posts/", views.posts_decide, name="posts_decide"),
    path("moderation/decisions/<int:decision_id>/undo/", views.decision_undo, name="decision_undo"),
    path("moderation/batches/<uuid:batch>/undo/", views.batch_undo, name="batch_undo"),
    path("moderation/concerns/<int:concern_id>/", views.concern, name="concern"),
    path("classes/<int:section_id>/talk/", views.talk_settings, name="talk_settings"),
    path("classes/<int:section_id>/talk/words/", views.word_new, name="word_new"),
    path("classes/<int:section_id>/talk/words/<int:word_id>/remove/", views.word_remove, name="word_remove"),
]
