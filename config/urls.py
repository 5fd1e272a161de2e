from django.contrib import admin
from django.http import Http404
from django.urls import URLPattern, URLResolver, include, path
from django.views.defaults import page_not_found

urlpatterns: list[URLPattern | URLResolver] = [
    # First, and in it the saving of an answer: addresses are tried one after the other, and none is asked for as often.
    path("", include("quizzes.urls")),
    path("", include("classroom.urls")),
    path("", include("kits.urls")),
    # An address comes from an admin's invitation: nobody gives themselves one that has not been proved to be theirs.
    path("accounts/email/", page_not_found, {"exception": Http404()}, name="account_email"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "classroom.common.errors.bad_request"
handler403 = "classroom.common.errors.forbidden"
handler404 = "classroom.common.errors.not_found"
handler500 = "classroom.common.errors.server_error"
