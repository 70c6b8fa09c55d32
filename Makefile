# `make demo` and `make test` work on a machine with Python 3.11+ and make, and nothing else prepared.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
DEMO_VENV ?= .venv-demo
PHOTOS ?=
DEMO_DIR ?= demo

.PHONY: help venv demo test test-all check docs bench clean

help:
	@echo "make venv      everything installed into $(VENV)"
	@echo "make demo      a small environment without torch, and the model in the box on the looks in the box"
	@echo "               (PHOTOS=folder: on your own photos too)"
	@echo "make test      the tests that every change must pass"
	@echo "make test-all  those and the slow ones"
	@echo "make check     formatting, lint and types"
	@echo "make docs      pictures of README and docs anew, API reference into site/"
	@echo "make bench     the timed claims of the docs"

venv: $(VENV)/.installed

comma := ,
# An environment in the folder of the target, with the extras named. The pip that comes with Python 3.11 takes
# twice as long; most modules of what is installed are never imported, so they are compiled when they are.
define environment
@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Attire needs Python 3.11 or newer, this is " + sys.version.split()[0] + ". Say: make PYTHON=python3.12 $(1)")'
$(PYTHON) -m venv $(@D)
$(@D)/bin/python -m pip install --quiet --upgrade pip
$(@D)/bin/python -m pip install --quiet --no-compile --constraint constraints.txt --editable '.[$(2)]'
@touch $@
endef

$(VENV)/.installed: pyproject.toml constraints.txt
	$(call environment,venv,all$(comma)dev)

# Reading photos needs none of it; checking, exploring and scoring need the extra "data". No torch in either.
$(DEMO_VENV)/.installed: pyproject.toml constraints.txt
	$(call environment,demo,data$(comma)serve)

demo: $(DEMO_VENV)/.installed
	$(DEMO_VENV)/bin/attire demo $(PHOTOS) -o $(DEMO_DIR)

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
	$(BIN)/python docs/page_pictures.py
	$(BIN)/pdoc --docformat google --output-directory site attire

bench: venv
	$(BIN)/python benchmarks/annotations.py
	$(BIN)/python benchmarks/explore.py
	$(BIN)/python benchmarks/evaluate.py
	$(BIN)/python benchmarks/inference.py

clean:
	rm -rf site demo .venv-demo .pytest_cache .mypy_cache .ruff_cache .hypothesis
