"""Where sessions are kept: Django's own table, and one mistake of its store mended."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import OperationalError


class SessionStore(db.SessionStore):
    """Says that the database was busy where it was.

    Django's store takes every failure to write for a session that was deleted meanwhile, which its middleware answers
    as a bad request (400). A database that others hold for too long is neither: it is asked again in a moment (503).
    """

    def save(self, must_create: bool = False) -> None:
        """Raises OperationalError where the database could not be written, besides what Django's raises."""
        try:
            super().save(must_create)
        except UpdateError as error:
            if isinstance(error.__context__, OperationalError):
                raise error.__context__ from None
            raise
