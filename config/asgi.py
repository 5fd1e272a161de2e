"""Streams, for an ASGI server; pages belong on WSGI, where a view that waits for the database is many times faster."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

application = get_asgi_application()
