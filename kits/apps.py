"""The kits app: commands that check, load and export a film kit. It has no models of its own."""

from django.apps import AppConfig


class KitsConfig(AppConfig):
    """Named `kits`, so that its management commands are found."""

    name = "kits"
    verbose_name = "Film kits"

    def ready(self) -> None:
        # Rooms import models, which are there only now.
        from classroom.assignments import samples
        from kits import sample

        samples.register(samples.Maker(film_among=sample.film_among, build=sample.build))
