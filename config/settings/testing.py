"""For the tests: quick hashes, mail in memory, SQLite unless DATABASE_URL names PostgreSQL."""

from config.settings.base import *  # noqa: F403 - a settings module is the base with changes
from config.settings.base import DATA_DIR, database

SECRET_KEY = "testing-only-and-of-no-value"  # noqa: S105 - guards nothing: production refuses it
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DATABASES = database(DATA_DIR / "testing.sqlite3")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# A file, also for the tests: only there do threads meet as they do in a school. pytest-xdist adds a suffix of its own.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
# Static files come from where they are written: tests collect none, and a folder that is not there is a warning.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
