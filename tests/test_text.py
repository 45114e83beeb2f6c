"""Numbers in words."""

import pytest

from playground.text import percent


@pytest.mark.parametrize(
    ("share", "decimals", "text"),
    [
        (0.0, 1, "0.0%"),
        (1.0, 1, "100.0%"),
        (0.25, 0, "25%"),
        (2499 / 2500, 1, "99.96%"),
        (2499 / 2500, 0, "99.96%"),
        (4999 / 5000, 0, "99.98%"),
        (1 / 5000, 1, "0.02%"),
        (0.004, 0, "0.4%"),
        (0.996, 0, "99.6%"),
        (1e-9, 0, "<\u00a00.001%"),
        (1.0 - 1e-9, 2, ">\u00a099.999%"),
        (1.004, 0, "100%"),
        (-0.0004, 1, "-0.0%"),
    ],
)
def test_a_part_is_never_called_none_or_all_of_it(share: float, decimals: int, text: str) -> None:
    assert percent(share, decimals) == text
