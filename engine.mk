# Commands of the engine itself: its checks, its measurements, and how a new site is made of it.

NAME ?=
LICENSE ?=
TEST_PACKAGES := requirements-engine.txt
MADE := .venv-properdocs .venv-zensical site-properdocs* site-zensical .venv-mutants .mutants

# A folder may have any name: what looks like make's own syntax in it stays as it is.
override NAME := $(value NAME)
export NAME LICENSE

# Programs of more than one file, each with its own modules.
TOOLS = $(notdir $(patsubst %/__main__.py,%,$(wildcard tools/*/__main__.py)))

.PHONY: code browsers bench mutants new properdocs zensical lock

test: code

code: setup-test
	$(RUN) -m ruff check
	$(RUN) -m ruff format --check
	$(RUN) -m mypy
	for tool in $(TOOLS); do MYPYPATH=tools/$$tool $(RUN) -m mypy $$(ls tools/$$tool/*.py | grep -v __init__) || exit; done
	MYPYPATH=labs $(RUN) -m mypy $$(ls labs/*.py)
	$(RUN) tools/javascript

new: setup ## start your own notes in a new folder: make new NAME=../my-notes
	@$(RUN) tools/new "$$NAME" "$$LICENSE"

browsers: setup-test browser ## walk through the published site in Firefox and WebKit, too
	$(RUN) -m pytest -v -m browsers tests/published $(ARGS)

bench: setup-test ## measure builds of this site and of large synthetic ones
	@$(RUN) tools/bench $(ARGS)

mutants: ## break the code in a few hundred places: does a test notice? ARGS="check tables" names files
	$(SETUP) requirements-mutants.txt .venv-mutants
	@.venv-mutants/bin/python tools/mutants $(ARGS)

properdocs: ## build the site with ProperDocs, in an environment of its own
	$(SETUP) requirements-properdocs.txt .venv-properdocs
	.venv-properdocs/bin/python -m properdocs build --strict -f mkdocs.yml --site-dir site-properdocs

zensical: build ## build the site with Zensical, without our hooks, and list what is lost
	$(SETUP) requirements-zensical.txt .venv-zensical
	@$(RUN) tools/way_out.py write site-zensical
	@cd site-zensical && for settings in mkdocs.yml mkdocs-*.yml; do \
	  [ ! -f "$$settings" ] || "$$OLDPWD/.venv-zensical/bin/zensical" build -f "$$settings" || exit; done
	@$(RUN) tools/way_out.py compare site site-zensical/site

lock: setup ## pin the requirements again (needs uv); ARGS=--upgrade takes newer versions
	@$(RUN) tools/lock.py $(ARGS)
