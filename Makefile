# Two commands do everything on a fresh machine: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501

.PHONY: run test lint bench messages soak browser clean

run: $(VENV)/.installed
	$(BIN)/python scripts/start.py --port $(PORT)

test: $(VENV)/.installed-dev browser
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not soak"

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python scripts/messages.py --check

soak: $(VENV)/.installed-dev browser
	$(BIN)/python -m pytest -m soak --timeout 3600

bench: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks

messages: $(VENV)/.installed-dev
	$(BIN)/python scripts/messages.py

# A Chromium for the browser tests: the system's where there is one, a system package where that works,
# Playwright's own otherwise.
browser: $(VENV)/.installed-dev
	@$(BIN)/python scripts/browser.py

$(VENV)/.created:
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Norma needs Python 3.11 or newer')"
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed: $(VENV)/.created requirements.txt requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -c requirements.lock
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.txt requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt -c requirements.lock
	@touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
