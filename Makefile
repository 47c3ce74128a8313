# make run     serve Reelscope at http://127.0.0.1:8050      make run PORT=9000
# make test    run every test but the slow ones and those of optional packages, in a real browser too
# make test-all  those as well: installs the packages and Java first
# make image   a container image, with podman, buildah or docker
# make audit   look every package up among known vulnerabilities: needs a network
# make lock    write requirements.lock anew, after a change of requirements.txt
# make lint    check style and types, of the scripts in assets/ too: installs Node first
#
# Another Python: make run PYTHON=python3.12. More options: make run ARGS="--host 0.0.0.0"

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
MADE := $(VENV)/made-by-$(VERSION)
PIP := $(BIN)/python -m pip install --disable-pip-version-check --no-input
PIP_AUDIT := 2.10.1
UV := 0.13.9
BROWSERS := chromium chromium-browser google-chrome

# What the optional models, Spark's tests and those of poolers and proxies need of the system
SYSTEM := openjdk-17-jre-headless libgomp1 libpostgresql-jdbc-java pgbouncer nginx-light
JDBC := /usr/share/java/postgresql.jar

.PHONY: run test test-all lint audit lock image chromium java node

run: $(VENV)/installed
	@$(BIN)/python app.py $(ARGS)

test: $(VENV)/installed-dev chromium
	$(BIN)/python -m pytest -m "not slow and not extra" $(ARGS)

test-all: $(VENV)/installed-extras chromium java node node_modules/installed
	PYTHONPATH=tests/plugins $(BIN)/python -m pytest -p nothing_skipped $(ARGS)

lint: $(VENV)/installed-dev node_modules/installed
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/python -m bandit -q -c pyproject.toml -r app.py db dashboard recommender
	npm run --silent lint
	npm run --silent test

# In an environment of its own, whose packages are none of ours
audit: $(MADE)
	@$(PYTHON) -m venv $(VENV)/audit
	@$(VENV)/audit/bin/python -m pip install --disable-pip-version-check --no-input -q pip-audit==$(PIP_AUDIT)
	$(VENV)/audit/bin/python -m pip_audit --strict --no-deps --disable-pip -r requirements.txt

# Hashes of every file of a package, so that any system and Python finds its own among them
lock: $(MADE)
	@$(PYTHON) -m venv $(VENV)/uv
	@$(VENV)/uv/bin/python -m pip install --disable-pip-version-check --no-input -q uv==$(UV)
	@$(VENV)/uv/bin/uv pip compile --quiet --generate-hashes --no-deps --universal --python-version 3.11 \
		--no-annotate --no-emit-index-url --custom-compile-command "make lock" requirements.txt -o requirements.lock

# BASE: an image with Python 3.11 or later and its venv. OCI's own format has no health check
image:
	@for tool in podman buildah docker; do \
		command -v $$tool >/dev/null || continue; \
		[ $$tool = docker ] || format="--format docker"; \
		exec $$tool build $$format $(if $(BASE),--build-arg BASE=$(BASE)) -t reelscope -f Containerfile .; \
	done; echo "An image is built with podman, buildah or docker: none is installed" >&2; exit 1

# The stamps are made last: whatever was interrupted is done again.
$(MADE):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Reelscope needs Python 3.11 or later, as in: make run PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python's venv module is missing; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@echo "Making $(VENV)"
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/installed: requirements.lock $(MADE)
	@echo "Installing packages: about a minute, once"
	@$(PIP) --require-hashes --no-deps -r requirements.lock
	@touch $@

$(VENV)/installed-dev: requirements-dev.txt requirements.txt $(VENV)/installed
	@echo "Installing what tests need"
	@$(PIP) -r requirements-dev.txt
	@touch $@

$(VENV)/installed-extras: requirements-extras.txt requirements-benchmark.txt $(VENV)/installed-dev
	@echo "Installing the packages of optional models and benchmarks: a gigabyte, once"
	@$(PIP) -r requirements-extras.txt -r requirements-benchmark.txt
	@touch $@

node_modules/installed: package-lock.json | node
	@echo "Installing what checks the scripts"
	@npm ci --no-progress
	@touch $@

chromium:
	@for name in $(BROWSERS); do command -v $$name >/dev/null && exit 0; done; \
	if [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then \
		echo "The browser tests need Chromium; on Debian: sudo apt-get install chromium" >&2; exit 1; \
	fi; \
	apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y chromium

java:
	@command -v java >/dev/null && [ -e $(JDBC) ] && ldconfig -p | grep -q libgomp.so.1 && \
		command -v pgbouncer >/dev/null && PATH=$$PATH:/usr/sbin command -v nginx >/dev/null && exit 0; \
	if [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then \
		echo "Spark's tests and others need Java and more; on Debian: sudo apt-get install $(SYSTEM)" >&2; exit 1; \
	fi; \
	apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $(SYSTEM)

node:
	@command -v npm >/dev/null && command -v node >/dev/null && exit 0; \
	if [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then \
		echo "The scripts are checked in Node; on Debian: sudo apt-get install nodejs npm" >&2; exit 1; \
	fi; \
	apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends nodejs npm
