# Verbs of the project. A fresh machine needs Python ≥ 3.11 and make, nothing else.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
SETUP := .venv/.installed
TOOLS := .venv/.installed-tools
PEERS := .venv/.installed-peers

.PHONY: help setup demo models serve test lint bench docs lock clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

setup: $(SETUP) ## Create the virtualenv and install the pinned dependencies

$(SETUP): requirements/base.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Vitrine needs Python 3.11 or newer")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
	PYTHONWARNINGS=ignore $(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# What developing needs on top: tests, type checker, linters.
$(TOOLS): $(SETUP) requirements/dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

# The peers that benchmarks compare with; some are built from source.
$(PEERS): $(SETUP) requirements/bench.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@touch $@

models: setup ## Fetch and verify the weights into the user's cache folder
	$(BIN)/vitrine models --fetch

demo: models ## Turn real photos into listing pictures, in the folder demo/
	$(BIN)/vitrine demo --out demo

# What is set already wins over the file .env.
serve: models ## Start the processing service on loopback; settings from .env, where there is one
	@set -a; given="$$(export -p)"; if [ -f .env ]; then . ./.env; fi; eval "$$given"; exec $(BIN)/vitrine serve

test: $(TOOLS) models lint ## Check the code and run every test
	$(BIN)/python docs/generate.py --check
	$(BIN)/pytest

lint: $(TOOLS) ## Check style, types and who imports whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: bench-cutout bench-geometry bench-preview bench-frame ## Run every benchmark

bench-%: $(PEERS) models ## Run one benchmark; its last line is one JSON object
	@IMAGES='$(IMAGES)' TRUTH='$(TRUTH)' $(BIN)/python -m bench.$*

docs: setup ## Write the generated reference pages anew
	$(BIN)/python docs/generate.py

COMPILE := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
  --no-emit-find-links --quiet --custom-compile-command 'make lock'

lock: ## Pin the dependencies anew (needs uv)
	$(COMPILE) --output-file requirements/base.txt
	$(COMPILE) --extra dev --constraint requirements/base.txt --output-file requirements/dev.txt
	$(COMPILE) --extra bench --constraint requirements/base.txt --output-file requirements/bench.txt

clean: ## Remove what setup and demo made
	rm -rf .venv demo
