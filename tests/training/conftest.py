"""Fixtures of the tests of training."""

from tests.nn.conftest import check_gradient

__all__ = ["check_gradient"]
