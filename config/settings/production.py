"""For a school's server. Every refusal says what to set, and where to read about it."""

import os

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *  # noqa: F403 - a settings module is the base with changes
from config.settings.base import DATA_DIR, database


def _required(name: str, why: str) -> str:
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. {why} See docs/admins.md.")
    return value


def _on(name: str) -> bool:
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


SECRET_KEY = _required("LIGHTS_UP_SECRET_KEY", "It signs sessions and links: 50 random characters.")
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5 or SECRET_KEY.endswith("of-no-value"):
    raise ImproperlyConfigured("LIGHTS_UP_SECRET_KEY is too weak: it takes 50 random characters or more.")
ALLOWED_HOSTS = [
    host.strip()
    for host in _required("LIGHTS_UP_HOSTS", "Name the hosts of this site, separated by commas.").split(",")
]
SITE_ADDRESS = os.environ.get("LIGHTS_UP_SITE", "").strip().rstrip("/") or f"https://{ALLOWED_HOSTS[0].lstrip('*.')}"
for _forbidden in ("DEBUG", "LIGHTS_UP_DEBUG", "LIGHTS_UP_DEMO"):
    if _on(_forbidden):
        raise ImproperlyConfigured(f"{_forbidden} is on. Production runs with neither debugging nor demo sign-ins.")

TEACHER_SIGNUP = _on("LIGHTS_UP_TEACHER_SIGNUP")
ADMIN_MFA = os.environ.get("LIGHTS_UP_ADMIN_MFA", "1").strip().lower() not in {"0", "false", "no", "off"}
IDLE_MINUTES = int(os.environ.get("LIGHTS_UP_IDLE_MINUTES", "60"))
IDLE_MINUTES_STAFF = int(os.environ.get("LIGHTS_UP_IDLE_MINUTES_STAFF", "480"))

DATA_DIR.mkdir(parents=True, exist_ok=True)
DATABASES = database(DATA_DIR / "lights-up.sqlite3")

SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if "*" not in host]
if _on("LIGHTS_UP_BEHIND_PROXY"):
    # Only behind a proxy that sets this header itself may it be believed.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # of X-Forwarded-For, the entry that the proxy itself has written
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

DEFAULT_FROM_EMAIL = os.environ.get("LIGHTS_UP_MAIL_FROM", "lights-up@localhost")
if os.environ.get("LIGHTS_UP_MAIL_HOST"):
    MAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = os.environ["LIGHTS_UP_MAIL_HOST"]
    EMAIL_PORT = int(os.environ.get("LIGHTS_UP_MAIL_PORT", "587"))
    EMAIL_HOST_USER = os.environ.get("LIGHTS_UP_MAIL_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("LIGHTS_UP_MAIL_PASSWORD", "")
    EMAIL_USE_TLS = True
