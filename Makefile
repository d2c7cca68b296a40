# make run      install, translate corpus/ into aligned/, show a summary
# make test     install, run the whole suite
# make check    lint, format, types, import layers, generated docs
# make system   install the Debian programs that some tests need; nothing to do where they are
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

# Debian's git, util-linux, mount and chromium. What is absent is asked anew whenever a recipe needs it.
MISSING = for program in git unshare mount chromium; do command -v $$program > /dev/null || echo $$program; done

.PHONY: run test check system install docs format clean

# Without the dictionaries this machine may have: aligned/ is the same everywhere.
run: install
	ALIGNTOOL_DICTIONARY=none $(BIN)/aligntool translate corpus/ -o aligned/

test: install
	@for program in $$($(MISSING)); do echo "$$program is not installed: tests that need it are skipped (make system)"; done
	$(BIN)/python -m pytest -n auto

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python docs/generate.py --check

system:
	@missing=$$($(MISSING) | sed s/unshare/util-linux/ | tr '\n' ' '); \
	install="apt-get install --yes --no-install-recommends $$missing"; \
	if [ -z "$$missing" ]; then exit 0; \
	elif ! command -v apt-get > /dev/null; then echo "not installed here, and this is no Debian: $$missing"; exit 1; \
	elif [ "$$(id -u)" != 0 ]; then echo "only root may install: sudo $$install"; exit 1; \
	else apt-get update && DEBIAN_FRONTEND=noninteractive $$install; fi

install: $(STAMP)

$(STAMP): setup.cfg constraints.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "aligntool needs Python 3.11 or newer: make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade -c constraints.txt pip setuptools
	$(BIN)/python -m pip install --quiet -c constraints.txt torch
	$(BIN)/python -m pip install --quiet -c constraints.txt --editable '.[review,xlsx,train,dev]'
	touch $(STAMP)

docs: install
	$(BIN)/python docs/generate.py

format: install
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
