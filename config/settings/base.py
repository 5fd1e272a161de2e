"""What every way of running shares. Nothing here reads a secret: that is for the modules that build on it."""

import os
import zoneinfo
from pathlib import Path
from typing import cast

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parents[2]
CONFIG_DIR = Path(__file__).resolve().parents[1]
IN_CHECKOUT = (BASE_DIR / "manage.py").is_file()

# Where the database file and collected static files live. A wheel has no folder of its own to write in.
DATA_DIR = Path(
    os.environ.get("LIGHTS_UP_DATA") or (BASE_DIR / "var" if IN_CHECKOUT else Path.cwd() / "lights-up-data")
)

# While this file is there, pages say that the site is closed for a moment: `manage.py maintenance`.
MAINTENANCE_FILE = DATA_DIR / "maintenance"

DEBUG = False
DEMO = False
ALLOWED_HOSTS: list[str] = []
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"
SITE_NAME = "Lights Up"

INSTALLED_APPS = [
    # In this order teachers are offered what the apps register: lessons and talk first, then quizzes.
    "classroom.apps.ClassroomConfig",
    "quizzes.apps.QuizzesConfig",
    "kits.apps.KitsConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "classroom.common.panel.PanelConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "classroom.operations.maintenance.MaintenanceMiddleware",
    # Each reply gets a random length of its own, and each page its own mask of the CSRF token: see Django on BREACH.
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "classroom.people.sessions.SharedTabletsMiddleware",
    "classroom.people.appearance.OwnLanguageMiddleware",
    "classroom.common.middleware.PrivatePagesMiddleware",
    "classroom.people.access.DeclaredAccessMiddleware",
    "classroom.privacy.reads.RecordReadsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates" if IN_CHECKOUT else CONFIG_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "builtins": ["classroom.common.addresses", "classroom.common.remembered_parts"],
            "libraries": {
                "i18n": "classroom.common.remembered_words",
                "static": "classroom.common.remembered_static",
            },
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.template.context_processors.tz",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "classroom.people.context.navigation",
            ],
        },
    }
]

# Two libraries of Django's are there twice on purpose, the later ones with a memory.
SILENCED_SYSTEM_CHECKS = ["templates.W003"]

# --- Data ---------------------------------------------------------------------------------------------------------

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def database(default_file: Path) -> dict[str, dict[str, object]]:
    """PostgreSQL where DATABASE_URL names one, else SQLite in the given file.

    IMMEDIATE takes the write lock when a transaction begins, so that a read followed by a write never fails with
    "database is locked"; synchronous FULL because an answer shown as saved has to survive a power cut; secure_delete
    because what is erased has to be gone from the file as well.
    """
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{default_file}"
    chosen: dict[str, object] = {**dj_database_url.parse(url)}
    if chosen["ENGINE"] == "django.db.backends.sqlite3":
        chosen["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=0; "
            "PRAGMA secure_delete=ON;",
        }
        # One connection a thread, kept: opening the file and setting it up costs more than a page's queries.
        chosen["CONN_MAX_AGE"] = None
    else:
        # Each connection is asked whether it still lives before it is used: a restarted database breaks no page.
        chosen["CONN_HEALTH_CHECKS"] = True
        given = cast(dict[str, object], chosen.get("OPTIONS", {}))
        # Without jit: to compile a query of many parts takes PostgreSQL a second, and to run it some milliseconds.
        options = f"-c jit=off {given.get('options', '')}".strip()
        chosen["OPTIONS"] = {**given, "options": options, "pool": {"min_size": 2, "max_size": 16, "timeout": 20}}
    return {"default": chosen}


CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SESSION_ENGINE = "classroom.people.session_store"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "classroom.common.errors.csrf_failure"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# --- People -------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "classroom.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "classroom:home"
LOGOUT_REDIRECT_URL = "classroom:welcome"

ACCOUNT_ADAPTER = "classroom.people.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
# Whether teachers may make an account by themselves, with an address that they verify; students never.
TEACHER_SIGNUP = False
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_FORMS = {
    "login": "classroom.people.signin.SignInForm",
    "signup": "classroom.people.signup.TeacherSignupForm",
}
# Asked of those alone who signed up by themselves (classroom.people.accounts.VerifySignUps).
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = False
# A whole school signs in from behind one address at nine o'clock, so nothing counts addresses alone: only failures are
# counted, and by the account that is tried. Join codes have a limit of their own (classroom.people.limits).
ACCOUNT_RATE_LIMITS = {
    "login": False,
    "signup": "30/h/ip",
    "login_failed": "10/5m/key",
    "reset_password": "20/m/ip,5/m/key",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = SITE_NAME
# Whether an admin's pages are shut until the admin has shown a second factor.
ADMIN_MFA = False
# A session ends after so many minutes without a request: tablets are shared.
IDLE_MINUTES = 60
IDLE_MINUTES_STAFF = 8 * 60

# What a new class is offered, such as Europe/Madrid; without it, the zone of the teacher's last class.
CLASS_TIME_ZONE = os.environ.get("LIGHTS_UP_TIME_ZONE", "").strip()
if CLASS_TIME_ZONE and CLASS_TIME_ZONE not in zoneinfo.available_timezones():
    raise ImproperlyConfigured(
        f"LIGHTS_UP_TIME_ZONE is {CLASS_TIME_ZONE!r}, which is no time zone. See docs/admins.md."
    )

# --- How long data about people lasts -----------------------------------------------------------------------------

# In days; what each is counted from, docs/privacy.md says. LIGHTS_UP_KEEP_CLASS=730, and so on, changes one.
RETENTION_DAYS = {
    key: int(os.environ.get(f"LIGHTS_UP_KEEP_{key.upper()}") or days)
    for key, days in {
        "class": 365,
        "visits": 90,
        "account": 30,
        "audit": 3 * 365,
        "invitations": 90,
        "sessions": 0,
        "tasks": 14,
        "limits": 30,
        "notices": 90,
    }.items()
}

# Where backups lie that something else makes, and after how many days without one the health page warns.
BACKUP_FOLDER = os.environ.get("LIGHTS_UP_BACKUP_FOLDER", "").strip()
BACKUP_DAYS = int(os.environ.get("LIGHTS_UP_BACKUP_DAYS", "3"))

# The worker removes what is past its time once a day. Turned off, the health page warns.
RETENTION_DAILY = os.environ.get("LIGHTS_UP_RETENTION", "1").strip().lower() not in {"0", "false", "no", "off"}

# --- Words, time, files -------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese")), ("es", _("Spanish"))]
LOCALE_PATHS = [CONFIG_DIR / "locale"]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# A quiz of a hundred questions on one page, each with fifty things to match, is one form where there is no script.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Served at the site's root: a worker in the browser sees to the addresses below its own alone.
WHITENOISE_ROOT = CONFIG_DIR.parent / "classroom" / "at_root"
# Whether browsers show a page of ours where nothing answers. Turned off, they forget it at the next visit.
OFFLINE_PAGE = os.environ.get("LIGHTS_UP_OFFLINE_PAGE", "1").strip().lower() not in {"0", "false", "no", "off"}

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

# --- What a browser may do ----------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# Hands over to the one below, and leaves a sign for the health page.
EMAIL_BACKEND = "classroom.operations.mail.RecordedBackend"
MAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = "lights-up@localhost"
# Where mails that the worker sends lead to: it knows no request.
SITE_ADDRESS = os.environ.get("LIGHTS_UP_SITE", "").strip().rstrip("/") or "http://localhost:8000"

# Logs hold ids, never names, answers or posts.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "classroom.common.logs.WithoutWords",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
}
