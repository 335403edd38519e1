# The commands of the project; `make` alone lists them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PORT ?= 8000
PYTHON ?= python3
WORKERS ?= auto
VENV := .venv
BIN := $(VENV)/bin
DEPS := $(VENV)/.installed
export PYTHONPATH := $(CURDIR):$(CURDIR)/site
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help
help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(DEPS): requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or later is needed: make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
	  || { echo "Python's venv module is missing: on Debian, apt-get install python3-venv"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.txt
	@touch $@

.PHONY: deps
deps: $(DEPS)

.PHONY: run
# Links in mails lead to this site.
run: export WAGTAILADMIN_BASE_URL ?= http://localhost:$(PORT)
run: $(DEPS) ## Run the site with its demo content on PORT (8000)
	@$(BIN)/python manage.py compile_catalogues
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py rebuild_search --stale --verbosity 0
	@$(BIN)/python manage.py seed_demo
	@echo
	@echo "  Site            http://localhost:$(PORT)/"
	@echo "  Administration  http://localhost:$(PORT)/admin/"
	@echo "  Accounts        administration@demo.test, contribution@demo.test, redaction@demo.test, usager@demo.test,"
	@echo "                  professionnel@demo.test, moderation@demo.test, traduction.en@demo.test, relecture.en@demo.test,"
	@echo "                  traduction.ar@demo.test, relecture.ar@demo.test, falc@demo.test, lecture.falc@demo.test,"
	@echo "                  animation@demo.test;"
	@echo "                  password $${DEMO_PASSWORD:-demo-partenariat}"
	@echo
	@$(BIN)/python manage.py clock & clock=$$!; trap "kill $$clock 2>/dev/null || true" EXIT; \
	  $(BIN)/python manage.py runserver 0.0.0.0:$(PORT)

.PHONY: test
test: $(DEPS) ## Run every test, browser tests included
	@$(BIN)/python manage.py compile_catalogues
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "not drill" $(ARGS)
	@# Drills fork processes of their own: they begin where nothing else has run. 5: none was asked for.
	@$(BIN)/python -m pytest -m drill $(ARGS) || test $$? -eq 5

.PHONY: test-fast
test-fast: $(DEPS) ## Run the tests that need neither browser nor patience
	@$(BIN)/python manage.py compile_catalogues
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "not e2e and not slow" $(ARGS)

.PHONY: drill
drill: $(DEPS) ## Run the drills of registrations at full length: crowds, kills, long stories
	@$(BIN)/python manage.py compile_catalogues
	@DRILL=1 $(BIN)/python -m pytest -m drill -v $(ARGS)

.PHONY: lint
lint: $(DEPS) ## Check style, types, layers, templates, migrations and catalogues
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/djlint --quiet --check --lint templates
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/hadolint Dockerfile
	@DATABASE_URL=postgresql://localhost/unused $(BIN)/mypy
	@$(BIN)/python manage.py makemigrations --check --dry-run
	@$(BIN)/python manage.py messages --check

.PHONY: format
format: $(DEPS) ## Rewrite Python and templates in the house style
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/djlint --quiet --reformat templates || true

.PHONY: lock
lock: ## Recompile requirements.txt from pyproject.toml (ARGS=--upgrade for newer versions)
	$(BIN)/pip-compile --quiet --extra dev --generate-hashes --strip-extras --allow-unsafe \
	  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host $(ARGS) \
	  --output-file requirements.txt pyproject.toml
	$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --constraint requirements.txt \
	  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
	  --output-file requirements-production.txt pyproject.toml

.PHONY: messages
messages: $(DEPS) ## Update the catalogues in locale/ from templates and code
	@$(BIN)/python manage.py messages

.PHONY: bench
bench: $(DEPS) ## Measure migrations, pages, growth, desk, variants, glossary, server, Lighthouse (docs/tests.md)
	@$(BIN)/python -m benchmarks $(ARGS)

.PHONY: captures
captures: $(DEPS) ## Take the pictures of the guide again, from the demonstration site
	@DJANGO_SETTINGS_MODULE=plateforme.settings.test $(BIN)/python -c \
	  "import django; django.setup(); from tests.harness.captures import main; main()"

.PHONY: demo-reset
demo-reset: ## Throw the local database and its media away; `make run` builds them again
	@test ! -e .local/postgres/postmaster.pid || { echo "Stop the site first: its database is still running."; exit 1; }
	@rm -rf .local/postgres .local/media
	@echo "Done: make run"
