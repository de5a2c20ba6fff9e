# Every target makes its own environment: Python >= 3.11 and make are enough.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
export PYTHONDONTWRITEBYTECODE :=
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test check bench eval lock clean
.DELETE_ON_ERROR:

demo: $(VENV)/.run
	$(BIN)/underlabel demo

test: $(VENV)/.dev
	$(BIN)/pytest

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.peers
	$(BIN)/python -m bench

eval: $(VENV)/.peers
	$(BIN)/python -m evals

$(BIN)/python:
	@sh tools/environment "$(PYTHON)" "$(VENV)"

$(VENV)/.run: requirements.lock pyproject.toml $(BIN)/python
	@sh tools/install "$(VENV)" requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml $(BIN)/python
	@sh tools/install "$(VENV)" requirements-dev.lock
	@touch $@ $(VENV)/.run

$(VENV)/.peers: requirements-peers.lock $(VENV)/.dev
	@sh tools/install "$(VENV)" requirements-peers.lock
	@touch $@

# Needs uv: renews the locks, for every platform, with hashes and without index addresses.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--no-annotate -q pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--no-annotate -q --extra dev --constraint requirements.lock pyproject.toml -o requirements-dev.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--no-annotate -q --extra dev --extra peers --constraint requirements-dev.lock pyproject.toml -o requirements-peers.lock

clean:
	rm -rf $(VENV)
