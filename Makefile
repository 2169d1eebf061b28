# Everything a target needs it makes first: the virtual environment, the Python
# and npm packages, Debian packages (as root or with sudo). On a bare Debian 12
# only git, make and python3 have to be there.

SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
RESULTS := test-results
CODE := giaoban tests tools conftest.py $(wildcard benchmarks)
PYTEST := $(BIN)/python -m pytest -p no:cacheprovider --tb=short

# The stamps are named after what they were made from, so a change makes them again.
PACKAGES := .venv/.packages-$(shell cat requirements-dev.txt pyproject.toml | cksum | cut -d' ' -f1)
MODULES := node_modules/.modules-$(shell cat package-lock.json .npmrc | cksum | cut -d' ' -f1)

PDF := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation fonts-noto-core
PAPER := poppler-utils libreoffice-writer-nogui

.PHONY: help demo test test-postgres check lint types contracts architecture bench e2e fmt docs messages requirements wheel venv vendor mo clean

help:
	@echo "make demo       sample programme in a browser"
	@echo "make test       the tests"
	@echo "make test-postgres the apps' tests on PostgreSQL"
	@echo "make check      format, types, contracts, translations, printed docs"
	@echo "make e2e        the tests in a real browser"
	@echo "make bench      the benchmarks"
	@echo "make fmt        format the code"
	@echo "make docs       print docs/reference from code"
	@echo "make messages   collect what is to be translated"
	@echo "make wheel      build the package"

# ------------------------------------------------------------------ what people do

demo: venv vendor mo
	@tools/need --optional $(PDF)
	$(BIN)/giaoban demo

test: venv vendor mo
	@tools/need --optional $(PDF) poppler-utils
	@if [ -n "$$CI" ]; then tools/need $(PDF) $(PAPER); fi
	$(PYTEST) giaoban tests --ignore=tests/e2e --ignore=tests/architecture --junitxml=$(RESULTS)/test.xml

# Needs an empty server: GIAOBAN_TEST_POSTGRES=postgresql://…, see tools/postgres
test-postgres: venv vendor mo
	@test -n "$$GIAOBAN_TEST_POSTGRES" || { echo "Set GIAOBAN_TEST_POSTGRES; tools/postgres start FOLDER prints one." >&2; exit 1; }
	DATABASE_URL=$$GIAOBAN_TEST_POSTGRES $(PYTEST) giaoban tests/journeys --ignore=giaoban/lib --junitxml=$(RESULTS)/postgres.xml

check: lint types contracts architecture

lint: venv
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)

types: venv
	$(BIN)/mypy

contracts: venv
	$(BIN)/lint-imports --no-cache

# staircase, sizes, migrations, translations, printed pages
architecture: venv vendor mo
	$(PYTEST) tests/architecture --junitxml=$(RESULTS)/check.xml

e2e: venv vendor mo
	@tools/need chromium libatomic1 $(PDF)
	@if [ -d tests/e2e ]; then \
		$(PYTEST) tests/e2e --junitxml=$(RESULTS)/e2e.xml; \
	else echo "No browser tests yet."; fi

bench: venv vendor
	@tools/need postgresql
	$(BIN)/python -m benchmarks

fmt: venv
	$(BIN)/ruff check --fix $(CODE)
	$(BIN)/ruff format $(CODE)

docs: venv
	$(BIN)/python -m tools.docs

messages: venv
	$(BIN)/python -m tools.messages

requirements: venv
	$(BIN)/pip install --quiet uv
	PATH="$(CURDIR)/$(BIN):$$PATH" tools/requirements.sh

wheel: venv vendor mo
	$(BIN)/python -m build --wheel --no-isolation

clean:
	rm -rf .venv node_modules build dist .cache $(RESULTS)

# ------------------------------------------------------------------ what they need

venv: $(PACKAGES)

$(PACKAGES):
	@$(PYTHON) -c "import ensurepip" 2>/dev/null || tools/need python3-venv
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing Python packages (a few minutes the first time)"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@rm -f .venv/.packages-*
	@touch $@

vendor: $(MODULES)

$(MODULES): | $(PACKAGES)
	@tools/npm ci
	@rm -f node_modules/.modules-*
	@touch $@

mo: venv
	@$(BIN)/python -m tools.messages --compile
