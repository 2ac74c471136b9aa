# Every command there is. `make serve` and `make test` set up what they need in .venv.
PYTHON ?= python3
BIN = .venv/bin
ALL_CORES = -n auto --dist loadfile  # what the tests of a file share is made once
LOCK = $(BIN)/uv pip compile -q --universal --python-version 3.11.5 --generate-hashes
export NO_MKDOCS_2_WARNING = 1

help:  ## this list
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:[^#]*## /\t/' | expand -t 12

serve: .venv/installed  ## read the site at http://127.0.0.1:8000/, rebuilt as you edit; ONLY=states/ builds that chapter
	@test -n "$$ONLY" || echo "All pages of both languages are built, which takes a while: ONLY=states/ builds one chapter."
	$(BIN)/mkdocs serve

site: .venv/installed  ## build both languages into site/
	$(BIN)/mkdocs build --strict

cards: site .venv/checks  ## build the site, each page with a card for those who link it (node, Chromium); CARDS=--required fails without
	@$(BIN)/python -m tools.commands.cards $(CARDS) site

playground: .venv/installed  ## what the playground runs Python with (npm); PLAYGROUND=--required fails without
	@$(BIN)/python -m tools.commands.playground $(PLAYGROUND)

test: .venv/installed  ## run every snippet, every block of every page, and all tests; or one: STORY=start/three_calls, PAGE=start/first-session
ifneq ($(STORY)$(PAGE),)
	@$(BIN)/python -m tools.commands.check_one --story "$$STORY" --page "$$PAGE"
else
	@$(BIN)/python -m tools.checks  # says in a second what else the tests would say at length
	$(BIN)/pytest $(ALL_CORES)
endif

test-databases: .venv/checks .venv-2.0/installed  ## stories and pages on PostgreSQL, MariaDB, and SQLAlchemy 2.0
	$(BIN)/python -m tools.commands.database_matrix $(BIN)/python .venv-2.0/bin/python

test-browser: .venv/checks  ## the site in a real browser; BROWSER_TESTS=all opens every page in every scheme and size
	BROWSER_TESTS=$${BROWSER_TESTS:-1} $(BIN)/pytest -n auto tests/browser

check: .venv/checks  ## what needs more: linters, the workflows' audit, the site in a real browser
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/zizmor --offline --pedantic --quiet .github
	PACKAGE_TESTS=1 $(BIN)/pytest tests/tracer/test_package.py tests/commands/test_interrupt.py
	PLANTED=all $(BIN)/pytest tests/planted -k "site: or audit: or drawings:"  # what needs a copy of the whole repository
	@$(MAKE) --no-print-directory test-browser

record: .venv/installed  ## run the stories and write their recordings: make record, make record STORY=states/, make record STORY=tables/states
	@$(BIN)/python -m tools.commands.record $(STORY)
	@REPEATS=1 $(BIN)/pytest tests/run/test_repeats.py  # as often, and as seldom, as recordings are made

mutate: .venv/installed  ## what notices a careless edit of a story: make mutate STORY=start/three_calls, or STORY=states/, or all; SUGGEST=1 proposes facts
	@$(BIN)/python -m tools.commands.mutate $(STORY) $${SUGGEST:+--suggest}

measure: .venv/checks  ## measure the times that tables show, on SQLite, PostgreSQL and MariaDB; or one table: TABLE=bulk-inserts
	$(BIN)/python -m tools.commands.measure $(TABLE)

new-page: .venv/installed  ## start a page: make new-page PAGE=states/my-page TITLE="My page" ZH=我的页面, or ERROR=my-error
	$(BIN)/python -m tools.commands.new_page "$${ERROR:+errors/$$ERROR}$$PAGE" en="$$TITLE" zh="$$ZH"

confirm: .venv/installed  ## a translation fits the English again: make confirm PAGE=states/x.md#section [SAME=1], or TABLE=rollback
	$(BIN)/python -m tools.commands.confirm confirm "$$PAGE" --table "$$TABLE" $${SAME:+--same}

awaiting: .venv/installed  ## leave the translation to somebody else: make awaiting PAGE=states/x.md#section
	$(BIN)/python -m tools.commands.confirm awaiting "$$PAGE"

bench: .venv/checks  ## measure build, pages and tests beside SQLAlchemy's docs (or PEER=folder PEER_PAGE=path/), and growth
	$(BIN)/python -m tools.commands.bench

attest: .venv-attest/installed  ## list what site/ is made of, and sign its checksums as the workflow that publishes it
	$(BIN)/python -m tools.commands.sbom site
	$(BIN)/python -m tools.commands.provenance site .cache/provenance.json
	.venv-attest/bin/sigstore attest --overwrite --predicate .cache/provenance.json \
	  --predicate-type https://slsa.dev/provenance/v1 --bundle site/checksums.txt.sigstore.json site/checksums.txt

lock: .venv/checks  ## pin what requirements.in and the .in files of .ci/ name, with hashes
	$(LOCK) requirements.in -o requirements.txt
	$(LOCK) -c requirements.txt .ci/requirements.in -o .ci/requirements.txt
	$(LOCK) --override .ci/sqlalchemy-2.0.in requirements.in .ci/databases.in -o .ci/requirements-2.0.txt
	$(LOCK) .ci/attest.in -o .ci/attest.txt

.venv/installed: requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes -r requirements.txt
	touch $@

.venv-2.0/installed: .ci/requirements-2.0.txt
	$(PYTHON) -m venv .venv-2.0
	.venv-2.0/bin/pip install --quiet --require-hashes -r .ci/requirements-2.0.txt
	touch $@

.venv-attest/installed: .ci/attest.txt
	$(PYTHON) -m venv .venv-attest
	.venv-attest/bin/pip install --quiet --require-hashes -r .ci/attest.txt
	touch $@

.venv/checks: .venv/installed .ci/requirements.txt
	$(BIN)/pip install --quiet --require-hashes -r .ci/requirements.txt
	touch $@

.PHONY: help serve site cards playground test test-databases test-browser check record mutate measure new-page confirm awaiting bench attest lock
