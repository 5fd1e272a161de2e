"""For a contributor's machine: DEBUG on, SQLite in var/, mail on the terminal."""

from config.settings.base import *  # noqa: F403 - a settings module is the base with changes
from config.settings.base import DATA_DIR, database

DEBUG = True
SECRET_KEY = "development-only-and-of-no-value"  # noqa: S105 - guards nothing: production refuses it
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
DATA_DIR.mkdir(parents=True, exist_ok=True)
DATABASES = database(DATA_DIR / "development.sqlite3")
