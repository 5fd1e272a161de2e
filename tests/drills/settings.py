"""The drill's site: production's shape over plain HTTP, on a database file of its own or where DATABASE_URL says."""

from config.settings.testing import *  # noqa: F403 - a settings module is the base with changes
from config.settings.testing import DATA_DIR, database

DATABASES = database(DATA_DIR / "drill.sqlite3")
LOGGING = {"version": 1, "disable_existing_loggers": True}
