from django.urls import path

from classroom.gallery import views

urlpatterns = [path("gallery/", views.gallery, name="gallery")]
