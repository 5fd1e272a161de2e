"""``python -m tests.drills``. See ``save``."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.drills.settings"

import django

django.setup()

from tests.drills.save import main  # noqa: E402 - Django has to be set up before its models are imported

main()
