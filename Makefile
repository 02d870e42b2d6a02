# Saves typing: every command here can be typed by hand. `make help` lists them.

PYTHON ?= python3
PORT ?=
NAME ?=
ZIP ?= site-offline.zip
ARGS ?=

RUN := .venv/bin/python
SETUP = @command -v "$(PYTHON)" >/dev/null 2>&1 || { echo "Python is missing: install Python 3.11.5 or newer (or name it: make PYTHON=...) and run this again." >&2; exit 1; }; \
	"$(PYTHON)" tools/setup.py

# What is given by name reaches a recipe's shell as a variable, never as a part of its text.
export NAME ZIP

# Programs of more than one file, each with its own modules.
TOOLS = $(notdir $(patsubst %/__main__.py,%,$(wildcard tools/*/__main__.py)))

# Material's notice about a MkDocs that this project does not use.
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help serve build offline cards test browsers check diagrams bench shots links new properdocs zensical lock clean setup setup-test browser

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile

serve: setup ## show the site with live reload (PORT=9000 for a port of your choice)
	@$(RUN) tools/serve.py $(PORT)

build: setup ## write the site to site/
	@$(RUN) -m mkdocs build

offline: build ## pack the site for reading without a network (ZIP=name.zip)
	@$(RUN) hooks/cli.py offline site "$$ZIP"

cards: setup-test browser ## draw the pictures that other sites show for a link
	@$(RUN) tools/cards

test: setup-test browser ## run every check; ARGS="..." goes to pytest
	$(RUN) -m ruff check
	$(RUN) -m ruff format --check
	$(RUN) -m mypy
	for tool in $(TOOLS); do MYPYPATH=tools/$$tool $(RUN) -m mypy $$(ls tools/$$tool/*.py | grep -v __init__) || exit; done
	$(RUN) tools/javascript
	$(RUN) -m pytest -n auto --dist loadfile $(ARGS)

browsers: setup-test browser ## walk through the published site in Firefox and WebKit, too
	$(RUN) -m pytest -v -m browsers tests/published $(ARGS)

check: setup ## check records and pages without building, and count them
	@$(RUN) hooks/cli.py check $(ARGS)

diagrams: setup-test browser ## draw what has changed (needs Node and npm); ARGS=--all draws everything
	@$(RUN) tools/draw $(ARGS)

bench: setup-test ## measure builds of this site and of large synthetic ones
	@$(RUN) tools/bench $(ARGS)

shots: setup-test browser ## take pictures of the built pages
	@$(RUN) tools/shots $(ARGS)

links: build ## follow every outside link (needs the network) and report in links.md
	@$(RUN) tools/links.py links.md

new: setup ## start your own notes in a new folder: make new NAME=../my-notes
	@test -n "$$NAME" || { echo "Say where: make new NAME=../my-notes" >&2; exit 1; }
	@$(RUN) hooks/cli.py new "$$NAME"

properdocs: ## build the site with ProperDocs, in an environment of its own
	$(SETUP) requirements-properdocs.txt .venv-properdocs
	.venv-properdocs/bin/python -m properdocs build --strict -f mkdocs.yml --site-dir site-properdocs

zensical: build ## build the site with Zensical, without our hooks, and list what is lost
	$(SETUP) requirements-zensical.txt .venv-zensical
	@$(RUN) tools/way_out.py write site-zensical
	@cd site-zensical && ../.venv-zensical/bin/zensical build -f mkdocs.yml
	@$(RUN) tools/way_out.py compare site site-zensical/site

lock: setup ## pin the requirements again (needs uv); ARGS=--upgrade takes newer versions
	@$(RUN) tools/lock.py $(ARGS)

clean: ## remove what can be made again: environments, site, caches
	rm -rf .venv .venv-properdocs .venv-zensical site site.building* site.replaced* site-properdocs* site-zensical markdown links.md shots site-offline.zip
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis tools/*/node_modules
	find hooks tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

setup:
	$(SETUP) requirements.txt

setup-test:
	$(SETUP) requirements-test.txt

browser: setup-test
	@$(RUN) tools/web/browser.py
