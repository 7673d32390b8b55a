# make run    sets up what it needs and serves http://127.0.0.1:8000
# make test   sets up what it needs and passes every test
# make check  the linters alone     make bench  the benchmarks     make shots  screenshots
# make train-words  how phones sound, learnt anew from the voices of the tests

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD := 1

.PHONY: run test check bench shots train-words clean

run: $(VENV)/run.stamp
	$(BIN)/vorleser serve

test: $(VENV)/test.stamp check
	$(BIN)/python -m pytest $(PYTEST_ARGS)

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

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis

# A Debian python3 comes without venv: fetch it where we may, else say what to do.
$(BIN)/python:
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  $(APT) install -y python3-venv && $(PYTHON) -m venv $(VENV); } || { rm -rf $(VENV); \
	  echo "Please install Python's venv module (Debian: apt install python3-venv)."; exit 1; }

$(VENV)/run.stamp: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/test.stamp: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group test
	$(BIN)/python -m tests.servers
	touch $(VENV)/run.stamp $@

APT := $(shell [ "$$(id -u)" = 0 ] && echo "apt-get" || echo "sudo -n apt-get")
