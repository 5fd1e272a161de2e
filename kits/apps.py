"""The kits app: commands and pages that check, load and export a film kit. It has no models of its own."""

from django.apps import AppConfig


class KitsConfig(AppConfig):
    name = "kits"
    verbose_name = "Film kits"

    def ready(self) -> None:
        # Rooms import models, which are there only now.
        from classroom.assignments import samples
        from classroom.jobs import kinds as jobs
        from kits import sample, working

        for kind in working.KINDS_OF_WORK:
            jobs.register(kind)
        samples.register(samples.Maker(film_among=sample.film_among, build=sample.build))
