# For contributors. Every target prepares .venv first, with all tools (requirements/check.lock).
PYTHON := .venv/bin/python
BIN := .venv/bin

.PHONY: check test slow pages lighthouse bench docs messages pictures drill-backup drill-save drill-wheel
.PHONY: first-quiz locks environment format
.PHONY: check-format check-lint check-types check-layers check-templates check-migrations check-deploy check-locks check-docs

# One after the other up to the first fault; make -k check shows all of them.
check: check-format check-lint check-types check-layers check-templates check-migrations check-deploy check-locks check-docs

check-format: environment
	$(BIN)/ruff format --check .

check-lint: environment
	$(BIN)/ruff check .

check-types: environment
	$(BIN)/mypy

check-layers: environment
	$(BIN)/lint-imports --no-logo

check-templates: environment
	$(BIN)/djlint templates --lint --quiet

check-migrations: environment
	DJANGO_SETTINGS_MODULE=config.settings.testing $(PYTHON) -W error manage.py makemigrations --check --dry-run

check-deploy: environment
	scripts/as-production $(PYTHON) -W error manage.py check --deploy --fail-level WARNING

check-locks:
	scripts/check-locks

# The guides as pages, warnings as errors, and every link of them followed: no network.
check-docs: docs
	$(PYTHON) scripts/check_links.py build/docs

docs: environment
	rm -rf build/docs
	$(PYTHON) -m sphinx --fail-on-warning --keep-going --quiet --builder html docs build/docs

test: environment
	$(PYTHON) manage.py test

# Servers, browsers and minutes: what `make test` leaves out.
slow: environment
	$(PYTHON) manage.py test -m slow

# Every page in three languages and widths, light and dark, with scripts and without: about half an hour.
pages: environment
	$(PYTHON) manage.py test -n 2 -m slow tests/journeys/test_every_page.py tests/journeys/test_every_state.py

# Lighthouse on the five main pages, as on a phone: at least 95. It needs npm, and the network once.
lighthouse: environment
	$(PYTHON) scripts/lighthouse

bench: environment
	$(PYTHON) -m tests.bench

# Twenty backups under writes, each restored and compared.
drill-backup: environment
	$(PYTHON) manage.py test -m slow tests/classroom/operations/test_backups.py

# A server killed with -9 twenty times while 32 students save: on SQLite's file, then on a PostgreSQL of its own.
drill-save: environment
	$(PYTHON) -m tests.drills
	scripts/with-postgres $(PYTHON) -m tests.drills

# From a clone to a finished quiz, as a newcomer goes: it installs everything anew, and prints the seconds of each stage.
first-quiz:
	scripts/first-quiz

drill-wheel: environment
	scripts/check-wheel

format: environment
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# The texts of the interface in all languages: finds new ones, then compiles what is translated. It needs gettext.
messages: environment
	scripts/messages

# The pictures of the README, from a demo school of their own. It needs Chromium.
pictures: environment
	$(PYTHON) scripts/pictures.py

# Newer releases within the ranges of pyproject.toml: make locks UPGRADE=--upgrade
locks:
	scripts/lock $(UPGRADE)

environment:
	@python3 config/bootstrap.py check
