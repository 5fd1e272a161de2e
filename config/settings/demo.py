"""The demo school: as in production, but on loopback alone, over plain HTTP, with sign-ins that are printed."""

import secrets

from config.settings.base import *  # noqa: F403 - a settings module is the base with changes
from config.settings.base import DATA_DIR, database

DEMO = True
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
DATA_DIR.mkdir(parents=True, exist_ok=True)
DATABASES = database(DATA_DIR / "demo.sqlite3")


def _kept_secret() -> str:
    # Kept in a file, so that a second run does not sign everybody out.
    path = DATA_DIR / "demo-secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return path.read_text(encoding="ascii")


SECRET_KEY = _kept_secret()
# The manifest is made when the demo starts; a browser may then keep files for ever.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
