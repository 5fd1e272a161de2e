# For contributors. Every target prepares .venv first, with all tools (requirements/check.lock).
PYTHON := .venv/bin/python
BIN := .venv/bin
CHECK_ENV := scripts/as-production

.PHONY: check test slow bench drill-backup drill-wheel locks environment format

check: environment
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint templates --lint --quiet
	DJANGO_SETTINGS_MODULE=config.settings.testing $(PYTHON) -W error manage.py makemigrations --check --dry-run
	$(CHECK_ENV) $(PYTHON) -W error manage.py check --deploy --fail-level WARNING
	scripts/check-locks

test: environment
	$(PYTHON) manage.py test

# Servers, browsers and minutes: what `make test` leaves out.
slow: environment
	$(PYTHON) manage.py test -m slow

bench: environment
	$(PYTHON) -m tests.bench

# Twenty backups under writes, each restored and compared (docs/decisions; TRUST row 40).
drill-backup: environment
	$(PYTHON) manage.py test -m slow tests/classroom/operations/test_backups.py

drill-wheel: environment
	scripts/check-wheel

format: environment
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Newer releases within the ranges of pyproject.toml: make locks UPGRADE=--upgrade
locks:
	scripts/lock $(UPGRADE)

environment:
	@python3 config/bootstrap.py check
