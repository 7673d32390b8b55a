# make run    sets up what it needs and serves http://127.0.0.1:8000
# make quick  the tests of a minute: no browser, no servers
# make test   sets up what it needs and passes the linters and every test
# make check  the linters alone     make bench  the benchmarks     make shots  screenshots
# make lock   renews the versions that all of these install
# make types  static/types.d.ts, anew from the OpenAPI document
# make train-words  how phones sound, learnt anew from the voices of the tests

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
# Two workers take file after file, those of the browser first.
TEST_WORKERS := 2
PYTEST := $(BIN)/python -m pytest -n $(TEST_WORKERS) --dist loadfile --no-loadscope-reorder
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD := 1
# What is compiled is kept, whatever the shell says: to compile all tests costs 10 s a worker.
export PYTHONDONTWRITEBYTECODE :=
# Whatever pip installs, also to build with, has the versions of this file.
LOCK := constraints.txt
export PIP_CONSTRAINT := $(LOCK)
export PIP_BUILD_CONSTRAINT := $(LOCK)

.PHONY: run quick test check bench shots train-words lock types clean

run: $(VENV)/run.stamp
	$(BIN)/vorleser serve

# A room that is named would have its conftest, and with it the service, loaded before the workers
# begin. What took more than a second is named at the end: it becomes cheaper or slow.
quick: $(VENV)/test.stamp
	$(PYTEST) -m "not slow" --durations 10 --durations-min 1 $(PYTEST_ARGS) \
	  tests --ignore tests/browser --ignore tests/integration

test: $(VENV)/test.stamp check
	$(PYTEST) $(PYTEST_ARGS)

check: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell
	$(BIN)/hadolint Dockerfile

bench: $(VENV)/test.stamp
	$(BIN)/python -m tests.bench

shots: $(VENV)/test.stamp
	$(BIN)/python -m tests.browser.shots

# Pico reads memory that it never wrote: filled alike, it says the same each time.
train-words: $(VENV)/test.stamp
	MALLOC_PERTURB_=85 $(BIN)/python -m tests.words

# One file for all: for Python 3.11 and newer, with every extra and what the tests need.
# LOCK_ARGS= keeps the versions that still fit and only adds what is new.
LOCK_ARGS ?= --upgrade
lock: | $(BIN)/python
	PIP_CONSTRAINT= $(PIP) install uv
	$(BIN)/uv pip compile $(LOCK_ARGS) --quiet --universal --python-version 3.11 --all-extras \
	  --group test --no-annotate --custom-compile-command "make lock" -o $(LOCK) pyproject.toml

types: $(VENV)/test.stamp
	$(BIN)/python -m tests.typescript

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis

# A Debian python3 comes without venv: fetch it where we may, else say what to do.
$(BIN)/python:
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  $(APT) install -y python3-venv && $(PYTHON) -m venv $(VENV); } || { rm -rf $(VENV); \
	  echo "Please install Python's venv module (Debian: apt install python3-venv)."; exit 1; }

$(VENV)/run.stamp: pyproject.toml $(LOCK) | $(BIN)/python
	$(PIP) install --editable .
	touch $@

$(VENV)/test.stamp: pyproject.toml $(LOCK) | $(BIN)/python
	$(PIP) install --upgrade pip
	$(PIP) install --editable . --group test
	$(BIN)/python -m tests.servers
	touch $(VENV)/run.stamp $@

APT := $(shell [ "$$(id -u)" = 0 ] && echo "apt-get" || echo "sudo -n apt-get")
