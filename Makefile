# Two commands do everything on a fresh machine: `make run` and `make test`.
# They need make and a Python of at least 3.11; nothing has to be activated or installed by hand.
#   make PYTHON=/path/to/python3.12 setup     another interpreter
#   make run ARGS="--server.port 8600"        further options for Streamlit (or, with `make test`, for pytest)
#   make test ORACLE=none                     without PyTorch and Keras: what needs them is left out

VENV := .venv
PY := $(VENV)/bin/python
# Python compiles what is imported when it is; pip would compile everything, for half of the time it takes.
PIP := $(PY) -m pip install --disable-pip-version-check --quiet --no-compile
NODE := $(VENV)/bin/node
TOOLS := scripts/browser_side
NODE_MODULES := $(TOOLS)/node_modules
CHECKED := playground tests benchmarks
ARGS :=
ORACLE := pytorch
NEW :=

.DELETE_ON_ERROR:
.PHONY: setup setup-dev browser oracle run test lint bench catalogue

setup: $(VENV)/.installed
setup-dev: $(VENV)/.installed-dev

run: setup
	$(PY) -m streamlit run app.py $(ARGS)

# As many processes as there are cores, but no more than four: each has a server and a browser of its own.
# While the oracle is downloaded, there is time to lint.
test: setup-dev
	@$(MAKE) --no-print-directory -j2 lint browser oracle
	$(NODE) --test --test-reporter=dot --disable-warning=MODULE_TYPELESS_PACKAGE_JSON "tests/**/*.test.mjs"
	PLAYGROUND_ORACLE=$(ORACLE) $(PY) -m pytest -n auto --maxprocesses 4 --dist worksteal --durations 10 $(ARGS)

lint: setup-dev $(NODE_MODULES)/.installed
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(NODE) $(NODE_MODULES)/@biomejs/biome/bin/biome check --config-path=$(TOOLS) --error-on-warnings $(CHECKED)
	$(NODE) $(NODE_MODULES)/typescript/bin/tsc -p $(TOOLS)
	$(NODE) $(NODE_MODULES)/typescript/bin/tsc -p $(TOOLS)/tsconfig.pure.json

bench: setup-dev browser
	$(PY) -m benchmarks.core
	$(PY) -m benchmarks.live

# The texts to translate, in playground/locale/playground.pot, and the translations there are.
#   make catalogue NEW=de                     a translation into another language is begun
catalogue: setup-dev
	$(PY) -m scripts.catalogue $(NEW)

browser: setup-dev
	@path="$$($(PY) -m scripts.find_browser)" && echo "browser: $$path"

ifeq ($(ORACLE),none)
oracle:
	@echo "oracle: left out, and with it the tests that compare with PyTorch and Keras"
else
oracle: $(VENV)/.installed-oracle
endif

# A stamp is older than what it depends on only when something has to be installed again.
$(VENV)/.installed: requirements.txt $(VENV)/pyvenv.cfg
	@echo "Installing requirements.txt into $(VENV) (a minute or two, once)"
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	@echo "Installing requirements-dev.txt into $(VENV) (a minute or two, once)"
	@$(PIP) -r requirements-dev.txt
	@touch $@

# PyTorch's own index has builds for the CPU alone, where PyPI's bring gigabytes for GPUs.
$(VENV)/.installed-oracle: requirements-oracle.txt $(VENV)/.installed-dev
	@echo "Installing requirements-oracle.txt into $(VENV) (some minutes, once)"
	@$(PIP) --retries 1 --extra-index-url https://download.pytorch.org/whl/cpu -r requirements-oracle.txt || { \
	    echo "PyTorch and Keras could not be installed: make test ORACLE=none tests without them." >&2; exit 1; }
	@touch $@

# Node and npm come from requirements-dev.txt; nothing of what they bring is served or shipped.
$(NODE_MODULES)/.installed: $(TOOLS)/package.json $(TOOLS)/package-lock.json $(VENV)/.installed-dev
	@echo "Installing the tools of the browser side into $(NODE_MODULES) (a few seconds, once)"
	@$(VENV)/bin/npm ci --prefix $(TOOLS) --ignore-scripts --no-audit --no-fund --fetch-retries=1 --loglevel=silent || { \
	    echo "npm could not install the tools of the browser side: is its registry within reach?" \
	        "This says more: $(VENV)/bin/npm ci --prefix $(TOOLS)" >&2; exit 1; }
	@touch $@

$(VENV)/pyvenv.cfg:
	@for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python; do \
	    if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	        exec $$python scripts/make_venv.py $(VENV); \
	    fi; \
	done; \
	echo "No Python of at least 3.11 was found: install one, or name it with make PYTHON=/path/to/python." >&2; exit 1
