from django.urls import path

from classroom.operations import views

urlpatterns = [
    path("health/", views.health, name="health"),
    path("health/mail/", views.health_mail, name="health_mail"),
    path("health/retry/", views.health_retry, name="health_retry"),
    path("jobs/<uuid:job_id>/", views.job, name="job"),
    path("jobs/<uuid:job_id>/cancel/", views.job_cancel, name="job_cancel"),
    path("healthz", views.healthz, name="healthz"),
]
