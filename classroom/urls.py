from django.urls import URLPattern, path

app_name = "classroom"
urlpatterns: list[URLPattern] = []
