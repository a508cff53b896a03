# Doudi 兜底: `make run` shows it, `make test` proves it. Python 3.11 with venv is all that is needed.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
# What Python has compiled once it keeps: without that every process of ours compiles it all again.
unexport PYTHONDONTWRITEBYTECODE

help: ## shows these lines
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.venv/.setup: requirements/uv.txt requirements/lint.txt pyproject.toml
	@test -x $(BIN)/uv || { $(PYTHON) -m venv .venv && $(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/uv.txt; }
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements/lint.txt
	@$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e . && touch $@

.venv/.test: .venv/.setup requirements/test.txt
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements/test.txt && touch $@

setup: .venv/.setup ## virtual environment with locked dependencies

run: setup ## the demo city on http://127.0.0.1:8000 until Ctrl-C
	@exec $(BIN)/doudi serve --demo --port $(PORT)

test: .venv/.test ## the whole suite with real parts
	@$(BIN)/python -m tests.suite

house: setup ## the contracts between the rooms
	@$(BIN)/lint-imports

lint: setup ## format, style and types
	@$(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/mypy doudi config

fix: setup ## formats and mends what can be mended
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

docs: setup ## writes the reference pages from the code
	@$(BIN)/python docs/generate.py

.venv/.spark: .venv/.test requirements/spark.txt
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements/spark.txt && touch $@

test-spark: .venv/.spark ## the engine's tests on a master and two workers on loopback (Java 17)
	@command -v java >/dev/null || { echo "make test-spark needs Java 17: apt-get install openjdk-17-jre-headless (Debian 13 has openjdk-21-jre-headless, which Spark 4 takes as well)" >&2; exit 1; }
	@$(BIN)/python -m pytest -q tests/spark

bench: .venv/.test ## the benchmarks, side by side in one run
	@$(BIN)/python -m bench

promises: .venv/.test ## the promises with their negative controls, at full length
	@$(BIN)/python -m tests.promises

lock: setup ## compiles requirements/*.in with hashes
	@for f in uv base lint test spark; do $(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-header requirements/$$f.in -o requirements/$$f.txt; done

.PHONY: help setup run test test-spark house lint fix docs bench promises lock
