# Two commands: `make run` and `make test`. Everything they need they install here, in this folder.
# PORT, HOST and MDD_DATA can be set: `make run PORT=8001 MDD_DATA=~/mdd`.

IS_NEW_ENOUGH := -c 'import sys; sys.exit(sys.version_info < (3, 11))'
# The system's own comes first: distributions build theirs for speed, version managers mostly do not (decision 0040).
PYTHONS := $(addprefix /usr/bin/,python3.11 python3) python3.11 python3 python3.12 python3.13 python
ifndef PYTHON
PYTHON := $(shell for needed in ensurepip,venv sys; do for each in $(PYTHONS); do \
	$$each -c "import $$needed" 2>/dev/null && $$each $(IS_NEW_ENOUGH) 2>/dev/null && { command -v $$each; break 2; }; done; done)
endif
BIN := .venv/bin
PINNED = --require-hashes --no-deps --no-build-isolation --no-binary playwright
PIP = $(BIN)/python -m pip --disable-pip-version-check --no-input install --quiet --quiet $(PINNED)
UV = test -x $(BIN)/uv && $(BIN)/uv pip install --python $(BIN)/python --quiet $(PINNED)
JOBS ?= 2
PAGES = $(shell find templates -name '*.html')

# node and npm of the wheel lie here, where the machine has none.
export PATH := $(CURDIR)/$(BIN):$(PATH)
# Where this is set, each of the many processes of an instance and of the tests compiles every module again.
unexport PYTHONDONTWRITEBYTECODE
fail = { echo "$(1)" >&2; exit 1; }

.PHONY: help run test long check format messages ci storm stop clean lock
.SILENT:
.NOTPARALLEL:

help:
	echo "make run    start MDD; Ctrl-C stops it, the data stays"
	echo "make test   run the tests, in real browsers too; what takes long is left to make long"
	echo "make long   run the long tests: each thing a room does in real browsers, 300 lives of a topic, every kill"
	echo "make check  format, lint, types, layers, templates, settings"
	echo "make format  write code and templates the way that check wants them"
	echo "make messages  gather what is marked for translation into locale/, and list what has no words yet"
	echo "make ci     check, test, long, and all tests once more on PostgreSQL 16"
	echo "make storm  6,000 slots through 30 worker kills, 10 emptied brokers and 3 beat kills"
	echo "make stop   stop MDD from another terminal"
	echo "make clean  remove what was installed here, and the data"
	echo "make lock   compile requirements/ and package-lock.json again; UPGRADE=1 takes newer versions"

run: .venv/.run static/vendor/.made locale/.made
	exec $(BIN)/python -m mdd.supervisor

test: .venv/.test node_modules/.test static/vendor/.made locale/.made
	$(BROWSER) && $(SUITE)

long: .venv/.test node_modules/.test static/vendor/.made locale/.made
	$(BROWSER) && MDD_WHOLE=1 $(SUITE) -m "long or scaled"

check: .venv/.check node_modules/.check
	$(BIN)/ruff format --check --quiet . || $(UNFORMATTED)
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(DJADE) --check $(PAGES) || $(UNFORMATTED)
	$(DJANGOFMT) --check $(PAGES) || $(UNFORMATTED)
	node_modules/.bin/biome ci
	$(BIN)/python -m mdd.engines with -- $(BIN)/python manage.py makemigrations --check --dry-run
	HOST=0.0.0.0 MDD_HOSTS=mdd.example $(BIN)/python manage.py check --deploy --fail-level WARNING
	! grep -nE '"resolved"|--(extra-)?index-url|--find-links' package-lock.json benchmarks/live/package-lock.json requirements/*.txt \
		|| $(call fail,A lock names where packages come from: make it again with 'make lock'.)

format: .venv/.check node_modules/.check
	$(BIN)/ruff format --quiet .
	$(DJANGOFMT) $(PAGES)
	$(DJADE) $(PAGES) || true
	node_modules/.bin/biome check --write

messages: .venv/.run
	$(BIN)/python -m mdd.messages gather
	$(BIN)/python -m mdd.messages missing

ci: check test long
	$(BROWSER) && MDD_WHOLE=1 $(subst with,with --postgres 16,$(SUITE)) -m ""

storm: .venv/.test
	$(BIN)/python -m mdd.engines with -- $(BIN)/python -m tests.faults.storm $(ARGS)

stop:
	test ! -x $(BIN)/python || exec $(BIN)/python -m mdd.supervisor stop

clean:
	test ! -x $(BIN)/python || $(BIN)/python -m mdd.supervisor clean
	rm -rf .venv node_modules static/vendor locale/.made locale/*/*/*.mo .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

lock: .venv/.uv
	$(COMPILE) --output-file requirements/run.txt
	$(COMPILE) --group test --constraint requirements/run.txt --output-file requirements/test.txt
	$(COMPILE) --group test --group check --constraint requirements/test.txt --output-file requirements/check.txt
	for each in build install node; do $(COMPILE_GROUP):$$each --constraint requirements/test.txt --output-file requirements/$$each.txt; done
	for each in demo vectors bench; do $(COMPILE_GROUP):$$each --no-deps --output-file requirements/$$each.txt; done
	for each in . benchmarks/live; do (cd $$each && $(LOCK_NPM)) || exit; done

LOCK_NPM = npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved --no-audit --no-fund --silent
DJADE = $(BIN)/djade --target-version 5.2
DJANGOFMT = $(BIN)/djangofmt --quiet --indent-width 2
UNFORMATTED = $(call fail,Run 'make format' and look at what it changed.)
SUITE = $(BIN)/python -m mdd.engines with --flights -- $(BIN)/pytest -n $(JOBS) --dist loadgroup $(ARGS)
BROWSER = CHROMIUM=$$($(BIN)/python -m tests.browser.chromium) && export CHROMIUM
COMPILE = $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
	$(if $(UPGRADE),--upgrade) pyproject.toml
COMPILE_GROUP = $(subst pyproject.toml,--group pyproject.toml,$(COMPILE))

# Each stamp below is younger than what it was made from, so that a later start does nothing.

.venv/.made:
	test -n "$(PYTHON)" || $(call fail,MDD needs Python 3.11 or newer: install it (Debian and Ubuntu: apt install python3.11).)
	$(PYTHON) $(IS_NEW_ENOUGH) \
		|| $(call fail,$(PYTHON) is older than Python 3.11: install that or name it with 'make run PYTHON=...'.)
	$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
		|| $(call fail,The Python module venv is missing: install it (Debian and Ubuntu: apt install python3-venv).)
	rm -rf .venv
	$(PYTHON) -m venv .venv || $(call fail,Cannot make $(CURDIR)/.venv: put the checkout into a folder that you may write.)
	touch $@

# Where uv finds no index, pip may know a mirror (decision 0045).
install = { $(UV) $(1); } || { echo "Installing with pip instead ..."; $(PIP) $(1); }
PIP_FAILED = $(call fail,Python packages could not be installed: look at the lines above and check the network.)

.venv/.uv: requirements/install.txt | .venv/.made
	$(PIP) --only-binary uv -r requirements/install.txt || true
	touch $@

.venv/.build: requirements/build.txt | .venv/.uv
	$(call install,-r requirements/build.txt) || $(PIP_FAILED)
	touch $@

.venv/.run: requirements/run.txt requirements/demo.txt requirements/vectors.txt | .venv/.build
	echo "Installing Python packages ..."
	$(call install,-r requirements/run.txt -r requirements/demo.txt -r requirements/vectors.txt) || $(PIP_FAILED)
	touch $@

.venv/.test: requirements/test.txt requirements/demo.txt requirements/vectors.txt | .venv/.build
	echo "Installing Python packages, with those for the tests ..."
	$(call install,-r requirements/test.txt -r requirements/demo.txt -r requirements/vectors.txt) || $(PIP_FAILED)
	touch .venv/.run $@

.venv/.check: requirements/check.txt | .venv/.test
	echo "Installing Python packages, with those for the checks ..."
	$(call install,-r requirements/check.txt) || $(PIP_FAILED)
	touch $@

.venv/.node: requirements/node.txt | .venv/.uv
	{ node -e 'process.exit(Number(parseInt(process.versions.node) < 20))' && npm --version; } >/dev/null 2>&1 \
		|| { echo "Installing node ..." && { $(call install,-r requirements/node.txt); }; } \
		|| $(call fail,Node could not be installed: install node 20 or newer with npm.)
	touch $@

NPM = npm install --no-save --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error >/dev/null
NPM_FAILED = $(call fail,Browser packages could not be installed: look at the lines above and check the network.)

# Of package.json: dependencies are for running, those for development also for the tests, optional ones for the checks.
node_modules/.run: package.json package-lock.json | .venv/.node
	echo "Installing browser packages ..."
	$(NPM) --omit=dev --omit=optional || $(NPM_FAILED)
	rm -f node_modules/.test node_modules/.check
	touch $@

node_modules/.test: package.json package-lock.json | .venv/.node
	echo "Installing browser packages, with those for the tests ..."
	$(NPM) --omit=optional || $(NPM_FAILED)
	rm -f node_modules/.check
	touch node_modules/.run $@

node_modules/.check: package.json package-lock.json | .venv/.node
	echo "Installing browser packages, with those for the checks ..."
	$(NPM) || $(NPM_FAILED)
	touch node_modules/.run node_modules/.test $@

static/vendor/.made: mdd/assets.py | .venv/.run node_modules/.run
	$(BIN)/python -m mdd.assets
	touch $@

locale/.made: $(wildcard locale/*/*/*.po) mdd/messages.py | .venv/.run
	$(BIN)/python -m mdd.messages compile
	touch $@
