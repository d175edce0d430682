# Everything a hand, the pre-commit hook and CI call. Needs Python >= 3.11, make and PyPI.

PYTHON ?= $(shell for python in python3.11 python3 python3.12 python3.13 python3.14 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$python && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
CODE := $(wildcard src tests tools bench)
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadgroup

.PHONY: help demo test test-slow check lint types imports format bench templates pictures codes pins clean

help:
	@echo "make demo       fill the 2018 report and its statistics sheet into out/"
	@echo "make test       run the tests"
	@echo "make check      lint, format, types, import rules, tests"
	@echo "make test-slow  run the long tests too, and audit every document that a test makes"
	@echo "make format     set the code as the formatter wants it"
	@echo "make bench      measure against docxtpl and openpyxl, in one run"
	@echo "make templates  write the official templates again"
	@echo "make pictures   draw the README's pictures (needs LibreOffice and pdftoppm)"
	@echo "make codes      write the reference of error codes again"
	@echo "make pins       renew dev-constraints.txt"
	@echo "make clean      remove what was made"

# -- setting up ------------------------------------------------------------------------------

.venv/made:
	@test -n "$(PYTHON)" || { echo "make: no Python >= 3.11 found; try make PYTHON=/path/to/python3" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/installed: .venv/made pyproject.toml dev-constraints.txt
	$(PIP) install --constraint dev-constraints.txt --editable .
	@touch $@

.venv/installed-dev: .venv/made pyproject.toml dev-constraints.txt
	$(PIP) install --constraint dev-constraints.txt --editable '.[dev]'
	@touch .venv/installed $@

# -- using it --------------------------------------------------------------------------------

FORM := disclosure-2014
SAMPLE := samples/helan-2018.yaml

demo: .venv/installed
	@mkdir -p out
	$(BIN)/govdocs fill templates/$(FORM)/report.docx templates/$(FORM)/statistics.xlsx \
		--data $(SAMPLE) --out out

# -- checking it -----------------------------------------------------------------------------

test: .venv/installed-dev
	$(PYTEST)

test-slow: .venv/installed-dev
	GOVDOCS_AUDIT=1 HYPOTHESIS_PROFILE=thorough $(PYTEST) -m "slow or not slow"

check: lint types imports test

lint: .venv/installed-dev
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)

types: .venv/installed-dev
	$(BIN)/mypy $(CODE)

imports: .venv/installed-dev
	$(BIN)/lint-imports --no-cache

format: .venv/installed-dev
	$(BIN)/ruff check --fix-only --quiet $(CODE)
	$(BIN)/ruff format $(CODE)

bench: .venv/installed-dev
	$(BIN)/python -m bench

# -- making what is in the repository ----------------------------------------------------------

templates: .venv/installed-dev
	$(BIN)/python -m tools.make_templates

pictures: .venv/installed-dev
	$(BIN)/python tools/make_pictures.py

codes: .venv/installed-dev
	$(BIN)/python tools/write_error_codes.py

pins:
	rm -rf build/pins && $(PYTHON) -m venv build/pins
	build/pins/bin/python -m pip --quiet install '.[dev]'
	{ echo "# The versions that the checks run with; make pins renews them."; \
	  build/pins/bin/python -m pip freeze --exclude govdocs; } > dev-constraints.txt
	rm -rf build/pins

clean:
	rm -rf .venv out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
