"""``make bench``. See ``measure``."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"

import django

django.setup()

from tests.bench.measure import main  # noqa: E402 - Django has to be set up before its models are imported

main()
