"""The page that a browser keeps for when nothing answers; ``at_root/offline-worker.js`` shows it."""

import hashlib
from functools import lru_cache

from django.conf import settings
from django.utils import translation

from classroom.common.errors import bare


def page() -> str:
    return bare("offline.html")


def version() -> str:
    """Changes with the page's words and with its style; empty where the site has the page turned off."""
    return _version() if settings.OFFLINE_PAGE else ""


@lru_cache(maxsize=1)
def _version() -> str:
    # In production an address of a static file has a hash of its content in it.
    with translation.override(settings.LANGUAGE_CODE):
        return hashlib.sha256(page().encode()).hexdigest()[:12]
