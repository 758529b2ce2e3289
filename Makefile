# make run    serve the small demo city on http://127.0.0.1:8080; DEMO=full a whole one, in a database of its own
# make test   the whole suite, on SQLite and on a PostgreSQL it starts itself
# make e2e    the browser test in Chromium
# make pairing  the solver beside OR-tools
# make figures  the figures beside a recount in Python
# make bench  the bench table
# make chaos  kill, stop and fill what the platform stands on, and look at what is left
# make format put the sources in order
# Warnings are errors under CI. Finding the tests needs the index, a program does not.
CHECK = --explicit-target-dependency-import-check error
FLAGS = $(CHECK) --disable-index-store

# Tests survive no power cut: their databases need no disk that has really written. All tests at once
# would leave transactions waiting for a turn for longer than a server lets them.
TESTING = LIANBANG_POSTGRES_OPTIONS="-c fsync=off -c full_page_writes=off" \
	SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=12

DEMO = small
DEMO_DATABASE = $(if $(filter small,$(DEMO)),var/lianbang.sqlite,var/$(DEMO).sqlite)

# The folders must not be taken for results, nor the program be built before what it needs is there.
.NOTPARALLEL:
.PHONY: run build setup test e2e pairing figures bench chaos format

run: build
	@.build/release/lianbang serve --demo $(DEMO) --database sqlite:$(DEMO_DATABASE) --log-level notice $(ARGS)

build: setup .build/release/lianbang

setup:
	scripts/setup.sh

# Asking the package manager whether anything changed takes longer than starting the program.
.build/release/lianbang: Package.swift $(shell find Sources -type f)
	scripts/quietly.sh swift build -c release $(FLAGS) --product lianbang
	touch $@

test:
	scripts/setup.sh --tests
	scripts/quietly.sh swift build --build-tests $(CHECK)
	$(TESTING) scripts/with-postgres.sh swift test --skip-build --skip LoopSequenceTests $(ARGS)
	$(if $(ARGS),,$(TESTING) scripts/with-postgres.sh swift test --skip-build --filter LoopSequenceTests)

e2e: build
	scripts/setup.sh --e2e
	.venv/bin/python Tests/e2e/walk.py --program .build/release/lianbang

pairing: build
	scripts/setup.sh --pairing
	.venv/bin/python Tests/pairing/compare.py

figures: build
	python3 Tests/figures/replay.py

bench: build
	scripts/setup.sh --tests --bench --pairing
	scripts/quietly.sh swift build -c release $(FLAGS) --product bench
	scripts/with-postgres.sh scripts/bench.py

chaos: build
	scripts/setup.sh --tests
	scripts/quietly.sh swift build -c release $(FLAGS) --product bench
	scripts/chaos.py $(ARGS)

format:
	swift format --in-place --recursive --parallel Sources Tests Package.swift
