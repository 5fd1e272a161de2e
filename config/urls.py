from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("classroom.urls")),
    path("", include("quizzes.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]

handler403 = "classroom.common.errors.forbidden"
handler404 = "classroom.common.errors.not_found"
handler500 = "classroom.common.errors.server_error"
