from django.urls import path

from classroom.discussions import views

urlpatterns = [
    path("threads/<int:thread_id>/", views.thread, name="thread"),
    path("threads/<int:thread_id>/posts/", views.post_new, name="post_new"),
    path("assignments/<int:assignment_id>/thread/", views.assignment_thread, name="assignment_thread"),
    path("assignments/<int:assignment_id>/thread/settings/", views.threads_edit, name="threads_edit"),
    path("posts/<int:post_id>/name/", views.name_ask, name="name_ask"),
    path("names/<int:opening_id>/", views.name_opening, name="name_opening"),
    path("names/<int:opening_id>/why/", views.name_opened, name="name_opened"),
    path("classes/<int:section_id>/threads/", views.threads, name="threads"),
    path("posts/<int:post_id>/", views.post, name="post"),
    path("threads/<int:thread_id>/sources/", views.post_sources, name="post_sources"),
    path("threads/<int:thread_id>/projector/", views.thread_projector, name="thread_projector"),
    path("threads/<int:thread_id>/voices/", views.thread_talk, name="thread_talk"),
    path("threads/<int:thread_id>/export/", views.thread_export, name="thread_export"),
    path("classes/<int:section_id>/discussions/", views.class_talk, name="class_talk"),
    path("classes/<int:section_id>/discussions/search/", views.class_search, name="class_search"),
    path("threads/<int:thread_id>/private-answer/", views.private_answer, name="private_answer"),
    path(
        "threads/<int:thread_id>/private-answer/withdraw/",
        views.private_answer_withdraw,
        name="private_answer_withdraw",
    ),
    path("threads/<int:thread_id>/private-answers/", views.private_answers, name="private_answers"),
    path("threads/<int:thread_id>/task/", views.thread_task, name="thread_task"),
    path("threads/<int:thread_id>/draft/", views.draft, name="draft"),
    path("posts/<int:post_id>/history/", views.post_history, name="post_history"),
    path("posts/<int:post_id>/delete/", views.post_delete, name="post_delete"),
    path("posts/<int:post_id>/endorse/", views.post_endorse, name="post_endorse"),
    path("posts/<int:post_id>/edit/", views.post_edit, name="post_edit"),
    path("films/<slug:film_key>/rules/", views.rules, name="rules"),
    path("films/<slug:film_key>/prompts/", views.prompts, name="prompts"),
    path("films/<slug:film_key>/prompts/<slug:prompt_key>/", views.prompt, name="prompt"),
]
