# Cruxmap needs Python 3.11 or newer, Git and make; everything else is installed into .venv.
# `make help` lists what there is to do; docs/development.md says more.

PYTHON  ?= python3
WORKERS ?= auto
UPGRADE ?= --upgrade

VENV := .venv
BIN  := $(VENV)/bin
PIP  := $(BIN)/python -m pip --disable-pip-version-check

# The map of this checkout; CRUXMAP_DATABASE_URL=... make serve uses another.
CRUXMAP_DATABASE_URL ?= sqlite:///$(CURDIR)/var/cruxmap.sqlite3

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help serve test test-external check format bench screenshots specimen openapi lock install install-dev clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

serve: $(VENV)/.runtime ## Serve the map of this checkout at http://127.0.0.1:8000
	@CRUXMAP_DATABASE_URL='$(CRUXMAP_DATABASE_URL)' exec $(BIN)/cruxmap serve --seed

test: $(VENV)/.dev ## Run the whole test suite (ARGS='-k words' narrows it)
	@$(BIN)/python -m tests.support.browser
	$(BIN)/python -m pytest -n $(WORKERS) --maxprocesses 8 --dist worksteal $(ARGS)

test-external: $(VENV)/.dev ## Run the tests that talk to something outside this machine
	@$(BIN)/python -m tests.support.browser
	$(BIN)/python -m pytest -m external $(ARGS)

check: $(VENV)/.dev ## Check formatting, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(VENV)/.dev ## Format the code and mend what lint can mend
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

bench: $(VENV)/.dev ## Run the benchmarks in tests/bench
	@set -e; for script in tests/bench/bench_*.py; do \
		test -e "$$script" || { echo "there are no benchmarks in tests/bench yet"; break; }; \
		echo "== $$script"; $(BIN)/python "$$script"; \
	done

screenshots: $(VENV)/.dev ## Take the pictures in docs/images from the seeded map
	@$(BIN)/python -m tests.support.browser
	$(BIN)/python -m tests.support.screenshots

specimen: $(VENV)/.dev ## Write docs/specimen, the export of the bundled map, anew
	$(BIN)/python -m tests.support.specimen

openapi: $(VENV)/.runtime ## Write schema/openapi.json anew
	$(BIN)/python -m tests.support.openapi

# One lock for Python 3.11 to 3.14 on Linux and macOS: pinned, hashed, naming no registry.
LOCK := $(VENV)/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links
lock: $(VENV)/.python ## Pin newer versions (UPGRADE= keeps those that still fit)
	@test -x $(VENV)/lock/bin/uv || { $(BIN)/python -m venv $(VENV)/lock && \
		$(VENV)/lock/bin/python -m pip --disable-pip-version-check install --quiet 'uv>=0.9,<1'; }
	$(LOCK) $(UPGRADE) pyproject.toml --extra postgresql --group dev --output-file requirements-dev.txt
	$(LOCK) $(UPGRADE) pyproject.toml --group build --constraints requirements-dev.txt --output-file requirements.txt

install: $(VENV)/.runtime ## Install what `make serve` needs, without serving
install-dev: $(VENV)/.dev ## Install what the other targets need

# Stamps: a target that is up to date costs nothing the second time.
$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Cruxmap needs Python 3.11 or newer, and '$(PYTHON)' is not one: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "'$(PYTHON)' cannot make virtual environments: install them (Debian, Ubuntu: apt install python3-venv)" >&2; exit 1; }
	@echo "Making $(VENV)"
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/.packages: requirements.txt | $(VENV)/.python
	@echo "Installing what Cruxmap runs on (once)"
	@$(PIP) install --quiet --require-hashes --requirement requirements.txt
	@touch $@

$(VENV)/.runtime: $(VENV)/.packages pyproject.toml
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	@echo "Installing what the tests and checks need (once)"
	@$(PIP) install --quiet --require-hashes --requirement requirements-dev.txt
	@touch $@

clean: ## Remove what tools leave behind, the environment included; the map in var/ stays
	rm -rf $(VENV) build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find app schema tests -name __pycache__ -type d -prune -exec rm -rf {} +
