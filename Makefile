# Saves typing: every command here can be typed by hand. `make help` lists them.

PYTHON ?= python3
PORT ?=
NOTES ?=
ZIP ?= site-offline.zip
FROM ?=
ARGS ?=
LAB ?=
LABS ?= yes

RUN := .venv/bin/python
BARE = @command -v "$(PYTHON)" >/dev/null 2>&1 || { echo "Python is missing: install Python 3.11.5 or newer (or name it: make PYTHON=...) and run this again." >&2; exit 1; }; \
	"$(PYTHON)"
SETUP = $(BARE) tools/setup.py

# What is given by name reaches a recipe's shell as a variable, never as a part of its text; what looks
# like make's own syntax in it stays as it is.
override ZIP := $(value ZIP)
override FROM := $(value FROM)
override LAB := $(value LAB)
override NOTES := $(value NOTES)
export NOTES ZIP FROM LAB

# Material's notice about a MkDocs that this project does not use.
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help import serve build offline cards test check reread diagrams shots links probes labs labs-check setup-labs update doctor clean setup setup-test browser

# Commands for those who work on hooks, theme and tools; a site that was made from them has none.
-include engine.mk

# What the tests of a site need; those of the engine need more.
TEST_PACKAGES ?= requirements-test.txt

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: setup ## show the site with live reload (PORT=9000 for a port of your choice)
	@$(RUN) tools/serve.py $(PORT)

build: setup ## write the site to site/
	@$(RUN) tools/run_mkdocs.py build

offline: build ## pack the site for reading without a network: a zip (ZIP=name.zip), and a docset for Dash and Zeal
	@$(RUN) hooks/cli.py offline site "$$ZIP"
	@$(RUN) hooks/cli.py docset site site.docset.tgz

cards: setup-test browser ## draw the pictures that other sites show for a link
	@$(RUN) tools/cards

# What comes before the tests goes side by side: none of it fills two cores.
ifeq ($(MAKECMDGOALS),test)
MAKEFLAGS += -j2
endif

# The labs are a part of the tests: `make test LABS=no` leaves them out.
ifneq ($(LABS),no)
test: $(if $(wildcard data/labs.yml),labs-check)
endif

# Files in the order of their names: those of many short tests (unit) come last and fill what is left.
test: setup-test browser ## run every check; ARGS="..." goes to pytest, LABS=no leaves out the labs
	@$(RUN) hooks/cli.py probe
	@# Of what is said to this make, a make that a test starts must not hear.
	MAKEFLAGS= $(RUN) -m pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

check: setup ## check records and pages without building, and count them
	@$(RUN) hooks/cli.py check $(ARGS)

reread: setup ## record that a translation was read again: make reread ARGS="brewing.md claims/c-001"
	@$(RUN) hooks/cli.py reread $(ARGS)

diagrams: setup-test browser ## draw what has changed (needs Node and npm); ARGS=--all draws everything
	@$(RUN) tools/draw $(ARGS)

shots: setup-test browser ## take pictures of the built pages
	@$(RUN) tools/shots $(ARGS)

links: build ## follow every outside link (needs the network) and report in links.md
	@$(RUN) tools/links.py links.md

probes: setup-test ## look up whether the facts still hold; ARGS=--latest in today's versions
	@$(RUN) hooks/cli.py probe $(ARGS)

labs: setup setup-labs ## run the commands of the labs: all, or LAB=name; ARGS=--mutate shows that clean-ups are needed
	@$(RUN) tools/labs $(ARGS) $${LAB:+"$$LAB"}

# Beside the rest of `make test`: with the environment of the tests, which holds more than a site's.
labs-check: setup-test setup-labs
	@$(RUN) tools/labs --check

import: setup ## make records from your notes, again when they changed: make import NOTES=notes.txt
	@test -n "$$NOTES" || { echo "Say which file: make import NOTES=notes.txt" >&2; exit 1; }
	@$(RUN) hooks/cli.py import $(ARGS) -- "$$NOTES"

doctor: ## say what is missing for what, and the command that mends it
	$(BARE) tools/doctor.py

update: ## take the engine of today; what you changed stays (FROM=address, if git does not know it)
	$(BARE) tools/update.py "$$FROM"

clean: ## remove what can be made again: environments, site, caches
	rm -rf .venv .venv-labs site site.building* site.replaced* markdown links.md shots site-offline.zip site.docset.tgz .probes probes.md $(MADE)
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis tools/*/node_modules
	find hooks tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

setup:
	$(SETUP) requirements.txt

setup-test:
	$(SETUP) $(TEST_PACKAGES)

# What runs the labs, in an environment of its own, where a site has labs that need one.
setup-labs:
	@test ! -f requirements-labs.txt || "$(PYTHON)" tools/setup.py requirements-labs.txt .venv-labs

browser: setup-test
	@$(RUN) tools/web/browser.py
