from django.urls import URLPattern, path

app_name = "quizzes"
urlpatterns: list[URLPattern] = []
