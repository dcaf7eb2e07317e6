# Everything runs in .venv of this checkout, with the exact versions of the lock files.
#   make extract    set up and extract corpus/ into results/
#   make test       set up with developer tools; lint, types and all tests
#   make bench      speed and memory against Natasha and spaCy
#   make bench-lengths  speed against a document's length, up to 2 MB
#   make bench-batch  speed, overhead and memory of runs; make soak: a run killed 200 times
#   make fuzz       coverage-guided fuzzing, 5 minutes of a processor a target (FUZZ_MINUTES=60: longer)
#   make gold       gold/dev and gold/test anew from the adjudicated passes
#   make evaluate   scores on dev and test beside the baseline of record, with a report of each, and on passages
#   make goals      what is asked beside what is reached, with every mistake of what misses its goal
#   make compare    scores on our gold beside other tools; rewrites the table in README.md
#   make external   scores on public corpora beside other tools
#   make models     train the entity models anew from the public corpora and our own texts (about an hour)
#   make learned    learn anew what weighs for a choice of relations, from gold dev and the open passages
#   make ui         rebuild the annotators' page from review-ui/ (needs Node.js and npm)
#   make lock       write the lock files anew from pyproject.toml
#   make clean      remove results, caches and builds (not .venv)

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := extract
.DELETE_ON_ERROR:
.PHONY: extract test lint types bench bench-lengths bench-batch soak fuzz gold evaluate goals compare external models learned ui lock clean

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
RUNTIME := $(VENV)/.runtime
DEVELOPER := $(VENV)/.developer

# The first Python from 3.11 to 3.13; `make PYTHON=...` names another.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null \
	&& echo $$python && break; done)

extract: $(RUNTIME)
	$(BIN)/pobratim extract corpus --out results

test: lint types
	$(BIN)/python -m pytest

lint: $(DEVELOPER)
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(DEVELOPER)
	$(BIN)/mypy

bench: $(RUNTIME)
	$(BIN)/python eval/bench/bench.py

gold: $(DEVELOPER)
	$(BIN)/pobratim annotations build annotations/passes/adjudicated --corpus corpus --out build/adjudicated
	$(BIN)/pobratim annotations check build/adjudicated --corpus corpus
	$(BIN)/pobratim annotations split build/adjudicated --out annotations/gold
	$(BIN)/pobratim annotations check annotations/gold/dev annotations/gold/test --corpus corpus

bench-lengths: $(RUNTIME)
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 MKL_NUM_THREADS=1 $(BIN)/python eval/bench/lengths.py

bench-batch: $(RUNTIME)
	$(BIN)/python eval/bench/batch.py

FUZZ_MINUTES ?= 5

fuzz: $(DEVELOPER)
	$(PIP) --requirement tests/fuzz/requirements.txt
	for target in pipeline files packages encodings; do \
	  $(BIN)/python tests/fuzz/fuzz.py $$target --minutes $(FUZZ_MINUTES); \
	done

soak: $(RUNTIME)
	$(BIN)/python eval/bench/soak.py

# Sections are scored on the records of whole documents, as a user gets them.
evaluate: extract $(DEVELOPER)
	for part in dev test; do \
	  $(BIN)/pobratim evaluate --gold annotations/gold/$$part --system results \
	    --baseline eval/baselines/$$part.json --report build/report/$$part; \
	done
	for half in open sealed; do \
	  $(BIN)/pobratim evaluate --gold eval/passages/$$half/gold --run \
	    --baseline eval/baselines/passages-$$half.json --json build/report/passages-$$half.json; \
	done
	@echo "reports: build/report/dev/index.html build/report/test/index.html"

goals: $(DEVELOPER)
	$(BIN)/pobratim evaluate --gold annotations/gold/test --run --json build/goals/test.json --report build/goals/test
	$(BIN)/pobratim evaluate --gold eval/passages/sealed/gold --run --json build/goals/sealed.json
	$(BIN)/python eval/goals.py build/goals/test.json build/goals/sealed.json \
	  --mistakes build/goals/test/mistakes.jsonl > eval/published/goals.md

# The comparisons score, and so need the libraries of the evaluate extra (developer tools have them).
compare: $(DEVELOPER)
	$(BIN)/python eval/peers/compare.py --readme README.md

external: $(DEVELOPER)
	$(BIN)/python eval/external/external.py --models

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "error: no Python 3.11, 3.12 or 3.13 found; install one (apt-get install python3 python3-venv) or name it: make PYTHON=/path/to/python" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "error: $(PYTHON) cannot make environments; apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(RUNTIME): pyproject.toml requirements.lock requirements-build.lock | $(BIN)/python
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --require-hashes -r requirements-build.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	touch $@

$(DEVELOPER): $(RUNTIME) requirements-dev.lock
	$(PIP) --require-hashes -r requirements-dev.lock
	touch $@

# Training has an environment of its own: it needs PyTorch, the program does not.
TRAINER := build/models/venv
TRAIN := PYTHONPATH=pipeline:models/ner $(TRAINER)/bin/python

$(TRAINER)/.ready: requirements.lock models/requirements.txt
	$(PYTHON) -m venv $(TRAINER)
	$(TRAINER)/bin/python -m pip install --quiet --disable-pip-version-check -r models/requirements.txt
	$(TRAINER)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements.lock
	touch $@

models: $(TRAINER)/.ready
	$(TRAIN) models/ner/data.py
	$(TRAIN) models/encoder/build.py
	$(TRAIN) models/ner/train.py models/ner/configs/accurate-base.toml
	$(TRAIN) models/ner/teach.py --own 4
	$(TRAIN) models/ner/train.py models/ner/configs/accurate.toml
	$(TRAIN) models/ner/teach.py --teacher accurate
	$(TRAIN) models/ner/student.py models/ner/configs/fast.toml
	$(TRAIN) models/ner/export.py fast accurate
	$(TRAIN) models/ner/frozen.py models/weights

# What these learn is data of the lexicon; scipy comes with the evaluate extra.
learned: $(DEVELOPER)
	for choice in places_of_counts sides_of_agreements; do \
	  PYTHONPATH=pipeline:models/learned $(BIN)/python models/learned/$$choice.py; \
	done

ui:
	cd review-ui && npm ci --silent && npm test --silent && npm run build --silent

LOCK := build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links --annotation-style line
PYPROJECT := import tomllib; project = tomllib.load(open("pyproject.toml", "rb"))
BUILD_REQUIRES := $(PYPROJECT); print(*project["build-system"]["requires"], "editables", sep="\n")
DEV_REQUIRES := $(PYPROJECT); print(*(each for each in project["dependency-groups"]["dev"] if not each.startswith("pobratim")), sep="\n")

lock: | build/lock/bin/uv
	$(LOCK) pyproject.toml --output-file requirements.lock
	$(PYTHON) -c '$(DEV_REQUIRES)' | $(LOCK) pyproject.toml - --all-extras --constraint requirements.lock --output-file requirements-dev.lock
	$(PYTHON) -c '$(BUILD_REQUIRES)' | $(LOCK) - --constraint requirements-dev.lock --output-file requirements-build.lock

build/lock/bin/uv:
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet uv

clean:
	rm -rf results build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find pipeline tests eval -name __pycache__ -type d -prune -exec rm -rf {} +
