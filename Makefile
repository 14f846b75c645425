# Verbs of the project. A fresh machine needs Python ≥ 3.11 and make, nothing else.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
SETUP := .venv/.installed
TOOLS := .venv/.installed-tools
PEERS := .venv/.installed-peers
BROWSER := .venv/.browser
PACKAGES := node_modules/.installed
APP := frontend/dist/index.html
FILE ?= backups/vitrine-$(shell date +%Y-%m-%d-%H%M%S).tar

# npm and what it starts look for node here: the virtualenv's comes before the machine's.
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: help setup demo models up serve backup restore verify password test lint bench chaos screenshots audit docs lock clean
# Two installers at once would tread on each other.
.NOTPARALLEL:

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

setup: $(SETUP) $(PACKAGES) ## Create the virtualenv and install the pinned dependencies

$(SETUP): requirements/base.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Vitrine needs Python 3.11 or newer")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
	PYTHONWARNINGS=ignore $(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

NPM_CI := $(BIN)/npm ci --no-audit --no-fund --loglevel=error >/dev/null

# What the gateway runs on. Where the tools of developers are installed already, they stay.
$(PACKAGES): $(SETUP) package-lock.json
	$(NPM_CI) $(if $(wildcard $(TOOLS)),,--omit=dev)
	@touch $@

# The app, built whenever something of it is newer.
$(APP): $(PACKAGES) $(shell find frontend -type f -not -path '*/node_modules/*' -not -path 'frontend/dist/*' 2>/dev/null)
	$(BIN)/npm run --silent build --workspace frontend >/dev/null

# What developing needs on top: tests, type checkers, linters.
$(TOOLS): $(SETUP) requirements/dev.txt package-lock.json
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(NPM_CI)
	@touch $(PACKAGES) $@

# The browser that stories are told in. CHROMIUM names another one.
$(BROWSER): $(SETUP)
	@if [ -z "$$CHROMIUM" ] && ! command -v chromium >/dev/null; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends chromium >/dev/null; \
	  else \
	    echo 'The browser tests need Chromium: install it (Debian: apt-get install chromium), or set CHROMIUM to its path' >&2; exit 1; \
	  fi; \
	fi
	@touch $@

# The peers that benchmarks compare with; some are built from source.
$(PEERS): $(SETUP) requirements/bench.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@touch $@

# Settings come from .env, where there is one. What is set already wins over the file.
with_settings = set -a; given="$$(export -p)"; if [ -f .env ]; then . ./.env; fi; eval "$$given"; $(1)

models: setup ## Fetch and verify the weights into the user's cache folder
	@$(call with_settings,exec $(BIN)/vitrine models --fetch)

demo: models ## Turn real photos into listing pictures, in the folder demo/
	$(BIN)/vitrine demo --out demo

up: setup $(APP) ## Start everything on loopback and say where; Ctrl-C stops it. Settings from .env, where there is one
	@$(call with_settings,exec $(BIN)/vitrine up --fetch)

serve: models ## Start the processing service alone
	@$(call with_settings,exec $(BIN)/vitrine serve)

backup: setup ## Back up everything into one file: make backup FILE=… [ALLOW_DAMAGED=yes]
	@$(if $(filter file,$(origin FILE)),mkdir -p -m 700 $(dir $(FILE)))
	@$(call with_settings,exec $(BIN)/vitrine backup '$(FILE)' $(if $(ALLOW_DAMAGED),--allow-damaged))

restore: setup ## Put a backup back: make restore FILE=… [FORCE=yes]
	@$(if $(filter file,$(origin FILE)),echo 'make restore needs FILE=…' >&2; exit 1)
	@$(call with_settings,exec $(BIN)/vitrine restore '$(FILE)' $(if $(FORCE),--force))

password: setup ## Set a forgotten password anew: make password EMAIL=…
	@$(if $(EMAIL),,echo 'make password needs EMAIL=…' >&2; exit 1)
	@$(call with_settings,exec $(BIN)/vitrine password '$(EMAIL)')

verify: setup ## Read every stored blob again: damaged, missing, not needed? make verify [CLEAN=yes]
	@$(call with_settings,exec $(BIN)/vitrine verify $(if $(CLEAN),--clean))

test: $(TOOLS) $(BROWSER) $(APP) models lint ## Check the code and run every test
	$(BIN)/python docs/generate.py --check
	$(BIN)/pytest
	$(BIN)/npm run --silent test

lint: $(TOOLS) ## Check style, types and who imports whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/npm run --silent lint

bench: bench-cutout bench-geometry bench-preview bench-frame bench-gallery bench-upload bench-load bench-app bench-ledger bench-batch ## Run every benchmark

# Run one benchmark; its last line is one JSON object. Those of the gateway are TypeScript.
bench-app: $(BROWSER)

bench-%: bench/%.ts $(TOOLS) $(APP) models
	@$(BIN)/node $<

bench-%: $(PEERS) models
	@IMAGES='$(IMAGES)' TRUTH='$(TRUTH)' $(BIN)/python -m bench.$*

chaos: $(TOOLS) $(APP) models ## Kill what works on a batch, fill the disk, stop the database: does every picture survive?
	$(BIN)/node tests/chaos/chaos.ts

screenshots: $(TOOLS) $(BROWSER) $(APP) models ## Picture every page, in both sizes and themes, into screenshots/
	$(BIN)/node tests/e2e/screenshots.ts $(PAGES)

AUDIT := .venv/audit

audit: setup ## Ask the network for known vulnerabilities of what is installed
	[ -x $(AUDIT)/bin/pip-audit ] || ($(PYTHON) -m venv $(AUDIT) && $(AUDIT)/bin/pip install --quiet pip-audit)
	$(AUDIT)/bin/pip-audit --disable-pip --require-hashes --requirement requirements/base.txt
	$(BIN)/npm audit --audit-level=high

docs: setup ## Write the generated pages anew
	$(BIN)/python docs/generate.py

COMPILE := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
  --no-emit-find-links --quiet --custom-compile-command 'make lock'

lock: ## Pin the dependencies anew (needs uv)
	$(COMPILE) --output-file requirements/base.txt
	$(COMPILE) --extra dev --constraint requirements/base.txt --output-file requirements/dev.txt
	$(COMPILE) --extra bench --constraint requirements/base.txt --output-file requirements/bench.txt

clean: ## Remove what setup and demo made
	rm -rf .venv node_modules frontend/node_modules frontend/dist demo
