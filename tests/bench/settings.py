"""The benchmark's site: production's shape over plain HTTP, with one bare view to compare."""

from config.settings.testing import *  # noqa: F403 - a settings module is the base with changes
from config.settings.testing import DATA_DIR, database

ROOT_URLCONF = "tests.bench.urls"
DATABASES = database(DATA_DIR / "bench.sqlite3")
LOGGING = {"version": 1, "disable_existing_loggers": True}
