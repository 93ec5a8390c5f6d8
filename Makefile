# Two commands are all a newcomer needs: `make run` and `make test`. Both make what they need first.

.DEFAULT_GOAL := help
.PHONY: help run test lint types imports unit engine-without-qt bench docs translations demo-sound lock clean

PYTHON_IN := .venv/bin/python
# Many tests wait for sound to pass or for a process to end: two at a time, each file by one process.
SIDE_BY_SIDE := -n 2 --dist loadfile
LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --extra build

help: ## Say what there is
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-18s %s\n", $$1, $$2 }'

run: ## Open the app; without a display, analyse the demo and print what was found
	@sh packaging/setup.sh run
	@if sh packaging/has-display.sh; then .venv/bin/illodesk; else .venv/bin/illodesk demo; fi

test: ## Check everything: style, types, import rules, tests, the engine without Qt
	@sh packaging/setup.sh test
	@$(MAKE) --no-print-directory lint types imports unit engine-without-qt
	@echo; echo "== All checks passed"

lint:
	@echo; echo "== Style"
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .

types:
	@echo; echo "== Types"
	@.venv/bin/mypy

imports:
	@echo; echo "== Import rules"
	@.venv/bin/lint-imports

unit:
	@echo; echo "== Tests"
	@$(PYTHON_IN) -m pytest $(SIDE_BY_SIDE)

# The engine knows no Qt: its tests pass in an environment without it. The options belong to pytest-qt, which is off.
engine-without-qt:
	@echo; echo "== Engine tests without Qt"
	@ILLODESK_WITHOUT=PySide6,shiboken6,pyqtgraph,qasync PYTHONPATH=tests/without \
		$(PYTHON_IN) -m pytest $(SIDE_BY_SIDE) -q -p no:pytest-qt -o addopts=--strict-markers \
		-W ignore::pytest.PytestConfigWarning tests/engine

bench: ## Measure accuracy and speed; prints a report
	@sh packaging/setup.sh test
	@$(PYTHON_IN) -m tests.bench.pipeline

docs: ## Write the generated reference pages again
	@sh packaging/setup.sh run
	@$(PYTHON_IN) packaging/build_reference.py
	@$(PYTHON_IN) packaging/build_exports_page.py
	@$(PYTHON_IN) packaging/build_server_page.py
	@$(PYTHON_IN) packaging/build_desktop_page.py
	@PYTHONPATH=. $(PYTHON_IN) packaging/build_methods.py

translations: ## Collect the strings of the window and compile their translations
	@sh packaging/setup.sh test
	@$(PYTHON_IN) packaging/build_translations.py

demo-sound: ## Speak the demo interview again (needs flite)
	@sh packaging/setup.sh test
	@$(PYTHON_IN) packaging/make_demo.py --check

lock: ## Choose the newest allowed versions again (needs uv)
	$(LOCK) --upgrade pyproject.toml -o requirements.txt
	$(LOCK) --upgrade --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt

clean: ## Remove the virtual environment and all caches
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
