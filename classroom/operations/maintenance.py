"""The site closed for a moment: while a file is there, every page says so and static files alone are served.

A file and not a row, since the database may be what is worked on; it holds when the site is expected back. Each machine
that serves the site looks at the file in its own data folder.
"""

import math
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation

from classroom.common.errors import bare

HEALTHZ = "/healthz"
# What is said once the expected time is over and the site is not back.
_SOON = timedelta(minutes=2)


def close(*, until: datetime) -> None:
    """Show the page from the next request on. The file appears whole or not at all."""
    path = _file()
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.write_text(until.isoformat(), encoding="ascii")
    draft.replace(path)


def reopen() -> bool:
    """Whether the site was closed."""
    try:
        _file().unlink()
    except FileNotFoundError:
        return False
    return True


def closed_until() -> datetime | None:
    """When the site is expected back; None while it is open. A file that somebody has made by hand closes it, too."""
    try:
        text = _file().read_text(encoding="ascii", errors="replace")
    except FileNotFoundError:
        return None
    try:
        until = datetime.fromisoformat(text.strip())
    except ValueError:
        return _now()
    return until if until.tzinfo else until.replace(tzinfo=UTC)


class MaintenanceMiddleware:
    """Stands before all that asks the database: sessions, languages and people."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        until = closed_until()
        return self.get_response(request) if until is None else _closed(request, until)


def _closed(request: HttpRequest, until: datetime) -> HttpResponse:
    wait = max(until - _now(), _SOON)
    if request.path == HEALTHZ:
        reply: HttpResponse = JsonResponse({"status": "maintenance"}, status=503)
    else:
        # Nobody is known yet: the browser alone says which language to speak.
        language = translation.get_language_from_request(request)
        with translation.override(language):
            reply = HttpResponse(bare("503.html", minutes=math.ceil(wait.total_seconds() / 60)), status=503)
        reply["Content-Language"] = language
    reply["Retry-After"] = str(math.ceil(wait.total_seconds()))
    reply["Cache-Control"] = "no-store"
    return reply


def _file() -> Path:
    return Path(settings.MAINTENANCE_FILE)


def _now() -> datetime:
    # Not the database's clock: it may be away.
    return datetime.now(UTC)
