# Two commands on a fresh machine with Python 3.11 or newer and make:
#   make demo    install, import the demo account, print its audit, open the app
#   make test    run every test that this machine can run
# Contributors: make check (everything), make help (the rest).

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# The first of these that is new enough makes the environment; PYTHON=/path/to/python chooses another.
PYTHONS := python3 python3.14 python3.13 python3.12 python3.11 python
VENV := .venv
BIN := $(VENV)/bin
JOBS ?= 2
PYTEST_ARGS ?=
DEMO_LANG ?= en
DEMO_HOME := $(CURDIR)/.graphkam/demo
DEMO := GRAPHKAM_HOME="$(DEMO_HOME)" GRAPHKAM_LANG=$(DEMO_LANG) $(BIN)/graphkam
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
# All cores at once and without the libraries' own tests: sooner done than by pip itself.
COMPILE := $(BIN)/python -m compileall -q -j 0 -x '/tests/' $(VENV)/lib > /dev/null 2>&1 || true
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev
NEO4J := .graphkam/neo4j

# Neither the demo nor a test may reach a server that the user's shell happens to name.
unexport GRAPHKAM_URI GRAPHKAM_USER GRAPHKAM_PASSWORD GRAPHKAM_TARGET_USER GRAPHKAM_TARGET_PASSWORD

.PHONY: help demo install test neo4j check lint format types layers docs docs-check wheel fixtures requirements \
  clean

help: ## Say what make can do here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1|/' | \
	  awk -F'|' '{ printf "%-20s %s\n", $$1, $$2 }'

demo: $(RUNTIME) ## Install, import the demo account, print its audit, open the app (Ctrl-C stops it)
	@echo "The demo accounts go into a database of their own, in .graphkam/demo."
	@$(DEMO) import fixtures/demo-$(DEMO_LANG).xlsx --yes
	@$(DEMO) audit --as-of 2026-11-23
	@echo "Now the app. To stop it: Ctrl-C here. To see it again: make demo."
	@$(DEMO) app

install: $(DEV) ## Install graphkam with everything a contributor needs, in .venv

test: $(DEV) ## Run every test; what this machine lacks is skipped and named at the end
	@$(BIN)/python -m pytest -n $(JOBS) --dist worksteal $(PYTEST_ARGS)

neo4j: $(NEO4J)/complete ## Fetch a real Neo4j for the tests (128 MB; needs Java 17 or newer, with javac, and Maven)

check: lint types layers docs-check test wheel ## Everything that must be right before a change goes in
	@echo "All is well."

lint: $(DEV) ## Look for mistakes and for lines that are not formatted
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

format: $(DEV) ## Format the code and mend what can be mended by itself
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

types: $(DEV) ## Check the types
	@$(BIN)/mypy

layers: $(DEV) ## Check who may import whom
	@$(BIN)/lint-imports --no-cache

docs: $(DEV) ## Write the generated pages and the examples of docs/ anew
	@$(BIN)/python docs/build.py
	@$(BIN)/python docs/examples.py

docs-check: $(DEV) ## Fail where a generated page no longer says what the code does
	@$(BIN)/python docs/build.py --check

wheel: $(DEV) ## Build the wheel in dist/
	@rm -rf dist
	@$(BIN)/python -W ignore -m build --wheel --no-isolation --outdir dist . > /dev/null
	@ls dist

fixtures: $(DEV) ## Make the demo workbooks anew from their table
	@$(BIN)/python fixtures/build.py

requirements: ## Choose new exact versions (maintainers; needs uv)
	@sh requirements/choose.sh

clean: ## Remove what was made, the environment and the demo's data included
	@if [ -d .graphkam/demo ] && [ -x $(BIN)/graphkam ]; then $(DEMO) store stop > /dev/null 2>&1 || true; fi
	rm -rf $(VENV) dist build .graphkam .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

# Not a part of test: nobody is to wait for so much unasked. Those tests are skipped, and say what to type.
$(NEO4J)/complete: tests/neo4j/pom.xml
	@for program in javac mvn; do \
	  if ! command -v "$$program" > /dev/null 2>&1; then \
	    echo "Neo4j needs a Java development kit, 17 or newer, and Maven; $$program was not found." >&2; \
	    echo "On Debian or Ubuntu: apt-get install default-jdk-headless maven" >&2; exit 1; \
	  fi; \
	done
	@echo "Fetching Neo4j into $(NEO4J) …"
	@rm -rf $(NEO4J)
	@mvn -q -B -f tests/neo4j/pom.xml dependency:copy-dependencies -DincludeScope=runtime \
	  -DoutputDirectory="$(CURDIR)/$(NEO4J)"
	@touch $@

# The environment. Each stamp is newer than what it was made from, so a second run is instant.

$(VENV)/bin/python:
	@python=""; \
	for candidate in $(PYTHON) $(PYTHONS); do \
	  if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' > /dev/null 2>&1; then \
	    python="$$candidate"; break; \
	  fi; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "graphkam needs Python 3.11 or newer, and none was found among: $(PYTHON) $(PYTHONS)." >&2; \
	  echo "Install one, or name it: make demo PYTHON=/path/to/python3.12" >&2; exit 1; \
	fi; \
	if ! "$$python" -c 'import ensurepip, venv' > /dev/null 2>&1; then \
	  echo "$$python lacks the module venv. On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; \
	fi; \
	echo "Making the environment in $(VENV) with $$("$$python" --version)"; \
	rm -rf $(VENV); "$$python" -m venv $(VENV)

$(RUNTIME): requirements/runtime.txt requirements/build.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing graphkam in $(VENV) (about a minute) …"
	@$(PIP) install -q --no-compile --no-deps -r requirements/build.txt -r requirements/runtime.txt
	@$(PIP) install -q --no-deps --no-build-isolation -e .
	@$(COMPILE)
	@touch $@

$(DEV): requirements/dev.txt $(RUNTIME)
	@echo "Installing what the tests need …"
	@$(PIP) install -q --no-compile --no-deps -r requirements/dev.txt
	@$(COMPILE)
	@$(PIP) check > /dev/null || { $(PIP) check; exit 1; }
	@touch $@
