from django.urls import path

from classroom.people.groups import views

urlpatterns = [
    path("classes/<int:section_id>/groups/", views.groups, name="groups"),
    path("classes/<int:section_id>/groups/draw/", views.groups_draw, name="groups_draw"),
    path("classes/<int:section_id>/groups/undraw/", views.groups_undraw, name="groups_undraw"),
    path("groups/<int:group_id>/", views.group, name="group"),
    path("groups/<int:group_id>/delete/", views.group_delete, name="group_delete"),
]
