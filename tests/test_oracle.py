"""A missing oracle is told, not passed over."""

import sys

import pytest

from tests.oracle import oracle


@pytest.fixture(autouse=True)
def _without_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)


def test_it_is_a_failure_that_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_ORACLE", "pytorch")
    with pytest.raises(pytest.fail.Exception, match=r"^torch is what .* not installed: run make oracle"):
        oracle("torch")


def test_who_left_it_out_has_its_tests_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_ORACLE", "none")
    with pytest.raises(pytest.skip.Exception, match="ORACLE=none"):
        oracle("torch")
