PYTHON ?= python3
BIN := .venv/bin
PORT ?= 7860

.DEFAULT_GOAL := help
.PHONY: help setup chat index test check format lint types bench clean

help:  ## list every target
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

setup: .venv/ready  ## install hoidap and its tools into .venv

.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch .venv/ready

chat: .venv/ready  ## build the index of seeds/ if there is none, start the browser chat
	@test -f $${HOIDAP_INDEX:-.hoidap}/CURRENT || $(BIN)/hoidap index seeds
	$(BIN)/hoidap serve --port $(PORT)

index: .venv/ready  ## build the index anew from ARTICLES=folder (default: the folders of the last build)
	$(BIN)/hoidap index $(ARTICLES)

test: .venv/ready  ## run the tests
	$(BIN)/python -m pytest

check: .venv/ready lint types test  ## format, lint, types and tests: all of it must pass

format: .venv/ready  ## rewrite the code in the project's format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: .venv/ready  ## check format and lint
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: .venv/ready  ## check types
	$(BIN)/mypy

bench: .venv/ready  ## run the benchmarks (minutes)
	$(BIN)/python benchmarks/speed.py

clean:  ## remove what was built, keep the index
	rm -rf build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache
