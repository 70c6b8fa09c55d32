# `make demo` and `make test` work on a machine with Python 3.11+ and make, and nothing else prepared.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PHOTOS ?=
DEMO_DIR ?= demo

.PHONY: help venv demo test test-all check docs bench clean

help:
	@echo "make venv      everything installed into $(VENV)"
	@echo "make demo      the model in the box on the looks in the box (PHOTOS=folder: on your own photos too)"
	@echo "make test      the tests that every change must pass"
	@echo "make test-all  those and the slow ones"
	@echo "make check     formatting, lint and types"
	@echo "make docs      pictures of README and docs anew, API reference into site/"
	@echo "make bench     the timed claims of the docs"

venv: $(VENV)/.installed

$(VENV)/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Attire needs Python 3.11 or newer, this is " + sys.version.split()[0] + ". Say: make PYTHON=python3.12 venv")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[all,dev]'
	@touch $@

demo: venv
	$(BIN)/attire demo $(PHOTOS) -o $(DEMO_DIR)

test: check
	$(BIN)/python -m pytest -q -m "not slow"

test-all: check
	$(BIN)/python -m pytest -q

check: venv
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

docs: venv
	$(BIN)/python docs/pictures.py
	$(BIN)/pdoc --docformat google --output-directory site attire

bench: venv
	$(BIN)/python benchmarks/annotations.py
	$(BIN)/python benchmarks/explore.py
	$(BIN)/python benchmarks/evaluate.py

clean:
	rm -rf site demo .pytest_cache .mypy_cache .ruff_cache .hypothesis
