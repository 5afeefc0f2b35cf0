# Everything a person or CI does with Metier. `make demo` and `make test` set up a bare machine by themselves.
PYTHON ?= python3
VENV   ?= .venv
BIN     = $(VENV)/bin
PIP     = $(BIN)/python -m pip --disable-pip-version-check -qq

.DEFAULT_GOAL := help
.PHONY: help demo test test-full check fix bench clean

help:            ## list the targets
	@grep -hE '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed 's/:.*##/ —/'

# The base install: what a user gets. Its stamp makes the second call fast.
$(VENV)/.base: pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing metier into $(VENV) …"
	@$(PIP) install --no-compile -c constraints.txt -e . && touch $@

$(VENV)/.dev: $(VENV)/.base
	@echo "installing the development tools …"
	@$(PIP) install -c constraints.txt -e '.[dev]' && touch $@

$(VENV)/.torch: $(VENV)/.dev
	@echo "installing PyTorch for training and the encoders of Hugging Face …"
	@$(PIP) install -c constraints.txt -e '.[train]' && touch $@

demo: $(VENV)/.base      ## set up, then rank the sample's jobs for a few resumes and say why
	@$(BIN)/metier demo

test: $(VENV)/.dev       ## set up, then run the tests
	@$(BIN)/python -m pytest -m 'not slow and not network'

test-full: $(VENV)/.torch ## the tests that take longer: kill -9 during imports, large feeds, encoders of Hugging Face
	@$(BIN)/python -m pytest -m 'slow and not network'

check: $(VENV)/.dev      ## format, lint, types, layers, docstrings, spelling
	@$(BIN)/ruff format --check src tests runs benchmarks examples
	@$(BIN)/ruff check src tests runs benchmarks examples
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/typos

fix: $(VENV)/.dev        ## format and mend what can be mended by itself
	@$(BIN)/ruff format src tests runs benchmarks examples
	@$(BIN)/ruff check --fix src tests runs benchmarks examples

bench: $(VENV)/.dev      ## run the benchmarks and rewrite their tables
	@for claim in benchmarks/[a-z]*.py; do $(BIN)/python $$claim || exit 1; done

clean:           ## remove the virtual environment and all caches
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
