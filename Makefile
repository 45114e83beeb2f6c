# Two commands do everything on a fresh machine: `make run` and `make test`.
# They need make and a Python of at least 3.11; nothing has to be activated or installed by hand.
#   make PYTHON=/path/to/python3.12 setup     another interpreter
#   make run ARGS="--server.port 8600"        further options for Streamlit (or, with `make test`, for pytest)

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --disable-pip-version-check --quiet
ARGS :=

.DELETE_ON_ERROR:
.PHONY: setup setup-dev browser run test lint bench

setup: $(VENV)/.installed
setup-dev: $(VENV)/.installed-dev

run: setup
	$(PY) -m streamlit run app.py $(ARGS)

test: lint browser
	$(PY) -m pytest $(ARGS)

lint: setup-dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

bench: setup-dev browser
	$(PY) -m benchmarks.core
	$(PY) -m benchmarks.live

browser: setup-dev
	@path="$$($(PY) -m scripts.find_browser)" && echo "browser: $$path"

# A stamp is older than what it depends on only when something has to be installed again.
$(VENV)/.installed: requirements.txt $(VENV)/pyvenv.cfg
	@echo "Installing requirements.txt into $(VENV) (a minute or two, once)"
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	@echo "Installing requirements-dev.txt into $(VENV) (a minute or two, once)"
	@$(PIP) -r requirements-dev.txt
	@touch $@

$(VENV)/pyvenv.cfg:
	@for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python; do \
	    if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	        exec $$python scripts/make_venv.py $(VENV); \
	    fi; \
	done; \
	echo "No Python of at least 3.11 was found: install one, or name it with make PYTHON=/path/to/python." >&2; exit 1
