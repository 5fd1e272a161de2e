from django.urls import path

from classroom.library import views

urlpatterns = [
    path("films/<slug:film_key>/", views.film, name="film"),
    path("films/<slug:film_key>/facts/", views.facts, name="facts"),
    path("films/<slug:film_key>/facts/<slug:fact_key>/", views.fact, name="fact"),
    path("films/<slug:film_key>/conflicts/", views.conflicts, name="conflicts"),
    path("films/<slug:film_key>/conflicts/<slug:conflict_key>/", views.conflict, name="conflict"),
    path("films/<slug:film_key>/timeline/", views.timeline, name="timeline"),
    path("films/<slug:film_key>/glossary/", views.glossary, name="glossary"),
    path("films/<slug:film_key>/sources/", views.sources, name="sources"),
    path("films/<slug:film_key>/sources/<slug:source_key>/", views.source, name="source"),
    path("films/<slug:film_key>/families/", views.families, name="families"),
]
