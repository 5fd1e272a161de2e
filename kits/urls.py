from django.urls import path

from kits import views

app_name = "kits"
urlpatterns = [
    path("load-kit/", views.load, name="load"),
    path("load-kit/<uuid:job_id>/", views.checked, name="checked"),
]
