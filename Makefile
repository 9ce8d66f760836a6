# Everything a newcomer needs: `make run` and `make test`. Both print what they do.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export UV_PYTHON_DOWNLOADS := never
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev setup-bench browser run test lint bench soak lock screens clean

help: ## say what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

$(BIN)/uv:
	@echo "almoner: making a virtual environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet "uv>=0.9"

$(VENV)/.run: $(BIN)/uv requirements/run.txt pyproject.toml
	@echo "almoner: installing what the service needs (requirements/run.txt, each file checked by its hash)"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/run.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	@echo "almoner: installing what the checks need (requirements/dev.txt)"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/.bench: $(VENV)/.dev requirements/bench.txt
	@echo "almoner: installing the peers we measure against (requirements/bench.txt)"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/bench.txt
	@touch $@

setup: $(VENV)/.run ## make .venv with the service in it
setup-dev: $(VENV)/.dev
setup-bench: $(VENV)/.bench

run: setup ## set everything up and start the whole service with sample content
	@$(BIN)/almoner run --demo

browser:
	@sh scripts/browser.sh

test: setup-dev browser ## set everything up and run every check
	@BIN=$(BIN) sh scripts/test.sh

lint: setup-dev ## only the checks that need no test run
	@BIN=$(BIN) sh scripts/lint.sh

bench: setup-bench ## measure speed and quality beside the peers
	@$(BIN)/python -m benchmarks

soak: setup-dev ## the long fuzz runs (a short form of each is in `make test`)
	@ALMONER_SOAK=1 $(BIN)/python -m pytest -m slow -n $${ALMONER_TEST_PROCESSES:-2}
	@ALMONER_SOAK=1 $(BIN)/python -m tests.servers.postgres $(BIN)/python -m pytest -m slow tests/records tests/newsroom tests/products

screens: setup-dev browser ## take the screenshots of README and docs again
	@$(BIN)/python -m scripts.screens

lock: $(BIN)/uv ## work out the lock files again from pyproject.toml
	@$(BIN)/uv pip compile pyproject.toml --quiet --universal --generate-hashes --python-version 3.11 --custom-compile-command "make lock" -o requirements/run.txt
	@$(BIN)/uv pip compile pyproject.toml --quiet --universal --generate-hashes --python-version 3.11 --custom-compile-command "make lock" --extra dev -c requirements/run.txt -o requirements/dev.txt
	@$(BIN)/uv pip compile pyproject.toml --quiet --universal --generate-hashes --python-version 3.11 --custom-compile-command "make lock" --extra bench -c requirements/dev.txt -o requirements/bench.txt

clean: ## remove what was made, but not your data in var/
	rm -rf $(VENV) .cache dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
