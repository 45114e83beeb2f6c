"""What results are compared with: PyTorch and Keras. Where they are missing, tests fail rather than say
nothing; `make test ORACLE=none` leaves these tests out.
"""

import importlib
import os
import warnings
from types import ModuleType

import pytest

MISSING = (
    "{name} is what these tests compare with, and it is not installed: run make oracle (or pip install -r "
    "requirements-oracle.txt), or leave them out with make test ORACLE=none."
)


def oracle(name: str) -> ModuleType:
    """The library of this name, for a test or a whole module of tests."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about its own parts
            return importlib.import_module(name)
    except ImportError:
        if os.environ.get("PLAYGROUND_ORACLE") == "none":
            pytest.skip(f"{name} is left out: ORACLE=none", allow_module_level=True)
        pytest.fail(MISSING.format(name=name), pytrace=False)
