# make run      install, translate corpus/ into aligned/, show a summary
# make test     install, run the whole suite
# make check    lint, format, types, import layers, generated docs
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: run test check install docs format clean

run: install
	$(BIN)/aligntool translate corpus/ -o aligned/

test: install
	@for program in git unshare mount chromium; do command -v $$program > /dev/null || \
		echo "$$program is not installed: the tests that need it are skipped (Debian: apt-get install git util-linux mount chromium)"; done
	$(BIN)/python -m pytest -n auto

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python docs/generate.py --check

install: $(STAMP)

$(STAMP): setup.cfg constraints.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "aligntool needs Python 3.11 or newer: make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade -c constraints.txt pip setuptools
	$(BIN)/python -m pip install --quiet -c constraints.txt torch
	$(BIN)/python -m pip install --quiet -c constraints.txt --editable '.[train,dev]'
	touch $(STAMP)

docs: install
	$(BIN)/python docs/generate.py

format: install
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
