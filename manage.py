#!/usr/bin/env python3
"""The one command: `python3 manage.py demo` and `python3 manage.py test` do their own set-up."""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        f"Lights Up needs Python 3.11 or later, and this is Python {sys.version_info[0]}.{sys.version_info[1]}. "
        "Run the same command with a newer one, for instance: python3.11 manage.py demo"
    )

from config import bootstrap, cli

if __name__ == "__main__":
    bootstrap.ensure_environment(sys.argv)
    sys.exit(cli.run(sys.argv, default="config.settings.development"))
